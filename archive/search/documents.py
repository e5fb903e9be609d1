"""Articles as documents of the index."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from hashlib import blake2b
from typing import Any

import tantivy
from django.db.models import F, Value
from django.db.models.functions import StrIndex

from archive.articles.models import Article, Authorship
from archive.articles.tagging import tag_names
from archive.query.preparing import prepare
from archive.query.spellings import spellings
from archive.search import labels
from archive.search.kinds import Kind
from archive.search.models import ArticleChange
from archive.search.schema import ARTICLES, TITLE_BYTES, TITLE_COLUMNS
from archive.search.store import Store

_ARTICLE_BITS = 32
FIRST_DATED = 1 << _ARTICLE_BITS
HIGHEST = (1 << 63) - 1
TEXTS_AT_ONCE = 20  # in memory
_EPOCH, _CENTURY = date(1970, 1, 1).toordinal(), 36_525  # days
# What a century adds to the worth of an article. A day is just more than single precision can tell.
_RECENCY = 0.01


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
    return lowest, position(until, FIRST_DATED - 1) if until else HIGHEST


def title_columns(title: str) -> list[int]:
    """The beginning of a title as numbers that sort as it does."""
    length = TITLE_BYTES * len(TITLE_COLUMNS)
    key = prepare(title).encode("utf-8", "replace")[:length].ljust(length, b"\0")
    return [int.from_bytes(key[at : at + TITLE_BYTES]) for at in range(0, length, TITLE_BYTES)]


def month_number(day: date | None) -> int:
    """Months since the year 0; 0 where there is no date."""
    return day.year * 12 + day.month - 1 if day else 0


def build(article_ids: Collection[int]) -> Iterator[tuple[int, tantivy.Document]]:
    """The documents of these articles, one by one, each with its id; none for what is gone or in the trash."""
    rows = (
        Article.objects.present()
        .filter(pk__in=article_ids)
        .order_by("pk")
        .values(
            *("id", "title", "description", "published", "clipped", "language", "word_count"),
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
    for row in rows:
        yield row["id"], _document(row, authors[row["id"]], tags[row["id"]])


def _document(row: Mapping[str, Any], authors: list[str], tags: list[str]) -> tantivy.Document:
    published, text, host = row["published"], row["text"] or "", row["host"] or ""
    lines = labels.lines(tags=tags, authors=authors, publication=row["publication_name"] or "", published=published)
    by_kind = {kind: labels.of_kind(lines, kind) for kind in (labels.TAG, labels.AUTHOR, labels.SITE)}
    document = tantivy.Document()
    texts = {
        "title": [row["title"]],
        "description": [row["description"]],
        "authors": by_kind[labels.AUTHOR],
        "names": [*by_kind[labels.TAG], *by_kind[labels.SITE], host],
    }
    for field, values in texts.items():
        for value in values:
            add_text(document, (field, "all"), value)
    add_text(document, ("all",), text)
    has_images = bool(row["image_at"])
    tokens = labels.filters(lines, host, row["language"], row["path"] or "", has_images)
    document.add_text("filter", tokens)
    for facet, key in labels.facet_keys(lines):
        document.add_text(facet, key)
    for term in labels.dictionary(lines):
        document.add_text("label", term)
    document.add_bytes("labels", lines.encode("utf-8", "replace"))
    clipped = row["clipped"].toordinal() if row["clipped"] else 0
    numbers = {
        "id": row["id"],
        "position": position(published, row["id"]),
        "clipped": clipped,
        "words": row["word_count"],
        "month": month_number(published),
        **dict(zip(TITLE_COLUMNS, title_columns(row["title"]), strict=True)),
        "digest": digest(row["title"], row["description"], text, lines, tokens, published, clipped, row["word_count"]),
    }
    for name, number in numbers.items():
        document.add_unsigned(name, number)
    document.add_float("recency", _recency(published))
    return document


def add_text(document: tantivy.Document, fields: Collection[str], text: str) -> None:
    """Put a text into these fields, with the other spellings of its words. Each stands apart from the next, so that no
    phrase runs from one into another.
    """
    for value in (prepare(text), *dict.fromkeys(spelling for spelling, _, _ in spellings(text))):
        for field in fields if value else ():
            document.add_text(field, value)


def _recency(published: date | None) -> float:
    """What `weight_by_field` makes a factor of that is 1 for the oldest and hardly more for the newest."""
    centuries = max(0, published.toordinal() - _EPOCH) / _CENTURY if published else 0
    return float(2 ** (1 + _RECENCY * centuries) - 2)


def digest(*values: object) -> int:
    """A number that is another one as soon as any of these values is."""
    return int.from_bytes(blake2b(repr(values).encode("utf-8", "replace"), digest_size=7).digest())


def _ids(after: int, at_most: int) -> list[int]:
    present = Article.objects.present().filter(pk__gt=after).order_by("pk")
    return list(present.values_list("pk", flat=True)[:at_most])


store = Store(Kind("articles", ARTICLES, ArticleChange, build, _ids, "position"))
