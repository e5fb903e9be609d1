from __future__ import annotations

from django.conf import settings
from django.db import models


class ArticleEdit(models.Model):
    """One edit of an article's details.

    `before` and `after` hold the changed fields, in the form that `archive.articles.details` uses. `edited_before` and
    `edited_after` are those of these fields that were protected from re-imports before and after the edit.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="edits")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    before = models.JSONField()
    after = models.JSONField()
    edited_before = models.JSONField(default=list, blank=True)
    edited_after = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"edit {self.pk} of article {self.article_id}"
