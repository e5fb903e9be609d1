"""The index of annotations, in which each document states who can see it.

Nobody else's annotations can be found, counted or guessed, because every search of this index goes through `_find`.
"""

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Any

import tantivy
from django.db.models import F
from tantivy import Query

from archive import query
from archive.annotations.models import Annotation, Visibility
from archive.articles.tagging import tag_names
from archive.query.preparing import prepare
from archive.search.documents import add_text, digest
from archive.search.kinds import Kind
from archive.search.models import AnnotationChange
from archive.search.schema import ANNOTATIONS
from archive.search.store import Store
from archive.search.terms import Terms, all_of, any_of

FIELDS = {"notes": "note", "highlights": "quote"}
MOST_WORDS = 20  # words of a notebook search; more would not help
_EVERYBODY = "0"  # stands for a reader's id; nobody has it
_SEEN_BY, _OWNED_BY, _HAS = "s", "o", "h"  # prefixes of tokens


class Notes:
    """What one reader can see, as of the start of the search; nothing for visitors."""

    def __init__(self, reader: int | None) -> None:
        self._reader = reader

    @cached_property
    def _terms(self) -> Terms:
        return Terms(store.snapshot())

    @cached_property
    def is_empty(self) -> bool:
        """Whether there is nothing for them to see."""
        return self._reader is None or not self._find(self._terms.everything, "id", at_most=1)

    @property
    def version(self) -> str:
        """A string that changes whenever they might find something else."""
        return self._terms.snapshot.version

    def articles_with(self, term: query.Term, text: str = "") -> list[int]:
        """The articles with a term in what the reader can see: in `notes`, in `highlights`, or in either."""
        found = None if self.is_empty else self._terms.find(FIELDS.get(text, "all"), term)
        return self._articles(found) if found else []

    def articles_having(self, text: str, *, own: bool = False) -> list[int]:
        """The articles with any `notes` or `highlights`, either the reader's `own` or all they can see."""
        tokens = [f"{_HAS}{FIELDS[text]}", *([f"{_OWNED_BY}{self._reader}"] if own else [])]
        return [] if self.is_empty else self._articles(all_of(self._terms.token("filter", each) for each in tokens))

    def annotations_with(self, typed: str) -> list[int] | None:
        """The annotations that contain every typed word, with its tokens next to each other; the last word may be a
        prefix. None if no word was typed."""
        words = [word for word in typed.split()[:MOST_WORDS] if any(map(str.isalnum, prepare(word)))]
        if not words:
            return None
        terms: list[query.Term] = [*map(query.Phrase, words[:-1]), query.Prefix(words[-1])]
        return self._find(all_of(found for term in terms if (found := self._terms.find("all", term))), "id")

    def _articles(self, wanted: Query) -> list[int]:
        return sorted(set(self._find(wanted, "article")))

    def _find(self, wanted: Query, column: str, at_most: int = 0) -> list[int]:
        """The only way to search the index: restricts the query to what the reader can see."""
        visible = any_of(self._terms.token("filter", f"{_SEEN_BY}{reader}") for reader in (_EVERYBODY, self._reader))
        return [number for (number,) in self._terms.snapshot.values(all_of([visible, wanted]), column, at_most=at_most)]


def _build(ids: Collection[int]) -> Iterator[tuple[int, tantivy.Document]]:
    """The documents of these annotations, each with its id; none for deleted or trashed ones."""
    present = Annotation.objects.present().filter(pk__in=ids).order_by("pk")
    parent = {
        "parent_owner": F("parent__owner_id"),
        "parent_visibility": F("parent__visibility"),
        "parent_trashed_at": F("parent__trashed_at"),
    }
    fields = ("pk", "article_id", "owner_id", "visibility", "note", "exact", "image_alt")
    rows = list(present.values(*fields, **parent))
    tags = tag_names(Annotation, [row["pk"] for row in rows]) if rows else {}
    for row in rows:
        yield row["pk"], _document(row, tags[row["pk"]])


def _document(row: dict[str, Any], tags: list[str]) -> tantivy.Document:
    tokens = [f"{_SEEN_BY}{reader}" for reader in sorted(_readers(row))] + [f"{_OWNED_BY}{row['owner_id']}"]
    tokens += [f"{_HAS}note"] if row["note"].strip() else []
    tokens += [f"{_HAS}quote"] if row["exact"] else []
    document = tantivy.Document()
    for text in (row["note"], *tags):
        add_text(document, ("note", "all"), text)
    add_text(document, ("quote", "all"), row["exact"])
    add_text(document, ("all",), row["image_alt"])
    document.add_text("filter", " ".join(tokens))
    document.add_unsigned("id", row["pk"])
    document.add_unsigned("article", row["article_id"])
    held = [row[name] for name in ("article_id", "note", "exact", "image_alt")]
    document.add_unsigned("digest", digest(held, tags, tokens))
    return document


def _readers(row: dict[str, Any]) -> set[str]:
    """Who can see an annotation, as in `AnnotationQuerySet.visible_to`."""
    if row["visibility"] != Visibility.SHARED:
        return {str(row["owner_id"])}
    is_parent_shared = row["parent_visibility"] == Visibility.SHARED and row["parent_trashed_at"] is None
    if row["parent_owner"] is None or is_parent_shared:
        return {_EVERYBODY}
    return {str(row["owner_id"]), str(row["parent_owner"])}


store = Store(Kind("annotations", ANNOTATIONS, AnnotationChange, Annotation.objects.present, _build, "id"))
