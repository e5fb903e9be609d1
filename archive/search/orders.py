"""Sort orders of lists, and walking through a list from any place.

A place stays valid when other articles are added or removed.
"""

from collections.abc import Iterator

from archive.articles.models import Article
from archive.query.sorting import Place, article_of
from archive.search.schema import TITLE_COLUMNS
from archive.search.searching import Search

COLUMNS: dict[str, tuple[str, ...]] = {
    "published": ("position",),
    "added": ("id",),
    "clipped": ("clipped", "position"),
    "title": (*TITLE_COLUMNS, "position"),
    "length": ("words", "position"),
    "relevance": ("rank", "id"),
}
SLACK = 25  # how many places an article may have moved since a cursor was written
WALKED_AT_ONCE = 5_000
RANKS_LOOKED_THROUGH = (200, 5_000, 100_000)  # for one article


class ByColumn:
    """Sorted by an attribute: newest, last added, last clipped or longest first, or by title. `name` is the order's
    name in searches."""

    def __init__(self, search: Search, name: str, *, is_reversed: bool = False) -> None:
        self.name = f"-{name}" if is_reversed else name
        self._search = search
        self._columns = COLUMNS[name]
        self._is_descending = is_reversed == (name == "title")

    def rows(self, place: Place | None, size: int, *, backwards: bool = False) -> list[Place]:
        """Up to `size` places after this one, or before it, in list order; None means the beginning."""
        is_descending = self._is_descending != backwards
        rows = self._search.sorted(self._columns, place, size, is_descending=is_descending)
        return rows[::-1] if backwards else rows

    def place(self, article: Article) -> Place | None:
        """The place of an article; None if it is not in the list."""
        return self._search.place(article.pk, self._columns)

    def all_ids(self) -> Iterator[int]:
        """The ids of all articles of the list."""
        places = self.rows(None, WALKED_AT_ONCE)
        while places:
            yield from map(article_of, places)
            places = self.rows(places[-1], WALKED_AT_ONCE)


class ByRelevance:
    """Best first, ties by newest. A place is a rank and the article that had it; it is unknown for articles too far
    down."""

    name = "relevance"

    def __init__(self, search: Search) -> None:
        self._search = search

    def rows(self, place: Place | None, size: int, *, backwards: bool = False) -> list[Place]:
        if place is None:
            return [(number, pk) for number, pk in enumerate(self._search.best(0, size))]
        rank, article_id = min(place[0], self._search.total), place[1]
        first = max(0, rank - SLACK - (size if backwards else 0))
        found: list[Place] = list(enumerate(self._search.best(first, rank + SLACK + size + 1 - first), first))
        here = next((number for number, each in enumerate(found) if each[1] == article_id), rank - first)
        return found[max(0, here - size) : here] if backwards else found[here + 1 : here + 1 + size]

    def place(self, article: Article) -> Place | None:
        for most in RANKS_LOOKED_THROUGH:
            best = self._search.best(0, most)
            if article.pk in best:
                return best.index(article.pk), article.pk
            if len(best) < most:
                break
        return None

    def all_ids(self) -> Iterator[int]:
        """Ranked once, so that a long walk neither repeats nor misses any."""
        return iter(self._search.best(0, max(1, self._search.total)))


def choose(search: Search, sort: str | None) -> ByColumn | ByRelevance:
    """The order that a reader asked for, reversed with a leading `-`.

    By default, and if there is no such order, the best come first if there are words to rank by, else the newest.
    Relevance cannot be reversed.
    """
    name = (sort or "").removeprefix("-")
    if name in COLUMNS and name != "relevance":
        return ByColumn(search, name, is_reversed=(sort or "").startswith("-"))
    return ByRelevance(search) if search.is_ranked else ByColumn(search, "published")
