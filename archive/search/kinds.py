"""What an index is of, and how it stands at one moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

import tantivy

from archive.search.changes import Position
from archive.search.models import Change

AT_ONCE = 200  # objects that are read together


@dataclass(frozen=True)
class Kind:
    """What an index is of. `documents` makes those of some objects, each with its id; none for what is gone. `ids` are
    the next objects after an id, in order.
    """

    name: str
    schema: tantivy.Schema
    changes: type[Change]
    documents: Callable[[list[int]], Iterable[tuple[int, tantivy.Document]]]
    ids: Callable[[int, int], list[int]]
    sort_by: str


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
