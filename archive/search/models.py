"""What changed in the archive, in order. The indexes that follow it live on disk: see `store`."""

import secrets

from django.db import models


def new_token() -> int:
    """A random number that tells a change from the one of the same number in another copy of the archive."""
    return secrets.randbits(62)


class Change(models.Model):
    """Something that an index has to take in. Triggers add these in the transaction of the change itself.

    An index knows the number and the token of the last change it holds. Where the database has no such row, it was
    restored from a copy or has forgotten it, and the index is made anew.
    """

    number = models.BigAutoField(primary_key=True)
    token = models.BigIntegerField(default=new_token)
    object_id = models.BigIntegerField(help_text="0 where nothing particular changed")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.number}: {self.object_id}"


class ArticleChange(Change):
    """An article to index again, or to take out of the index."""


class AnnotationChange(Change):
    """The same for an annotation."""
