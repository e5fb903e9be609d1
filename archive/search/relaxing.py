"""How much several searches find: ways out for a reader whose search finds nothing."""

from collections.abc import Iterable
from itertools import islice

from archive.query import Node
from archive.search.searching import Search

MOST_TRIED = 10  # searches


def count_each(nodes: Iterable[Node | None], reader: int | None = None) -> list[int]:
    """How many articles each of these searches finds; of more than MOST_TRIED, the first."""
    return [Search(node, reader).total for node in islice(nodes, MOST_TRIED)]
