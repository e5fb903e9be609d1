"""Labels that a reader may be about to type."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from archive.query import Query
from archive.search.facets import more
from archive.search.preparing import prepare


@dataclass(frozen=True)
class Completion:
    """A label of a facet (tag, site or author), and how many articles have it."""

    facet: str
    label: str
    count: int


def complete(facets: Iterable[str], begin: str, at_most: int) -> list[Completion]:
    """The commonest labels of these facets in which a word begins so."""
    if begin.strip() and not prepare(begin):
        return []
    found = [Completion(facet, value.value, value.count) for facet in facets for value in more(facet, Query(), begin)]
    return sorted(found, key=attrgetter("count"), reverse=True)[:at_most]
