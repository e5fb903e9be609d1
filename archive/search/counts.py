"""How many results of a search have each label, in one walk through them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import itemgetter

from archive.search import labels
from archive.search.engine import engine
from archive.search.preparing import prepare
from archive.search.searching import Search

MOST_COUNTED = 100_000  # results, the newest
FACETS = ("tag", "site", "author", "year")

KEYS: Mapping[str, Callable[[str], str]] = {"tag": labels.key, "site": labels.key, "author": prepare, "year": str}


@dataclass(frozen=True)
class Counts:
    """The numbers of results by label: by facet, and by month (`2026-02`).

    Labels that are found as one are one, in the form that is commonest. `is_partial`: there were more results than are
    counted.
    """

    by_facet: Mapping[str, Mapping[str, int]]
    by_month: Mapping[str, int]
    author_keys: Mapping[str, str]
    is_partial: bool

    def finds(self, facet: str, label: str) -> int:
        """How many results the label finds. An author's name finds longer names that contain it, too."""
        numbers = self.by_facet[facet]
        if facet != "author" or self._all_authors.count(name := f" {self.author_keys[label]} ") == 1:
            return numbers[label]
        return sum(numbers[other] for other, key in self.author_keys.items() if name in f" {key} ")

    @cached_property
    def _all_authors(self) -> str:
        return " \n ".join(["", *self.author_keys.values(), ""])


def count(search: Search) -> Counts:
    """Count the labels of the results of a search."""
    documents = engine().facets(search.selection, MOST_COUNTED)
    by_kind: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for line, number in Counter(chain.from_iterable(facets.split("\n") for facets in documents)).items():
        by_kind[line[:1]][line[1:]] = number
    months = by_kind[labels.MONTH]
    years = Counter[str]()
    for month, number in months.items():
        years[month[:4]] += number
    tags = _merged(labels.key, by_kind[labels.TAG], by_kind[labels.PARENT_TAG])
    sites = _merged(labels.key, by_kind[labels.SITE])
    authors = _merged(prepare, by_kind[labels.AUTHOR])
    return Counts(
        by_facet={
            "tag": dict(tags.values()),
            "site": dict(sites.values()),
            "author": dict(authors.values()),
            "year": years,
        },
        by_month=months,
        author_keys={label: key for key, (label, _) in authors.items()},
        is_partial=len(documents) == MOST_COUNTED,
    )


def _merged(key: Callable[[str], str], *counts: Mapping[str, int]) -> dict[str, tuple[str, int]]:
    """By key, the commonest label with it and the count of all that have it."""
    merged: dict[str, tuple[str, int]] = {}
    commonest_first = sorted(chain.from_iterable(part.items() for part in counts), key=itemgetter(1), reverse=True)
    for label, number in commonest_first:
        commonest, so_far = merged.get(found := key(label), (label, 0))
        merged[found] = commonest, so_far + number
    return merged
