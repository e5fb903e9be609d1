"""The orders of a list, and how to go through one from any place in it.

A place outlives the coming and going of other articles, and finding what follows it costs the same at any depth.
"""

from typing import Any, Protocol

from archive.search.engine import Order
from archive.search.engines import engine
from archive.search.models import Document
from archive.search.searching import Search

Place = tuple[Any, int]  # what the order goes by, and the position of the document

MOST_COUNTED = 5_000  # results
LARGE = 200_000  # articles; in an archive of more, counting a result may cost 70 us,
MOST_COUNTED_OF_LARGE = 1_000  # and fewer are counted
_COLUMNS = {"published": "", "added": "article_id", "clipped": "clipped", "title": "title_key", "length": "word_count"}


class ListOrder(Protocol):
    """A way through the results of a search. `name` is what a reader asks for it with."""

    name: str

    def rows(self, place: Place | None, size: int, *, backwards: bool = False) -> list[Place]:
        """Up to `size` places that follow this one, or stand before it, in the order of the list; None: its begin."""

    def place(self, document: Document) -> Place:
        """Where a document stands."""

    def total(self) -> tuple[int, bool]:
        """How many there are, counted up to MOST_COUNTED, or exactly where that costs nothing, or up to fewer where
        that is dear; and whether there may be more.
        """


def choose(search: Search, sort: str | None) -> ListOrder:
    """The order a reader asked for, reversed by a `-` before its name.

    By default, and if there is no such order, the best comes first where there are words to rank by, else the newest.
    Relevance cannot be reversed.
    """
    name = (sort or "").removeprefix("-")
    if name in _COLUMNS:
        return ByColumn(search, name, is_reversed=(sort or "").startswith("-"))
    return ByRelevance(search) if search.is_ranked else ByColumn(search, "published")


def _most_counted() -> int:
    documents = engine().count(engine().select(None, {}), 1)
    return MOST_COUNTED if documents < LARGE else MOST_COUNTED_OF_LARGE


class ByColumn:
    """By what a document has: newest, last added, last clipped and longest first, titles from A to Z."""

    def __init__(self, search: Search, name: str, *, is_reversed: bool = False) -> None:
        self.name = f"-{name}" if is_reversed else name
        self._search = search
        self._order = Order(_COLUMNS[name], is_descending=is_reversed == (name == "title"))

    def rows(self, place: Place | None, size: int, *, backwards: bool = False) -> list[Place]:
        order = self._order.reversed() if backwards else self._order
        rows = engine().page(self._search.selection, order, place, size)
        return rows[::-1] if backwards else rows

    def place(self, document: Document) -> Place:
        return (getattr(document, self._order.column) if self._order.column else 0), document.pk

    def total(self) -> tuple[int, bool]:
        selection = self._search.selection
        most = 0 if selection.is_everything else _most_counted()
        total = engine().count(selection, most)
        return total, 0 < most <= total


class ByRelevance:
    """The best of a bounded number of candidates first, then all others, newest first.

    A place's first part is 0 among the candidates, 1 after them.
    """

    name = "relevance"

    def __init__(self, search: Search) -> None:
        self._search = search
        self._newest_first = Order()
        ranked = engine().ranked(search.selection, search.titled, _most_counted())
        self._ranked, self._lowest, self._total = ranked.positions, ranked.lowest, (ranked.total, ranked.is_least)
        self._ranks = {position: rank for rank, position in enumerate(self._ranked)}
        if not self._lowest:
            search.found = self._ranks.keys()

    def rows(self, place: Place | None, size: int, *, backwards: bool = False) -> list[Place]:
        if backwards and place:
            return self._before(place, size)
        bound = self._lowest
        best: list[Place] = []
        if place and place[0]:
            bound = min(place[1], self._lowest)
        else:
            start = self._ranks.get(place[1], -1) + 1 if place else 0
            best = [(0, position) for position in self._ranked[start : start + size]]
        return best + self._others(bound, size - len(best), self._newest_first)

    def _before(self, place: Place, size: int) -> list[Place]:
        others: list[Place] = []
        end = self._ranks.get(place[1], 0)
        if place[0]:
            others = self._others(place[1], size, self._newest_first.reversed())[::-1]
            end = len(self._ranked)
        start = max(0, end - (size - len(others)))
        return [(0, position) for position in self._ranked[start:end]] + others

    def _others(self, bound: int, size: int, order: Order) -> list[Place]:
        """Those that were not ranked, from this position on."""
        if not size or not self._lowest:
            return []
        # Among them stand the candidates by title, which have had their turn.
        most = size + sum(position < self._lowest for position in self._ranked)
        rows = engine().page(self._search.selection, order, (0, bound), most)
        return [(1, position) for _, position in rows if position < self._lowest and position not in self._ranks][:size]

    def place(self, document: Document) -> Place:
        return int(document.pk not in self._ranks), document.pk

    def total(self) -> tuple[int, bool]:
        return self._total
