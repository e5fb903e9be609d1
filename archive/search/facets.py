"""What the results of a search have in common: tags, publications, authors, years, and the time they are from.

A count is what adding the label to the search finds. What was counted is remembered until the index changes.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from heapq import nsmallest

from django.core.cache import cache

from archive import query
from archive.query import Node, Query
from archive.query.preparing import prepare
from archive.search import labels
from archive.search.counts import below, by_year, completed, counts, of_all_facets, written
from archive.search.filters import filter_by, label_of
from archive.search.mine import mine
from archive.search.periods import Period, periods
from archive.search.remembering import name_of
from archive.search.searching import Search

SHOWN = 6  # labels of a facet, and of those below a tag
MOST_LISTED = 60  # labels in the list one can type into
QUICK = 20_000  # results; of more, facets take longer than the page they are on
MOST_AT_ONCE = 1_000  # keys of a facet that are counted together

FACETS = ("tag", "site", "author", "year")
Selected = Mapping[str, set[str]]


@dataclass(frozen=True)
class Value:
    """A label and how many of the results have it. `filters.filter_by` makes of `value` what to add to the search."""

    label: str
    value: str
    count: int
    selected: bool


@dataclass(frozen=True)
class TagValue(Value):
    """A tag: its label is the last part of its path, its value the path. `children` are the commonest below it."""

    depth: int
    children: tuple["TagValue", ...]


@dataclass(frozen=True)
class Facets:
    """The commonest labels of each kind, and those selected; years the latest first; and the results over time.

    `mine` has what the reader did with them (see `mine`).
    """

    tags: tuple[TagValue, ...]
    publications: tuple[Value, ...]
    authors: tuple[Value, ...]
    years: tuple[Value, ...]
    chart: tuple[Period, ...]
    mine: Mapping[str, int] = field(default_factory=dict)


def are_quick(search: Search) -> bool:
    """Whether `facets` costs a page little: of few results, and where it remembers them. Else they should follow by
    themselves.
    """
    return search.total <= QUICK or cache.has_key(_name(search))


def facets(asked: Query, ready: Search | None = None, reader: int | None = None) -> Facets:
    """The facets of a search by a reader (their id), and its results over time. With `ready` (`Page.search`), what it
    found is not looked for again.
    """
    search = ready or Search(asked.node, reader)
    found: Facets | None = cache.get(_name(search))
    if found is None:
        found = _facets(search)
        cache.set(_name(search), found)
    return found if search.reader.id is None else replace(found, mine=mine(search))


def _name(search: Search) -> str:
    return name_of("facets", search.version, search.node)


def more(facet: str, asked: Query, prefix: str = "", reader: int | None = None) -> list[Value]:
    """The commonest labels of a facet (one of FACETS) in which a word begins so, for the list one can type into."""
    search, prepared = Search(asked.node, reader), prepare(prefix)
    if facet == "year":
        years = by_year(of_all_facets(search, 1)[1])
        return _years(
            search, {year: number for year, number in years.items() if year.startswith(prepared)}, MOST_LISTED
        )
    if prefix.strip() and not prepared:
        return []
    found = completed(search, facet, prepared, MOST_LISTED) if prepared else counts(search, facet, MOST_LISTED)
    return _values(search, facet, found, MOST_LISTED)


def _facets(search: Search) -> Facets:
    numbers, months, are_all_tags = of_all_facets(search, MOST_AT_ONCE)
    return Facets(
        tags=_Tags(search, numbers["tag"], are_all_tags).below("", 0),
        publications=tuple(_values(search, "site", numbers["site"], SHOWN)),
        authors=tuple(_values(search, "author", numbers["author"], SHOWN)),
        years=tuple(_years(search, by_year(months), SHOWN)),
        chart=tuple(periods(months)),
    )


class _Tags:
    """The tree of tags. Where there are too many to count them together, what stands below a tag is counted for those
    alone that the search asks for, and for those above them.
    """

    def __init__(self, search: Search, numbers: dict[str, int], are_all: bool) -> None:
        self._search, self._are_all = search, are_all
        self._by_parent: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for key, number in numbers.items():
            self._by_parent[key.rpartition("/")[0]][key] = number

    def below(self, parent: str, depth: int) -> tuple[TagValue, ...]:
        values = _values(self._search, "tag", self._numbers(parent), SHOWN)
        return tuple(
            TagValue(
                label=value.value.rpartition("/")[2],
                value=value.value,
                count=value.count,
                selected=value.selected,
                depth=depth,
                children=self.below(labels.key(value.value), depth + 1),
            )
            for value in values
        )

    def _numbers(self, parent: str) -> dict[str, int]:
        chosen = _selected(self._search.node)["tag"]
        if self._are_all:
            return self._by_parent[parent]
        if parent and not any(f"{tag}/".startswith(f"{parent}/") for tag in chosen):
            return {}
        found = counts(self._search, "tag", SHOWN, only=below(parent) if parent else "[^/]+")
        names = [name for tag in chosen for name in (*labels.tags_above(tag), tag)]
        own = [name for name in names if name.rpartition("/")[0] == parent]
        return found | (counts(self._search, "tag", len(own), only=own) if own else {})


def _values(search: Search, facet: str, numbers: Mapping[str, int], most: int) -> list[Value]:
    """The commonest of these labels. Selected ones are always among them, and so are the tags that stand above a
    selected one.
    """
    chosen = _selected(search.node)[facet]
    best = nsmallest(most, numbers, key=lambda key: (-numbers[key], key))
    best += [key for key in numbers if key in chosen or any(path.startswith(f"{key}/") for path in chosen)]
    missing = [key for key in chosen if key not in numbers] if facet != "tag" else []
    best += counts(search, facet, len(missing), only=missing) if missing else []
    values = []
    for key in dict.fromkeys(best):
        label = written(search, facet, key)
        # An author's name finds longer names that contain it, too.
        number = search.count(filter_by(facet, label)) if facet == "author" else numbers.get(key, search.total)
        values.append(Value(label, label, number, key in chosen))
    return sorted(values, key=lambda value: (-value.count, -numbers.get(_key(facet, value), 0), value.label))


def _key(facet: str, value: Value) -> str:
    return labels.facet_key(facet, value.label)


def _years(search: Search, numbers: Mapping[str, int], most: int) -> list[Value]:
    """The latest of these years, and those selected."""
    chosen = _selected(search.node)["year"]
    best = dict.fromkeys([*sorted(numbers, reverse=True)[:most], *(year for year in numbers if year in chosen)])
    return [Value(year, year, numbers[year], year in chosen) for year in best]


def _selected(node: Node | None) -> Selected:
    """The keys of the labels that the search asks for, by facet."""
    selected: dict[str, set[str]] = {facet: set() for facet in FACETS}
    for facet, key in filter(None, map(label_of, query.conditions(node))):
        selected[facet].add(key)
    return selected
