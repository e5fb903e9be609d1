"""Finding annotations by words of their quotes, notes and tags.

Text and query are prepared as those of articles are, so that both databases can match plain words: SQLite by an
FTS5 table, PostgreSQL by a GIN index, each over `Annotation.search_text` and kept by the database (see the migration).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from archive.query.preparing import prepare

if TYPE_CHECKING:
    from archive.annotations.models import Annotation

INDEX = "annotations_index"
MOST_WORDS = 20  # of a search; more tells nothing more


def searchable(*texts: str) -> str:
    """The tokens of some texts, parted by spaces."""
    return " ".join(filter(None, map(prepare, texts)))


def matching(annotations: QuerySet[Annotation], typed: str) -> QuerySet[Annotation]:
    """Those that hold every word typed, its tokens side by side; the last one may be the beginning of a word."""
    prepared = [phrase for word in typed.split()[:MOST_WORDS] if any(map(str.isalnum, phrase := prepare(word)))]
    if not prepared:
        return annotations
    if connection.vendor == "postgresql":
        # Letters, marks and spaces alone are left of what was typed, so nothing of it is read as an operator.
        *phrases, last = (phrase.replace(" ", " <-> ") for phrase in prepared)
        sought = " & ".join([*(f"({phrase})" for phrase in phrases), f"({last}:*)"])
        sql = (
            "SELECT id FROM annotations_annotation WHERE to_tsvector('simple', search_text) @@ to_tsquery('simple', %s)"
        )
        return annotations.filter(pk__in=RawSQL(sql, [sought]))
    sought = " ".join(f'"{phrase}"' for phrase in prepared) + "*"
    sql = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s"
    return annotations.filter(pk__in=RawSQL(sql, [sought]))
