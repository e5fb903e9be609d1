"""Articles as lists show them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Value
from django.db.models.functions import Substr

from archive.articles.models import Article
from archive.articles.models.article import address_of, minutes_of


class Listed(NamedTuple):
    """An article, with no more of it than lists show and, where words are sought, the beginning of its text.

    A page has 25 of these in half the time that as many of the model take.
    """

    pk: int
    title: str
    source_url: str
    published: date | None
    published_precision: str
    clipped: date | None
    description: str
    language: str
    word_count: int
    image: str
    created_at: datetime
    metadata: dict[str, Any]
    publication: str | None
    text: str | None

    def get_absolute_url(self) -> str:
        return address_of(self.pk, self.title)

    @property
    def minutes(self) -> int:
        return minutes_of(self.word_count)

    @property
    def publication_name(self) -> str:
        """Empty where it has no publication."""
        return self.publication or ""


_COLUMNS = (
    *("pk", "title", "source_url", "published", "published_precision", "clipped", "description", "language"),
    *("word_count", "image", "created_at", "metadata", "publication__name"),
)


def listed(ids: Collection[int], text: int = 0) -> dict[int, Listed]:
    """The articles with these ids, by id; with so many code points of their texts."""
    beginning = Substr("revision__text", 1, text) if text else Value("")
    found = Article.objects.order_by().filter(pk__in=ids).values_list(*_COLUMNS, beginning)
    return {row[0]: Listed._make(row) for row in found}
