"""What the results of a search have in common: tags, publications, authors, years, and the time they are from.

A count is what adding the label to the search finds. What was counted is remembered until the index changes.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from time import perf_counter

from django.core.cache import cache

from archive import query
from archive.query import Node, Query
from archive.query.preparing import prepare
from archive.search import labels
from archive.search.completing import complete
from archive.search.counts import FACETS, FEW, KEYS, Counts, Tally, count
from archive.search.counts_of_many import MOST_COUNTED, OfAll, OfMany
from archive.search.filters import label_of
from archive.search.mine import mine
from archive.search.models import State
from archive.search.periods import Period, periods
from archive.search.remembering import name_of
from archive.search.searching import Search, is_personal

SHOWN = 6  # labels of a facet, and of those below a tag
MOST_LISTED = 60  # labels in the list one can type into

Selected = Mapping[str, set[str]]


@dataclass(frozen=True)
class Value:
    """A label and how many of the results have it: at least so many (`is_least`), or more than there was time to count
    (None). `filters.filter_by` makes of `value` what to add to the search.
    """

    label: str
    value: str
    count: int | None
    selected: bool
    is_least: bool


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
    mine: Mapping[str, int | None] = field(default_factory=dict)


def are_quick(asked: Query, ready: Search | None, total: int | None, reader: int | None = None) -> bool:
    """Whether `facets` costs a page little: with few results (`total`; None: they were not all counted), with
    everything, or if it remembers them. Else they should follow by themselves.
    """
    if (total is not None and total <= FEW) or (ready or Search(asked.node, reader)).selection.is_everything:
        return True
    return cache.has_key(_name(asked, reader, State.current_version()))


def facets(asked: Query, ready: Search | None = None, reader: int | None = None) -> Facets:
    """The facets of a search by a reader (their id), and its results over time. With `ready` (`Page.search`), its words
    are not looked up again.
    """
    version = State.current_version()
    name = _name(asked, reader, version)
    found: Facets | None = cache.get(name)
    if found is None:
        ready = ready or Search(asked.node, reader)
        selected = _selected(asked.node)
        found = _facets(_tally(ready, selected), selected)
        cache.set(name, found)
    if reader is None:
        return found
    return replace(found, mine=mine(asked, ready or Search(asked.node, reader), reader, version))


def _name(asked: Query, reader: int | None, version: int | None) -> str:
    """Under which name the facets are remembered. What is found with the help of a reader's notes is theirs alone."""
    return name_of("facets", version, asked.node, reader if is_personal(asked.node) else None)


def more(facet: str, asked: Query, prefix: str = "", reader: int | None = None) -> list[Value]:
    """The commonest labels of a facet (one of FACETS) in which a word begins so, for the list one can type into."""
    search, selected = Search(asked.node, reader), _selected(asked.node)
    tally = _tally(search, selected)
    begin = f" {prepare(prefix)}".rstrip()
    fitting = {label: number for label, number in tally.by_facet[facet].items() if begin in f" {prepare(label)}"}
    if not isinstance(tally, Counts) and facet != "year":  # it knows the commonest alone
        known = set(map(KEYS[facet], fitting))
        others = (found for found in complete([facet], prefix, MOST_LISTED) if KEYS[facet](found.label) not in known)
        fitting |= {found.label: found.count if isinstance(tally, OfAll) else 0 for found in others}
    values = _values(facet, fitting, MOST_LISTED, tally, selected)
    return [value for value in values if value.count or value.selected or fitting[value.label]]


def _tally(search: Search, selected: Selected) -> Tally:
    """The numbers of results by label: all of them at once if they are few."""
    began = perf_counter()
    sample = count(search)
    if sample.is_complete:
        return sample
    return OfAll() if search.selection.is_everything else OfMany(search, sample, selected["tag"], began)


def _facets(counts: Tally, selected: Selected) -> Facets:
    below: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for path, number in counts.by_facet["tag"].items():
        below[labels.key(path).rpartition("/")[0]][path] = number

    def tags(parent: str, depth: int) -> tuple[TagValue, ...]:
        return tuple(
            TagValue(
                label=value.value.rpartition("/")[2],
                value=value.value,
                count=value.count,
                selected=value.selected,
                is_least=value.is_least,
                depth=depth,
                children=tags(labels.key(value.value), depth + 1),
            )
            for value in _values("tag", below.get(parent, {}), SHOWN, counts, selected)
        )

    def shown(facet: str) -> tuple[Value, ...]:
        return tuple(_values(facet, counts.by_facet[facet], SHOWN, counts, selected))

    return Facets(
        tags=tags("", 0),
        publications=shown("site"),
        authors=shown("author"),
        years=shown("year"),
        chart=tuple(periods(counts.by_month)),
    )


def _values(facet: str, numbers: Mapping[str, int], most: int, counts: Tally, selected: Selected) -> list[Value]:
    """The commonest of these labels, or the latest years. Selected ones are always among them, and so are the tags that
    stand above a selected one.
    """
    if facet == "year":
        best = sorted(numbers, reverse=True)[:most]
    else:
        best = nsmallest(most, numbers, key=lambda label: (-numbers[label], label))
    key, chosen = KEYS[facet], selected[facet]
    if chosen:
        best += [label for label in numbers if key(label) in chosen]
        best += [label for label in numbers if any(path.startswith(f"{key(label)}/") for path in chosen)]
    values = []
    for label in dict.fromkeys(best):
        number = counts.finds(facet, label)
        values.append(Value(label, label, number, key(label) in chosen, counts.is_least(facet, number)))
    if facet == "year":
        return values

    def commonest_first(value: Value) -> tuple[int, int, str]:
        number = MOST_COUNTED if value.count is None else value.count
        return -number, -numbers[value.label], value.label

    return sorted(values, key=commonest_first)


def _selected(node: Node | None) -> Selected:
    """The keys of the labels that the search asks for, by facet."""
    selected: dict[str, set[str]] = {facet: set() for facet in FACETS}
    for facet, key in filter(None, map(label_of, query.conditions(node))):
        selected[facet].add(key)
    return selected
