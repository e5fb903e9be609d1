from django.db import models


class SourceFile(models.Model):
    """A file that was read, its location, and the revision it became.

    `location` is its absolute path; `archive:/path/of/a.zip//path/within` for a file in an archive; and
    `upload:run/path` for an uploaded file, which cannot be found again. At most one existing file has a location;
    missing ones keep theirs, so that a file that comes back is recognised.
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
