"""Which of several searches find something, at a bounded cost: ways out for a reader whose search finds nothing."""

from collections.abc import Iterable
from itertools import islice
from time import perf_counter

from archive.query import Node
from archive.search.engines import engine
from archive.search.searching import Search

MOST_COUNTED = 1000  # articles that one search finds
MOST_TRIED = 10  # searches
BUDGET = 0.1  # seconds, after which no other search is begun


def count_each(nodes: Iterable[Node | None], reader: int | None = None) -> list[int]:
    """How many articles each of these searches finds, counted up to MOST_COUNTED. Fewer numbers than searches if there
    were more than MOST_TRIED, or no time for all.
    """
    end = perf_counter() + BUDGET
    numbers: list[int] = []
    for node in islice(nodes, MOST_TRIED):
        if perf_counter() > end:
            break
        numbers.append(engine().count(Search(node, reader).selection, MOST_COUNTED))
    return numbers
