from django.db import models
from django.db.models.functions import Lower


class Publication(models.Model):
    """Where articles appeared: a display name, and the host (without `www.`), if any.

    The host serves as the name until an article states one.
    """

    name = models.CharField(max_length=200)
    host = models.CharField(max_length=255, blank=True, db_index=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="publication_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="publication_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
