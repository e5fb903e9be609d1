from django.conf import settings
from django.db import models


class SentForm(models.Model):
    """A form that was stored, by its key: submitted twice, for example by a double click, it is stored once."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    annotation = models.ForeignKey("annotations.Annotation", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="one_annotation_per_sent_form")]

    def __str__(self) -> str:
        return str(self.key)
