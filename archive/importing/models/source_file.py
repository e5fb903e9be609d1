from django.db import models


class SourceFile(models.Model):
    """A file that was read, where it lies, and the revision that came of it.

    `location` is its absolute path; `archive:/path/of/a.zip//path/within` for a packed one; and `upload:run/path` for
    an uploaded one, which has no place to be found at again. One living file has a location; those that went missing
    keep theirs, so that a file which comes back is known.
    """

    location = models.TextField()
    path = models.TextField(help_text="below the import root")
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of the file")
    size = models.PositiveBigIntegerField(help_text="bytes")
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="source_files")
    revision = models.ForeignKey("articles.Revision", on_delete=models.CASCADE, related_name="source_files")
    run = models.ForeignKey(
        "importing.ImportRun",
        null=True,
        on_delete=models.SET_NULL,
        related_name="source_files",
        help_text="the last to read it",
    )
    missing_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["location", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["location"], condition=models.Q(missing_since=None), name="one_living_file_per_location"
            ),
        ]
        indexes = [models.Index(fields=["location"], name="source_file_by_location")]

    def __str__(self) -> str:
        return self.location
