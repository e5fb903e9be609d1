"""What keeps an index and what asks it: the functions that the modules of each database have."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from archive.query import Node
from archive.search.models import Document
from archive.search.personal import NOBODY, Reader

Selection = Any  # a search as an engine understands it: nobody else looks into it
Forms = Mapping[str, list[str]]


@dataclass(frozen=True)
class Order:
    """An order of documents: by a column, then by position in the same direction; without one by position alone."""

    column: str = ""
    is_descending: bool = True

    def reversed(self) -> "Order":
        return Order(self.column, not self.is_descending)


class Ranked(NamedTuple):
    """The candidates for the first places, the best first, as positions; the lowest position that was ranked (0: all
    were); and how many documents there are, or at least so many.
    """

    positions: list[int]
    lowest: int
    total: int
    is_least: bool


class Engine(Protocol):
    """What asks the index."""

    def select(self, node: Node | None, forms: Forms, reader: Reader = NOBODY) -> Selection:
        """The documents a search asks for. `forms`: the forms of its words; `reader`: whose notes and marks count."""

    def page(
        self, selection: Selection, order: Order, bound: tuple[Any, int] | None, size: int
    ) -> list[tuple[Any, int]]:
        """Up to `size` documents after the bound, as (value of the order's column, position)."""

    def count(self, selection: Selection, at_most: int) -> int:
        """How many documents there are, counted up to `at_most`; all there are if nothing is asked."""

    def facets(self, selection: Selection, at_most: int) -> tuple[list[str], bool]:
        """The labels of the newest documents, as `Document.facets` has them, and whether these are all: fewer than
        `at_most`, and none left for being too dear to find.
        """

    def count_each(
        self, selection: Selection, nodes: Iterable[Node], at_most: int, reader: Reader = NOBODY
    ) -> Iterator[int | None]:
        """For each of these conditions without words, how many of the documents fulfil it, counted up to `at_most`;
        None where counting them is too dear. Each is counted when it is asked for, so that a caller can stop.
        """

    def ranked(self, selection: Selection, titled: Selection, most_counted: int) -> Ranked:
        """The candidates for the first places; the documents are counted up to `most_counted`, or up to fewer where
        that is dear.

        `titled` is the same search with its words sought in titles. What makes the rank stands in
        docs/decisions/search-ranking.md.
        """

    def similar(self, nodes: Iterable[Node], most_each: int) -> list[tuple[int, int]]:
        """Up to so many documents for each of these searches: (number of the search, position)."""


class Schema(Protocol):
    """What makes and keeps the index of a database, `using` its alias."""

    def install(self, using: str) -> None:
        """Make what is missing. A new index doubts every article."""

    def remove(self, using: str) -> None:
        """Take away what would be in the way of migrations; the index itself stays."""

    def doubt_all(self, using: str) -> None:
        """Have the next refresh look at every article."""

    def take_in(self, using: str, documents: Iterable[tuple[Document, str]]) -> None:
        """Take documents, just written, into the index with their texts, if they did not come in by themselves."""

    def add_words(self, using: str, words: Sequence[str], stems: Sequence[str]) -> None:
        """Add to the vocabulary those of these words that it lacks, each with its stem. Tens of thousands in a first
        import are too many to make objects of.
        """

    def begin_rebuild(self, using: str) -> None:
        """Begin a second index beside the first, which goes on to answer."""

    def rebuild_some(self, using: str, count: int) -> int:
        """Take up to `count` documents into the second. Returns how many; 0: all are in, and it is now the first."""

    def compact(self, using: str) -> bool:
        """Do some of what makes an index quick that was written piece by piece. Whether there was something to do."""

    def recount(self, using: str) -> None:
        """Count the documents and their labels anew, in `State` and `Label`, where each label has its row."""

    def check(self, using: str) -> list[str]:
        """Whether the index holds exactly the tokens of the documents' texts: what is wrong, in sentences."""
