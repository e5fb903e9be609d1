"""The changes in the archive, in order. The indexes that follow them are on disk: see `store`."""

import secrets

from django.db import models


def new_token() -> int:
    """A random number that distinguishes a change from one with the same number in another copy of the archive."""
    return secrets.randbits(62)


class Change(models.Model):
    """A change that an index has to apply. Triggers add these in the transaction of the change itself.

    An index knows the number and token of the last change it applied. If the database has no such row, it was restored
    from a copy or has deleted it, and the index is rebuilt.
    """

    number = models.BigAutoField(primary_key=True)
    token = models.BigIntegerField(default=new_token)
    object_id = models.BigIntegerField(help_text="0 where nothing particular changed")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.number}: {self.object_id}"


class ArticleChange(Change):
    """An article to reindex, or to remove from the index."""


class AnnotationChange(Change):
    """The same for an annotation."""
