"""What the results of a search have in common: tags, publications, authors, years, and the time they are from.

A count is what adding the label to the search finds. What was counted is remembered until the index changes.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from heapq import nsmallest

from django.core.cache import cache

from archive import query
from archive.query import Node, Query
from archive.query.label_terms import FACETS
from archive.query.labels import facet_key, filter_by, label_of, tags_above
from archive.query.preparing import prepare
from archive.search.counts import MONTHS, beginning_so, below, by_month, by_year, is_alone, numbers, terms, written
from archive.search.searching import Search

SHOWN = 6  # labels of a facet, and of those below a tag
MOST_LISTED = 60  # labels in the list one can type into
MOST_OPEN = 60  # tags of which those below are shown
QUICK = 20_000  # results; of more, facets take longer than the page they are on

MARKS = ("unread", "reading", "starred", "highlighted", "noted")


@dataclass(frozen=True)
class Value:
    """A label and how many of the results have it. `filter_by` makes of `value` what to add to the search.

    The label of a tag is the last part of its path, its value the path. `children` are the commonest below it, if it is
    selected or stands above one that is; `depth` is how far below another it stands.
    """

    label: str
    value: str
    count: int
    selected: bool
    depth: int = 0
    children: tuple["Value", ...] = ()


@dataclass(frozen=True)
class Facets:
    """The commonest labels of each kind, and those selected; years the latest first; and how many are from each month,
    as `2026-02`.
    """

    tags: tuple[Value, ...]
    publications: tuple[Value, ...]
    authors: tuple[Value, ...]
    years: tuple[Value, ...]
    months: Mapping[str, int]


def are_quick(search: Search) -> bool:
    """Whether `facets` costs a page little: of few results, and where it remembers them. Else they should follow by
    themselves.
    """
    return search.total <= QUICK or cache.has_key(search.name_of("facets"))


def facets(asked: Query, ready: Search | None = None, reader: int | None = None) -> Facets:
    """The facets of a search by a reader (their id), and its results over time. With `ready` (`Page.search`), what it
    found is not looked for again.
    """
    search = ready or Search(asked.node, reader)
    name = search.name_of("facets")
    found: Facets | None = cache.get(name)
    if found is None:
        found = _count(search)
        cache.set(name, found)
    return found


def mine(search: Search) -> dict[str, int]:
    """How many of the results have each of MARKS to the reader who searches; nothing of those that none has."""
    if search.reader.id is None:
        return {}
    marked = {mark: search.count(query.Is(mark)) for mark in MARKS}
    return {mark: number for mark, number in marked.items() if number}


def more(facet: str, asked: Query, prefix: str = "", reader: int | None = None) -> list[Value]:
    """The commonest labels of a facet (tag, site, author or year) in which a word begins so, for the list one can type
    into.
    """
    search = Search(asked.node, reader)
    if facet == "year":
        years = by_year(by_month(search.aggregate({"month": MONTHS})["month"]))
        fitting = {year: number for year, number in years.items() if year.startswith(prepare(prefix))}
        return _years(fitting, _selected(search.node)["year"], MOST_LISTED)
    found, selected = beginning_so(search, facet, prefix, MOST_LISTED), _selected(search.node)[facet]
    return _values(search, facet, found, selected, found.keys())


def _count(search: Search) -> Facets:
    selected = _selected(search.node)
    opened = sorted({path for tag in selected["tag"] for path in (*tags_above(tag), tag)})[:MOST_OPEN]
    # Those selected are shown however rare they are, and so are the tags above them.
    shown = {"tag": opened, "site": sorted(selected["site"]), "author": sorted(selected["author"])}
    asked = {f"below {tag}": terms("tag", MOST_LISTED, below(tag)) for tag in opened}
    asked |= {"below ": terms("top", MOST_LISTED)} | {facet: terms(facet, MOST_LISTED) for facet in ("site", "author")}
    asked |= {f"shown {facet}": terms(facet, len(keys), keys) for facet, keys in shown.items() if keys}
    found = search.aggregate({**asked, "month": MONTHS})
    by_key = {name: numbers(found[name]) for name in asked}

    def values(facet: str) -> tuple[Value, ...]:
        extra = by_key.get(f"shown {facet}", {})
        return tuple(_values(search, facet, by_key[facet] | extra, selected[facet], extra))

    def tags(parent: str, depth: int) -> tuple[Value, ...]:
        extra = {key: n for key, n in by_key.get("shown tag", {}).items() if key.rpartition("/")[0] == parent}
        level = _values(search, "tag", by_key[f"below {parent}"] | extra, selected["tag"], extra)
        return tuple(
            replace(
                value,
                label=value.value.rpartition("/")[2],
                depth=depth,
                children=tags(key, depth + 1) if (key := facet_key("tag", value.value)) in extra else (),
            )
            for value in level
        )

    months = by_month(found["month"])
    years = tuple(_years(by_year(months), selected["year"], SHOWN))
    return Facets(tags("", 0), values("site"), values("author"), years, months)


def _values(
    search: Search, facet: str, numbers: Mapping[str, int], selected: set[str], shown: Collection[str]
) -> list[Value]:
    """The commonest of the labels with these keys and numbers, and all that are to be `shown`."""
    best = [*nsmallest(SHOWN, numbers, key=lambda key: (-numbers[key], key)), *shown]
    values = []
    for key in dict.fromkeys(best):
        label = written(search, facet, key)
        # An author's name may find longer names that contain it, too.
        is_counted = facet != "author" or is_alone(search, label)
        number = numbers[key] if is_counted else search.count(filter_by(facet, label))
        values.append(Value(label, label, number, key in selected))
    return sorted(values, key=lambda value: (-value.count, -numbers.get(facet_key(facet, value.label), 0), value.label))


def _years(numbers: Mapping[str, int], selected: set[str], most: int) -> list[Value]:
    """The latest of these years, and those selected."""
    best = dict.fromkeys([*sorted(numbers, reverse=True)[:most], *(year for year in numbers if year in selected)])
    return [Value(year, year, numbers[year], year in selected) for year in best]


def _selected(node: Node | None) -> dict[str, set[str]]:
    """The keys of the labels that the search asks for, by facet."""
    selected: dict[str, set[str]] = {facet: set() for facet in (*FACETS, "year")}
    for facet, key in filter(None, map(label_of, query.conditions(node))):
        selected[facet].add(key)
    return selected
