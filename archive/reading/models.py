from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser


class ReadingStateQuerySet(models.QuerySet["ReadingState"]):
    """Filters reading states by owner."""

    def owned_by(self, person: AbstractBaseUser | AnonymousUser) -> ReadingStateQuerySet:
        return self.filter(owner=person.pk) if person.is_authenticated else self.none()


class ReadingState(models.Model):
    """How far one person got in an article, and whether they starred it. An article without one is unread.

    `position` is where they stopped, in code points of the text they read; it is cleared when the article is marked as
    read.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reading_states")
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="reading_states")
    position = models.PositiveIntegerField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    starred_at = models.DateTimeField(null=True, blank=True)

    objects = ReadingStateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "article"], name="one_reading_state_per_person"),
            models.CheckConstraint(name="what_is_read_has_no_position", condition=Q(read_at=None) | Q(position=None)),
        ]

    def __str__(self) -> str:
        return f"reading state {self.pk}"

    @property
    def is_read(self) -> bool:
        return self.read_at is not None

    @property
    def is_begun(self) -> bool:
        return self.position is not None

    @property
    def is_starred(self) -> bool:
        return self.starred_at is not None
