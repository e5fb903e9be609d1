from django.db import models


class CiteKey(models.Model):
    """The key by which a manuscript cites an article. It never changes, even if the title or authors do."""

    article = models.OneToOneField(
        "articles.Article", on_delete=models.CASCADE, primary_key=True, related_name="cite_key"
    )
    key = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.key
