"""Finding annotations by words of their quotes, notes and tags.

Text and query are folded alike here, so that both databases can match plain words: SQLite by an FTS5 table, PostgreSQL
by a GIN index, each over `Annotation.search_text` and kept by the database itself (see the migration).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from archive.annotations.models import Annotation

INDEX = "annotations_index"
MOST_WORDS = 20  # of a search; more tells nothing more

# Written without spaces between words: there every letter counts as a word, and neighbours are sought as a phrase.
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_RUN = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")


def searchable(*texts: str) -> str:
    """The words of some texts, folded (case, accents, width), parted by spaces."""
    return " ".join(word for text in texts for word in _WORD.findall(_folded(text)))


def matching(annotations: QuerySet[Annotation], typed: str) -> QuerySet[Annotation]:
    """Those that hold every word typed; the last one may be the beginning of a word."""
    runs = _RUN.findall(_folded(typed))[:MOST_WORDS]
    if not runs:
        return annotations
    phrases = [" ".join(_WORD.findall(run)) for run in runs]
    if connection.vendor == "postgresql":
        # Letters and spaces alone are left of what was typed, so nothing of it is read as an operator.
        sought = " & ".join("(" + " <-> ".join(phrase.split()) + ")" for phrase in phrases[:-1])
        last = phrases[-1].replace(" ", " <-> ") + ":*"
        sql = (
            "SELECT id FROM annotations_annotation WHERE to_tsvector('simple', search_text) @@ to_tsquery('simple', %s)"
        )
        return annotations.filter(pk__in=RawSQL(sql, [f"{sought} & ({last})" if sought else last]))
    sought = " ".join(f'"{phrase}"' for phrase in phrases) + "*"
    sql = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s"
    return annotations.filter(pk__in=RawSQL(sql, [sought]))


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c))).casefold()
