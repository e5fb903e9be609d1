"""What people write and mark: an index of its own, in which every annotation says who may see it.

Nobody else's annotations are found, counted or guessed, because every search of this index is made by `_find`.
"""

from collections.abc import Collection, Iterator
from typing import Any

import tantivy
from django.db.models import F
from tantivy import Occur, Query

from archive import query
from archive.annotations.models import Annotation, Visibility
from archive.articles.tagging import tag_names
from archive.query.preparing import prepare
from archive.search.documents import add_text, digest
from archive.search.kinds import Kind
from archive.search.models import AnnotationChange
from archive.search.schema import ANNOTATIONS
from archive.search.store import Store
from archive.search.terms import Terms

FIELDS = {"notes": "note", "highlights": "quote"}
MOST_WORDS = 20  # of a search of the notebook; more tells nothing more
_EVERYBODY = "0"  # stands for the id of a reader; nobody has it
_SEEN_BY, _OWNED_BY, _HAS = "s", "o", "h"  # what tokens begin with


class Notes:
    """What one reader may see, as it stood when the search began."""

    def __init__(self, reader: int) -> None:
        self._reader = reader
        self._snapshot = store.snapshot()
        self._terms = Terms(self._snapshot)
        self.version = self._snapshot.version
        self.is_empty = not self._find(None, 1).count

    def articles_with(self, term: query.Term, text: str = "") -> list[int]:
        """The articles with a term in what the reader may see: in `notes`, in `highlights`, or in either."""
        found = None if self.is_empty else self._terms.find(FIELDS.get(text, "all"), term)
        return self._articles(found) if found else []

    def articles_having(self, text: str, *, own: bool = False) -> list[int]:
        """The articles with any `notes` or `highlights`, of the reader's `own` alone or of all that they may see."""
        tokens = [f"{_HAS}{FIELDS[text]}", *([f"{_OWNED_BY}{self._reader}"] if own else [])]
        return self._articles(_all_of([self._token(token) for token in tokens]))

    def annotations_with(self, typed: str) -> list[int] | None:
        """The annotations that hold every word typed, its tokens side by side; the last word may be a beginning. None
        where no word was typed.
        """
        words = [word for word in typed.split()[:MOST_WORDS] if any(map(str.isalnum, prepare(word)))]
        if not words:
            return None
        terms: list[query.Term] = [*map(query.Phrase, words[:-1]), query.Prefix(words[-1])]
        found = [each for term in terms if (each := self._terms.find("all", term))]
        return self._values(_all_of(found), "id")

    def _articles(self, wanted: Query) -> list[int]:
        return sorted(set(self._values(wanted, "article")))

    def _values(self, wanted: Query, field: str) -> list[int]:
        searcher = self._snapshot.searcher
        addresses = [address for _, address in self._find(wanted, max(1, searcher.num_docs)).hits]
        return [int(value or 0) for value in searcher.fast_field_values(field, addresses)]

    def _find(self, wanted: Query | None, at_most: int) -> Any:
        """The only way to search the index: of all that is wanted, what the reader may see."""
        seen = [self._token(f"{_SEEN_BY}{reader}") for reader in (_EVERYBODY, self._reader)]
        visible = Query.boolean_query([(Occur.Should, each) for each in seen])
        return self._snapshot.searcher.search(_all_of([visible, *([wanted] if wanted else [])]), at_most)

    def _token(self, token: str) -> Query:
        return Query.term_query(self._snapshot.schema, "filter", token)


def _all_of(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, each) for each in queries])


def _build(ids: Collection[int]) -> Iterator[tuple[int, tantivy.Document]]:
    """The documents of these annotations, each with its id; none for what is gone or in the trash."""
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
    """Who may see an annotation, as `AnnotationQuerySet.visible_to` says."""
    if row["visibility"] != Visibility.SHARED:
        return {str(row["owner_id"])}
    is_parent_shared = row["parent_visibility"] == Visibility.SHARED and row["parent_trashed_at"] is None
    if row["parent_owner"] is None or is_parent_shared:
        return {_EVERYBODY}
    return {str(row["owner_id"]), str(row["parent_owner"])}


def _ids(after: int, at_most: int) -> list[int]:
    present = Annotation.objects.present().filter(pk__gt=after).order_by("pk")
    return list(present.values_list("pk", flat=True)[:at_most])


store = Store(Kind("annotations", ANNOTATIONS, AnnotationChange, _build, _ids, "id"))
