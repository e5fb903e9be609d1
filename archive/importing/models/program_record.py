from django.conf import settings
from django.db import models


class ProgramRecord(models.Model):
    """What another program's export said about an article, as a person imported it.

    `record` is private to its owner: it may contain notes. `tags` and `saved` are stored so that a later clipping of
    the page adds to them instead of replacing them.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="program_records")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    format = models.CharField(max_length=80, help_text="what the file was taken for")
    key = models.CharField(max_length=64, help_text="SHA-256 of what makes it the same record at the next import")
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of all that it said")
    tags = models.JSONField(default=list, blank=True)
    saved = models.DateField(null=True, blank=True)
    record = models.JSONField(default=dict, blank=True, help_text="as the program wrote it, without the text")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "format", "key"], name="one_record_per_person_and_format"),
        ]

    def __str__(self) -> str:
        return f"program record {self.pk}"
