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
    is_partial: bool
    authors: Mapping[str, list[str]]  # every name as written, by its prepared form
    documents: list[str]

    def finds(self, facet: str, label: str) -> int:
        """How many results the label finds. An author's name finds longer names that contain it, too."""
        if facet != "author":
            return self.by_facet[facet][label]
        name = f" {prepare(label)} "
        if self._all_authors.count(name) == len(self.authors[prepare(label)]) == 1:
            return self.by_facet[facet][label]
        longer = [written for prepared in self.authors if name in f" {prepared} " for written in self.authors[prepared]]
        lines = [f"\n{labels.AUTHOR}{written}\n" for written in longer]
        return sum(any(line in f"\n{document}\n" for line in lines) for document in self.documents)

    @cached_property
    def _all_authors(self) -> str:
        return " \n ".join(["", *self.authors, ""])


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
    authors: defaultdict[str, list[str]] = defaultdict(list)
    for name in by_kind[labels.AUTHOR]:
        authors[prepare(name)].append(name)
    return Counts(
        by_facet={
            "tag": dict(tags.values()),
            "site": dict(sites.values()),
            "author": {
                max(names, key=by_kind[labels.AUTHOR].__getitem__): sum(map(by_kind[labels.AUTHOR].__getitem__, names))
                for names in authors.values()
            },
            "year": years,
        },
        by_month=months,
        is_partial=len(documents) == MOST_COUNTED,
        authors=authors,
        documents=documents,
    )


def _merged(key: Callable[[str], str], *counts: Mapping[str, int]) -> dict[str, tuple[str, int]]:
    """By key, the commonest label with it and the count of all that have it."""
    merged: dict[str, tuple[str, int]] = {}
    commonest_first = sorted(chain.from_iterable(part.items() for part in counts), key=itemgetter(1), reverse=True)
    for label, number in commonest_first:
        commonest, so_far = merged.get(found := key(label), (label, 0))
        merged[found] = commonest, so_far + number
    return merged
