"""How many results of a search have each label, in one walk through them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import Protocol

from archive.query.preparing import prepare
from archive.search import labels
from archive.search.engines import engine
from archive.search.models import Document
from archive.search.searching import Search

FEW = 500  # results that are gone through, the newest
FACETS = ("tag", "site", "author", "year")

KINDS = {"tag": labels.TAG, "site": labels.SITE, "author": labels.AUTHOR}
KEYS: Mapping[str, Callable[[str], str]] = {"tag": labels.key, "site": labels.key, "author": prepare, "year": str}


class Tally(Protocol):
    """The numbers of results by label. Labels that are found as one are one, in the form that is commonest."""

    @property
    def by_facet(self) -> Mapping[str, Mapping[str, int]]:
        """By facet, the labels to choose from with numbers that tell which are the commonest."""

    @property
    def by_month(self) -> Mapping[str, int]:
        """By month, as `2026-02`; none where it is not known."""

    def finds(self, facet: str, label: str) -> int | None:
        """How many results the label finds, maybe counted up to a bound; None: more than there was time to count."""

    def is_least(self, facet: str, number: int | None) -> bool:
        """Whether there may be more than this number."""


@dataclass(frozen=True)
class Counts:
    """A `Tally` of the newest results; `is_complete`: there are no others."""

    by_facet: Mapping[str, Mapping[str, int]]
    by_month: Mapping[str, int]
    is_complete: bool
    authors: Mapping[str, list[str]]  # every name as written, by its prepared form
    documents: list[str]

    def finds(self, facet: str, label: str) -> int:
        # An author's name finds longer names that contain it, too.
        if facet != "author":
            return self.by_facet[facet][label]
        name = f" {prepare(label)} "
        if self._all_authors.count(name) == len(self.authors[prepare(label)]) == 1:
            return self.by_facet[facet][label]
        longer = [written for prepared in self.authors if name in f" {prepared} " for written in self.authors[prepared]]
        lines = [f"\n{labels.AUTHOR}{written}\n" for written in longer]
        return sum(any(line in f"\n{document}\n" for line in lines) for document in self.documents)

    def is_least(self, facet: str, number: int | None) -> bool:
        return False

    @cached_property
    def _all_authors(self) -> str:
        return " \n ".join(["", *self.authors, ""])


def count(search: Search) -> Counts:
    """Count the labels of the results of a search, up to FEW of them."""
    documents, is_complete = _labels(search)
    by_kind: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for line, number in Counter(chain.from_iterable(facets.split("\n") for facets in documents)).items():
        by_kind[line[:1]][line[1:]] = number
    months = by_kind[labels.MONTH]
    tags = merged("tag", by_kind[labels.TAG], by_kind[labels.PARENT_TAG])
    sites = merged("site", by_kind[labels.SITE])
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
            "year": by_year(months),
        },
        by_month=months,
        is_complete=is_complete,
        authors=authors,
        documents=documents,
    )


def _labels(search: Search) -> tuple[list[str], bool]:
    """The labels of the newest of what a search finds, and whether these are all."""
    if search.found is None:
        return engine().facets(search.selection, FEW + 1)
    return list(Document.objects.filter(pk__in=search.found).order_by("-pk").values_list("facets", flat=True)), True


def by_year(months: Mapping[str, int]) -> dict[str, int]:
    """The numbers of results by year."""
    years = Counter[str]()
    for month, number in months.items():
        years[month[:4]] += number
    return dict(years)


def merged(facet: str, *counts: Mapping[str, int]) -> dict[str, tuple[str, int]]:
    """By key, the commonest label with it and the count of all that have it."""
    key = KEYS[facet]
    merged: dict[str, tuple[str, int]] = {}
    commonest_first = sorted(chain.from_iterable(part.items() for part in counts), key=itemgetter(1), reverse=True)
    for label, number in commonest_first:
        commonest, so_far = merged.get(found := key(label), (label, 0))
        merged[found] = commonest, so_far + number
    return merged
