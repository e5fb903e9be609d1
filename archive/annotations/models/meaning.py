from django.conf import settings
from django.db import models

from archive.annotations.models.annotation import Colour


class ColourMeaning(models.Model):
    """What a colour stands for, in one reader's own words."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="colour_meanings")
    colour = models.CharField(max_length=6, choices=Colour.choices)
    meaning = models.CharField(max_length=60)

    class Meta:
        ordering = ["colour"]
        constraints = [models.UniqueConstraint(fields=["owner", "colour"], name="one_meaning_per_colour")]

    def __str__(self) -> str:
        return f"meaning of {self.colour} for person {self.owner_id}"
