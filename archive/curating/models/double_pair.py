from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

if TYPE_CHECKING:
    from archive.articles.models import Article


_WAITING = Q(state="found", first__trashed_at=None, second__trashed_at=None)


class DoublePairQuerySet(models.QuerySet["DoublePair"]):
    """Pairs by what was decided about them."""

    def waiting(self) -> DoublePairQuerySet:
        """Those about which nothing was decided, of articles that are in the library."""
        return self.filter(_WAITING)

    def of(self, article: int) -> DoublePairQuerySet:
        """Those of an article: what was joined into it, and what it may be the same as."""
        return self.filter(Q(first=article) | Q(second=article)).filter(Q(kept=article) | _WAITING)


class DoublePair(models.Model):
    """Two articles that may be one, and what a person decided about them. `first` is the one with the lower number.

    `likeness` is the share of the runs of words in either text that stand in both. Of two that were joined, `kept` is
    the one that has the notes, tags and texts of both, and `record` is what undoing the join needs to know.
    """

    class State(models.TextChoices):
        FOUND = "found"
        DIFFERENT = "different", "not the same"
        JOINED = "joined"

    first = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")
    likeness = models.FloatField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.FOUND)
    found_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    kept = models.ForeignKey("articles.Article", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    record = models.JSONField(default=dict, blank=True)

    objects = DoublePairQuerySet.as_manager()

    class Meta:
        ordering = ["-likeness", "id"]
        indexes = [models.Index(fields=["state", "-likeness", "id"], name="double_pair_in_order")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="double_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="double_pair_in_order_of_numbers"),
            models.CheckConstraint(
                condition=Q(state="joined", kept__isnull=False) | (~Q(state="joined") & Q(kept=None)),
                name="double_pair_joined_is_kept",
            ),
        ]

    def __str__(self) -> str:
        return f"articles {self.first_id} and {self.second_id}"

    @property
    def articles(self) -> tuple[Article, Article]:
        return self.first, self.second
