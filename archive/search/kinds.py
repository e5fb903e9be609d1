"""What an index is of, and how it stands at one moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import tantivy
from django.db.models import QuerySet

from archive.search.changes import Position
from archive.search.models import Change

AT_ONCE = 200  # objects that are read together


@dataclass(frozen=True)
class Kind:
    """What an index is of: the objects that are `present`. `documents` makes those of some of them, by their ids, each
    with its id; none for what is gone.
    """

    name: str
    schema: tantivy.Schema
    changes: type[Change]
    present: Callable[[], QuerySet[Any]]
    documents: Callable[[list[int]], Iterable[tuple[int, tantivy.Document]]]
    sort_by: str

    def ids(self, after: int, at_most: int = AT_ONCE) -> list[int]:
        """The next objects after an id, in order."""
        following = self.present().filter(pk__gt=after).order_by("pk")
        return list(following.values_list("pk", flat=True)[:at_most])


class Snapshot(NamedTuple):
    """An index at one moment. `behind`: how many changes it lacks; None where there is none yet, and it is empty."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    position: Position
    behind: int | None = 0

    @property
    def version(self) -> str:
        """Another text as soon as a search might find something else."""
        return f"{self.position.number}-{self.position.token:x}"

    def values(self, wanted: tantivy.Query, *columns: str, at_most: int = 0, **order: Any) -> list[tuple[int, ...]]:
        """The numbers in these columns, of each document found; without `at_most` of all."""
        hits = self.searcher.search(wanted, at_most or max(1, self.searcher.num_docs), count=False, **order).hits
        return self.values_at([address for _, address in hits], *columns)

    def values_at(self, addresses: list[tantivy.DocAddress], *columns: str) -> list[tuple[int, ...]]:
        """The numbers in these columns of the documents at these addresses."""
        found = ([int(value or 0) for value in self.searcher.fast_field_values(name, addresses)] for name in columns)
        return list(zip(*found, strict=True))
