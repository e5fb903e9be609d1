"""The notebook's lists: which annotations a person asks for, and their counts by value.

Counting is bounded, so that a page takes as long with a million annotations as with three thousand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any, NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.db.models import BooleanField, F, QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce, Substr
from django.utils import timezone
from taggit.models import Tag

from archive.annotations.models import Annotation, AnnotationQuerySet
from archive.articles.models import Article
from archive.articles.tagging import content_type, tagged

MOST_COUNTED = 3_000  # newest annotations: what can be counted within a tenth of a second
MOST_NAMED = 200  # most common tags


@dataclass(frozen=True)
class Asked:
    """The filters; empty means any. `ids` are the annotations that contain the search words. `before` is an
    annotation's id: only older ones are listed."""

    ids: Collection[int] | None = None
    tags: tuple[str, ...] = ()
    colour: str = ""
    article: int | None = None
    publication: str = ""
    person: str = ""
    status: str = ""
    year: int | None = None
    before: int | None = None


class Row(NamedTuple):
    """What is needed to count and order the list. `place` is where the passage begins, in code points."""

    id: int
    article: int
    place: int | None
    colour: str
    status: str
    owner: int
    publication: int | None
    year: str


@dataclass(frozen=True)
class Found:
    """The rows, newest first, and counts by value. If `has_more`, there are older ones, which are not counted."""

    rows: list[Row]
    has_more: bool
    tags: Counter[str] = field(default_factory=Counter)
    colours: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    people: Counter[int] = field(default_factory=Counter)
    articles: Counter[int] = field(default_factory=Counter)
    publications: Counter[int] = field(default_factory=Counter)
    years: Counter[str] = field(default_factory=Counter)


def select(person: AbstractBaseUser, asked: Asked) -> AnnotationQuerySet:
    """Every annotation that matches and that this person can see."""
    found = Annotation.objects.present().visible_to(person)
    conditions = {
        "colour": asked.colour,
        "article": asked.article,
        "owner__username": asked.person,
        "status": asked.status,
        "pk__lt": asked.before,
    }
    found = found.filter(**{name: value for name, value in conditions.items() if value not in ("", None)})
    if asked.year:
        found = found.filter(created_at__range=_ends_of(asked.year))
    if asked.publication:
        # As a join, SQLite would scan all annotations to find these few.
        found = found.filter(article__in=Article.objects.filter(publication__name=asked.publication))
    if asked.status:
        found = found.exclude(start=None)
    for tag in asked.tags:
        found = found.filter(pk__in=_tagged(tag))
    return found if asked.ids is None else found.filter(_is_among(asked.ids))


def find(person: AbstractBaseUser, asked: Asked) -> Found:
    """The newest matches, with the count that filtering by each value would give."""
    columns = (
        "id",
        "article_id",
        Coalesce("parent__start", "start"),
        "colour",
        "status",
        "owner_id",
        F("article__publication_id"),
        Substr(Cast("created_at", TextField()), 1, 16),  # to the minute, in UTC
    )
    newest = select(person, asked).order_by("-id").values_list(*columns)[: MOST_COUNTED + 1]
    zone = timezone.get_current_timezone()
    rows = [Row._make((*columns, _year(minute, zone))) for *columns, minute in _fetched(newest)]
    has_more = len(rows) > MOST_COUNTED
    del rows[MOST_COUNTED:]
    return Found(
        rows,
        has_more,
        _tags([row.id for row in rows]),
        Counter(row.colour for row in rows),
        Counter(row.status for row in rows if row.place is not None),
        Counter(row.owner for row in rows),
        Counter(row.article for row in rows),
        Counter(row.publication for row in rows if row.publication is not None),
        Counter(row.year for row in rows),
    )


def by_article(rows: list[Row]) -> list[Row]:
    """Group the rows by article, in reading order; the article with the newest annotation comes first."""
    first: dict[int, int] = {}
    for number, row in enumerate(rows):
        first.setdefault(row.article, number)
    return sorted(rows, key=lambda row: (first[row.article], -1 if row.place is None else row.place, row.id))


def _year(minute: str, zone: tzinfo) -> str:
    """The reader's year of a minute in UTC (`2025-12-31 23:30`)."""
    if minute[5:10] not in ("12-31", "01-01"):
        return minute[:4]
    return f"{datetime.fromisoformat(f'{minute}+00:00').astimezone(zone).year:04}"


def _ends_of(year: int) -> tuple[datetime, datetime]:
    """The first and last moment of a year in the reader's time zone."""
    zone = timezone.get_current_timezone()
    return datetime(year, 1, 1, tzinfo=zone), datetime(year, 12, 31, 23, 59, 59, 999_999, tzinfo=zone)


def _is_among(ids: Collection[int]) -> Any:
    """A condition on the id. Thousands of ids as parameters would exceed the database's limit."""
    numbers = ", ".join(map(str, map(int, ids))) or "NULL"
    return RawSQL(f"annotations_annotation.id IN ({numbers})", [], output_field=BooleanField())


def _tagged(name: str) -> Any:
    return tagged(Annotation).filter(tag__name=name).values("object_id")


def _tags(ids: list[int]) -> Counter[str]:
    if not ids:
        return Counter()
    # Passing thousands of ids as parameters takes longer than looking them up.
    sql = (
        "SELECT tag_id, count(*) FROM taggit_taggeditem "
        f"WHERE content_type_id = %s AND object_id IN ({','.join(map(str, ids))}) GROUP BY tag_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [content_type(Annotation).pk])
        counts = dict(cursor.fetchall())
    commonest = dict(Counter(counts).most_common(MOST_NAMED))
    names = Tag.objects.filter(pk__in=commonest).values_list("pk", "name")
    return Counter({name: commonest[pk] for pk, name in names})


def _fetched(rows: QuerySet[Any, Any]) -> list[tuple[Any, ...]]:
    """Plain rows from the database: they contain only numbers and text, so Django has nothing to convert."""
    sql, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
