"""The articles that a search finds, all of them, a portion at a time."""

from __future__ import annotations

from collections.abc import Iterator

from archive.query import Query
from archive.search import index, listing

AT_ONCE = 200  # articles


def found(asked: Query, reader: int | None = None) -> Iterator[int]:
    """Their ids in the search's order. `reader` is the id of the person who asks."""
    index.catch_up()  # what is taken out must not lack what the index does not have yet
    after = None
    while True:
        page = listing.find(asked, after=after, size=AT_ONCE, reader=reader)
        yield from (row.article.pk for row in page.rows)
        after = page.next_cursor
        if after is None:
            return
