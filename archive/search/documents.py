"""Articles as documents of the index."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import StrIndex

from archive.articles.models import Article, Authorship
from archive.articles.tagging import tag_names
from archive.query.preparing import prepare
from archive.search import labels, personal
from archive.search.models import Document

_ARTICLE_BITS = 32
FIRST_DATED = 1 << _ARTICLE_BITS
HIGHEST_POSITION = (1 << 63) - 1
LONGEST_TITLE_KEY = 100
TEXTS_AT_ONCE = 10  # in memory
FIELDS = [field.attname for field in Document._meta.concrete_fields]


def position(published: date | None, article_id: int) -> int:
    """Where an article stands in the order of publication: by day, those of one day by age in the archive.

    Articles without a date come before all that have one.
    """
    return ((published.toordinal() if published else 0) << _ARTICLE_BITS) | article_id


def article_at(position: int) -> int:
    """The id of the article that stands there."""
    return position & (FIRST_DATED - 1)


def span(since: date | None, until: date | None) -> tuple[int, int]:
    """The lowest and the highest position of the days between two; None is open, but to what has no date."""
    lowest = position(since, 0) if since else FIRST_DATED
    return lowest, position(until, FIRST_DATED - 1) if until else HIGHEST_POSITION


def outside(low: int, high: int) -> list[tuple[int, int]]:
    """The positions before and after those between two, as the lowest and the highest of each side there is."""
    sides = [(0, low - 1), (high + 1, HIGHEST_POSITION)]
    return [(first, last) for first, last in sides if first <= last]


def build(article_ids: Collection[int]) -> Iterator[tuple[Document, str]]:
    """The documents of these articles with their texts, one by one; none for what is gone or in the trash."""
    articles = (
        Article.objects.present()
        .filter(pk__in=article_ids)
        .order_by("pk")
        .values(
            "id",
            "title",
            "description",
            "published",
            "clipped",
            "language",
            "word_count",
            "revision_id",
            publication_name=F("publication__name"),
            host=F("publication__host"),
            path=F("revision__path"),
            text=F("revision__text"),
            image_at=StrIndex(F("revision__html"), Value("<img")),
        )
        .iterator(TEXTS_AT_ONCE)
    )
    bylines = Authorship.objects.filter(article_id__in=article_ids).order_by("position")
    authors: defaultdict[int, list[str]] = defaultdict(list)
    for article_id, name in bylines.values_list("article_id", "author__name"):
        authors[article_id].append(name)
    tags = tag_names(Article, article_ids)
    kept = personal.texts_of(article_ids)
    for row in articles:
        pk = row["id"]
        yield _document(row, authors[pk], tags[pk], kept[pk]), row["text"] or ""


def _document(row: Mapping[str, Any], authors: list[str], tags: list[str], kept: str) -> Document:
    return Document(
        position=position(row["published"], row["id"]),
        article_id=row["id"],
        revision_id=row["revision_id"],
        facets=labels.lines(
            tags=tags, authors=authors, publication=row["publication_name"] or "", published=row["published"]
        ),
        clipped=row["clipped"].toordinal() if row["clipped"] else 0,
        word_count=row["word_count"],
        title_key=prepare(row["title"])[:LONGEST_TITLE_KEY],
        title=row["title"],
        description=row["description"],
        host=row["host"] or "",
        language=row["language"],
        path=row["path"] or "",
        has_images=bool(row["image_at"]),
        personal=kept,
    )
