from django.db import models


class Author(models.Model):
    """The author of an article, identified by name alone."""

    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name
