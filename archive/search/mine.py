"""What one reader did with the results of a search: a facet of their own."""

from archive import query
from archive.search.searching import Search

MARKS = ("unread", "reading", "starred", "highlighted", "noted")


def mine(search: Search) -> dict[str, int]:
    """How many of the results have each of MARKS to the reader who searches; nothing of those that none has."""
    counts = {mark: search.count(query.Is(mark)) for mark in MARKS}
    return {mark: number for mark, number in counts.items() if number}
