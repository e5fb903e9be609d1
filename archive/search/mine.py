"""What one reader did with the results of a search: a facet of their own, remembered under their id."""

from django.core.cache import cache

from archive import query
from archive.query import Query
from archive.search.engines import engine
from archive.search.personal import Reader
from archive.search.remembering import name_of
from archive.search.searching import Search

MARKS = ("unread", "reading", "starred", "highlighted", "noted")
MOST_COUNTED = 10_000  # results with a mark


def mine(asked: Query, search: Search, reader: int, version: int | None) -> dict[str, int | None]:
    """How many of the results have each of MARKS to this reader, up to MOST_COUNTED, or None where counting them is
    too dear; nothing of those that none has.

    `version` is that of the index.
    """
    name = name_of("mine", version, asked.node, reader)
    counts: dict[str, int | None] | None = cache.get(name)
    if counts is None:
        marks = [query.Is(mark) for mark in MARKS]
        numbers = engine().count_each(search.selection, marks, MOST_COUNTED, Reader(reader))
        counts = {mark: number for mark, number in zip(MARKS, numbers, strict=True) if number != 0}
        cache.set(name, counts)
    return counts
