from django.db import models


class Attachment(models.Model):
    """An image imported with an article, addressed by its content and stored in the data directory."""

    sha256 = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="bytes")
    file = models.FileField(upload_to="attachments", max_length=200)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(media_type__startswith="image/"), name="attachment_is_image"),
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} ({self.media_type})"
