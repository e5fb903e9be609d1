"""The articles that a search finds, all of them, a portion at a time."""

from __future__ import annotations

from collections.abc import Iterator

from archive.query import Query
from archive.search import listing

AT_ONCE = 200  # articles


def found(asked: Query, reader: int | None = None) -> Iterator[int]:
    """Their ids in the search's order. `reader` is the id of the person who asks."""
    after = None
    while True:
        page = listing.find(asked, after=after, size=AT_ONCE, reader=reader)
        yield from (row.article.pk for row in page.rows)
        after = page.next_cursor
        if after is None:
            return
