from django.db import models


class RemotePicture(models.Model):
    """An image on another site that was requested, by its address, and the result.

    So an image in several articles is fetched once, and failures are not retried automatically.
    """

    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the address")
    address = models.TextField()
    sha256 = models.CharField(max_length=64, blank=True, help_text="of the attachment it became")
    failure = models.TextField(blank=True, help_text="why it became none")
    tried_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.address
