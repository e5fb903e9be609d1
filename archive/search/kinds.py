"""The kinds of indexes, and the state of one at a moment."""

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
    """What an index contains: the objects that are `present`. `documents` makes documents for ids, each with its id;
    none for deleted objects."""

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
    """An index at one moment. `behind` is the number of missing changes; None if there is no index yet, and it is
    empty."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    position: Position
    behind: int | None = 0

    @property
    def version(self) -> str:
        """A string that changes whenever a search might find something else."""
        return f"{self.position.number}-{self.position.token:x}"

    def values(self, wanted: tantivy.Query, *columns: str, at_most: int = 0, **order: Any) -> list[tuple[int, ...]]:
        """The numbers in these columns for each document found, or the first `at_most`."""
        hits = self.searcher.search(wanted, at_most or max(1, self.searcher.num_docs), count=False, **order).hits
        return self.values_at([address for _, address in hits], *columns)

    def values_at(self, addresses: list[tantivy.DocAddress], *columns: str) -> list[tuple[int, ...]]:
        """The numbers in these columns for the documents at these addresses."""
        found = ([int(value or 0) for value in self.searcher.fast_field_values(name, addresses)] for name in columns)
        return list(zip(*found, strict=True))
