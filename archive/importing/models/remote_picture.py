from django.db import models


class RemotePicture(models.Model):
    """A picture on another site that was asked for, by its address: what came of it.

    So the same picture of several articles is fetched once, and what failed is not asked for again by itself.
    """

    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the address")
    address = models.TextField()
    sha256 = models.CharField(max_length=64, blank=True, help_text="of the attachment it became")
    failure = models.TextField(blank=True, help_text="why it became none")
    tried_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.address
