"""What belongs to one reader, as tokens of the index: the words of notes and highlights, and marks such as "read".

Each token begins with whose it is, so no search meets those of another: what a reader keeps to themselves stands under
their id, what is shared under EVERYBODY. The vocabulary has none of these words, so no spelling tells of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from archive.annotations.models import Annotation, Visibility
from archive.articles.tagging import tag_names
from archive.query.preparing import prepare
from archive.reading.models import ReadingState

EVERYBODY = 0  # stands for the id of a reader; nobody has it
KINDS = {"notes": "n", "highlights": "q"}  # the texts, and how their words begin
_STATES = ("reading", "read", "starred")
_OWN_TEXTS = {"noted": "notes", "highlighted": "highlights"}
_BOUNDARY = "_"  # so that no phrase runs from one note into the next


@dataclass(frozen=True)
class Reader:
    """Who searches. `sees`: under whose ids there are notes or highlights that they may see."""

    id: int | None = None
    sees: tuple[int, ...] = ()

    def beginnings(self, text: str) -> list[str]:
        """What tokens of words in their `notes` or `highlights` begin with."""
        return [_beginning(text, owner) for owner in self.sees]

    @property
    def all_beginnings(self) -> list[str]:
        """What the tokens of a word can begin with, wherever it stands: with nothing, in the article itself."""
        return ["", *(beginning for text in KINDS for beginning in self.beginnings(text))]

    def having(self, text: str) -> list[str]:
        """The tokens of articles with `notes` or `highlights` that this reader may see."""
        return [_has(owner, text) for owner in self.sees]

    def being(self, what: str) -> list[str]:
        """The token of articles that this reader is reading, has read, starred, noted or highlighted."""
        if self.id is None:
            return []
        return [_has(self.id, _OWN_TEXTS[what]) if what in _OWN_TEXTS else _is(self.id, what)]


NOBODY = Reader()  # not signed in


def texts_of(article_ids: Collection[int]) -> defaultdict[int, str]:
    """What readers keep of these articles, each as the text of its column in the index."""
    marks: defaultdict[int, set[str]] = defaultdict(set)
    words: defaultdict[int, list[str]] = defaultdict(list)
    for article, owner, *values in ReadingState.objects.filter(article_id__in=article_ids).values_list(
        "article_id", "owner_id", "position", "read_at", "starred_at"
    ):
        marks[article].update(_is(owner, state) for state, value in zip(_STATES, values, strict=True) if value)
    for row in _annotations(article_ids):
        for reader in _readers(row):
            words[row["article_id"]] += _prefixed("notes", reader, row["note"], *row["tags"])
            words[row["article_id"]] += _prefixed("highlights", reader, row["exact"])
        for reader in {row["owner_id"], *_readers(row)}:
            has = {"notes": row["note"].strip(), "highlights": row["exact"]}
            marks[row["article_id"]].update(_has(reader, text) for text, value in has.items() if value)
    texts = defaultdict(str)
    for article in marks.keys() | words.keys():
        texts[article] = f" {_BOUNDARY} ".join([*sorted(marks[article]), *words[article]])
    return texts


def _annotations(article_ids: Collection[int]) -> Iterator[dict[str, Any]]:
    """Those of these articles, with the names of their tags and who may see what they answer."""
    annotations = Annotation.objects.present().filter(article_id__in=article_ids).order_by("pk")
    parent = {
        "parent_owner": F("parent__owner_id"),
        "parent_visibility": F("parent__visibility"),
        "parent_trashed_at": F("parent__trashed_at"),
    }
    rows = list(annotations.values("pk", "article_id", "owner_id", "visibility", "note", "exact", **parent))
    tags = tag_names(Annotation, [row["pk"] for row in rows]) if rows else {}
    return ({**row, "tags": tags[row["pk"]]} for row in rows)


def _readers(row: dict[str, Any]) -> set[int]:
    """Under whose ids an annotation stands: it is seen as `AnnotationQuerySet.visible_to` says."""
    if row["visibility"] != Visibility.SHARED:
        return {row["owner_id"]}
    is_parent_shared = row["parent_visibility"] == Visibility.SHARED and row["parent_trashed_at"] is None
    if row["parent_owner"] is None or is_parent_shared:
        return {EVERYBODY}
    return {row["owner_id"], row["parent_owner"]}


def _prefixed(text: str, reader: int, *values: str) -> Iterator[str]:
    """The words of each of these, as tokens that begin with where they stand and whose they are."""
    beginning = _beginning(text, reader)
    for value in values:
        if words := prepare(value).split():
            yield " ".join(f"{beginning}{word}" for word in words)


def _beginning(text: str, reader: int) -> str:
    return f"_{KINDS[text]}{reader}_"


def _has(reader: int, text: str) -> str:
    return f"_has{reader}_{text}"


def _is(reader: int, state: str) -> str:
    return f"_is{reader}_{state}"
