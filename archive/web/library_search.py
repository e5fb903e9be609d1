"""A library search as the page's address has it: search text, clicked filters and sort order."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from urllib.parse import quote_plus, urlencode

from django.http import QueryDict

from archive.articles import dates
from archive.articles.publications import names_of
from archive.query import (
    SORTS,
    Collection,
    DateRange,
    Is,
    Lang,
    Node,
    Problem,
    Query,
    Site,
    Tag,
    Term,
    TextField,
    conditions,
    conjoin,
    without,
)
from archive.query.labels import filter_by, label_of
from archive.search.asking import parsed
from archive.web.parameters import as_typed, plain
from archive.web.periods import Period

FILTERS = ("tag", "author", "site", "lang", "year", "on", "is", "collection")
ENDS = ("from", "to")  # days from the Dates form; in addresses they become `on`
MARKS = {
    "unread": "Unread",
    "reading": "In progress",
    "read": "Read",
    "starred": "Starred",
    "highlighted": "Highlighted",
    "noted": "With notes",
}
MOST_FILTERS = 40
MOST_CHIPS = 40
LONGEST_VALUE = 300  # code points


@dataclass(frozen=True)
class Chip:
    """An active condition in words, and the address of the page without it."""

    label: str
    href: str


@dataclass(frozen=True)
class LibrarySearch:
    """`filters` are clicked parameters as (name, value); `problems` are messages about what was not understood."""

    text: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    query: Query = field(default_factory=Query, compare=False)
    names: Mapping[str, str] = field(default_factory=dict, compare=False)  # of publications that were filtered by host

    @classmethod
    def read(cls, parameters: QueryDict) -> LibrarySearch:
        """Parse the page's address. Never fails: invalid values are ignored, or reported in `problems`."""
        given = [(name, plain(value, LONGEST_VALUE)) for name in FILTERS for value in parameters.getlist(name)]
        given.append(("on", _between(*(plain(parameters.get(name, ""), LONGEST_VALUE) for name in ENDS))))
        sort = parameters.get("sort", "")
        return cls.of(
            parameters.get("q", "").replace("\0", "").strip(),
            tuple(dict.fromkeys(each for each in given if each[1]))[:MOST_FILTERS],
            sort if sort.removeprefix("-") in SORTS else "",
        )

    @classmethod
    def of(cls, text: str = "", filters: tuple[tuple[str, str], ...] = (), sort: str = "") -> LibrarySearch:
        """Filters that are already typed or clicked are dropped, since they are active anyway."""
        typed = parsed(text)
        clicked = [_node(name, value) for name, value in filters]
        sites = {node.name for node in [*conditions(typed.node), *clicked] if isinstance(node, Site)}
        names = names_of({site for site in sites if "." in site})  # otherwise it is not a host
        nodes = [_named(node, names) for node in conditions(typed.node)]
        problems = list(typed.problems)
        held = set(map(_identity, nodes))
        kept = []
        for (name, value), made in zip(filters, clicked, strict=True):
            node = made and _named(made, names)
            if node is None:
                problems.append(Problem(f"“{value}” is not a valid filter ({name}). It was ignored.", 0, 0))
            elif _identity(node) in held:
                continue
            else:
                held.add(_identity(node))
                nodes.append(node)
            kept.append((name, value))
        return cls(text, tuple(kept), sort, Query(conjoin(*nodes), sort or typed.sort, tuple(problems)), names)

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.filters

    @cached_property
    def encoded(self) -> str:
        """The search as address parameters, without a question mark; empty for an empty search."""
        return urlencode(self.everything)

    @property
    def href(self) -> str:
        """The address relative to the library."""
        return f"?{self.encoded}"

    @cached_property
    def filtering(self) -> str:
        """The address to which one more filter parameter can be appended."""
        return f"{self.href}&" if self.encoded else "?"

    @cached_property
    def time(self) -> tuple[date | None, date | None]:
        """The first and last day allowed by all date conditions; None means open."""
        ranges = [node for node in self.conditions if isinstance(node, DateRange)]
        since = max((each.since for each in ranges if each.since), default=None)
        return since, min((each.until for each in ranges if each.until), default=None)

    @property
    def ends(self) -> tuple[str, str]:
        """`time` as the Dates form shows it."""
        since, until = self.time
        if since and until:
            first, _, last = _written(since, until).partition("..")
            return first, last or first
        return since.isoformat() if since else "", until.isoformat() if until else ""

    @cached_property
    def timeless(self) -> LibrarySearch:
        """The same search without date conditions."""
        return self._without(lambda node: isinstance(node, DateRange))

    def days(self, period: Period) -> str:
        """The part of a period that the search allows, as a value of the `on` filter."""
        since, until = self.time
        return _written(max(period.since, since or period.since), min(period.until, until or period.until))

    def within(self, days: str) -> str:
        """The address with these days as the only date condition."""
        name = "year" if len(days) == 4 else "on"
        return self.timeless.adding(name, days)

    @cached_property
    def conditions(self) -> tuple[Node, ...]:
        """All conditions, typed or clicked, in the order given."""
        return conditions(self.query.node)

    @cached_property
    def _held(self) -> set[Hashable]:
        """What a click may take off: words are no filters."""
        return {_identity(node) for node in self.conditions if not isinstance(node, Term)}

    def has(self, name: str, value: str) -> bool:
        """Whether this filter is on, be it clicked or typed."""
        node = _node(name, value) if self._held else None
        return node is not None and _identity(node) in self._held

    def toggled(self, name: str, value: str) -> str:
        """The address with this filter put on, or taken off where it is on."""
        node = _node(name, value) if self._held else None
        if node is not None and _identity(node) in self._held:
            return self.without(node).href
        return self.adding(name, value)

    def adding(self, name: str, value: str) -> str:
        """The address with one more filter."""
        before, behind = self._around_one_more
        return f"{before}{name}={quote_plus(value)}{behind}"

    @cached_property
    def _around_one_more(self) -> tuple[str, str]:
        """What of the address stands before one more filter, and what behind it."""
        before = urlencode(self.unsorted)
        return f"?{before}&" if before else "?", f"&{urlencode({'sort': self.sort})}" if self.sort else ""

    def without(self, condition: Node) -> LibrarySearch:
        """The same search without this condition, clicked or typed."""
        unwanted = _identity(_named(condition, self.names))
        return self._without(lambda node: _identity(node) == unwanted)

    def _without(self, is_unwanted: Callable[[Node], bool]) -> LibrarySearch:
        left = without(self._typed, lambda node: is_unwanted(_named(node, self.names)))
        text = self.text if left.node == self._typed.node else str(left)
        kept = tuple(each for each, node in self._clicked if node is None or not is_unwanted(node))
        return LibrarySearch(text, kept, self.sort, without(self.query, is_unwanted), self.names)

    @cached_property
    def _typed(self) -> Query:
        return parsed(self.text)

    @cached_property
    def _clicked(self) -> list[tuple[tuple[str, str], Node | None]]:
        made = ((each, _node(*each)) for each in self.filters)
        return [(each, node and _named(node, self.names)) for each, node in made]

    @property
    def chips(self) -> list[Chip]:
        """The conditions, typed or clicked, in the order given, without duplicates."""
        return [chip for chip, _ in self.lessened]

    @cached_property
    def lessened(self) -> list[tuple[Chip, LibrarySearch]]:
        """The chips, each with the search without it. If there are more than MOST_CHIPS, only the last, which include
        all clicked ones."""
        once = {_identity(node): node for node in self.conditions}.values()
        lessened = ((node, self.without(node)) for node in list(once)[-MOST_CHIPS:])
        return [(Chip(describe(node), less.href), less) for node, less in lessened]

    @property
    def last_added_first(self) -> str:
        """The address of the same search, most recently added articles first."""
        return replace(self, sort="added").href

    @property
    def without_filters(self) -> str:
        """The address with only the sort order."""
        return replace(self, text="", filters=()).href

    def for_text(self, text: str) -> str:
        """The address of the same filters with different search text."""
        return replace(self, text=text).href

    @property
    def unsorted(self) -> list[tuple[str, str]]:
        """The hidden fields of the sort form."""
        return [*as_typed(self.text), *self.filters]

    @property
    def everything(self) -> list[tuple[str, str]]:
        return [*as_typed(self.text), *self.hidden]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The hidden fields of the search form, so that a new search keeps the filters."""
        return [*self.filters, *([("sort", self.sort)] if self.sort else [])]


def _between(since: str, until: str) -> str:
    """The days between two typed dates, either of which may be missing, as a value of the `on` filter."""
    if not since and not until:
        return ""
    match _node("on", f"{since}..{until}"):
        case DateRange(date() as first, date() as last, relative=""):
            return _written(first, last)
        case _:
            return f"{since}..{until}"


def _written(since: date, until: date) -> str:
    return str(DateRange(since, until)).removeprefix("on:")


def _named(condition: Node, names: Mapping[str, str]) -> Node:
    """The same condition, with the publication's name in place of its host."""
    if isinstance(condition, Site) and condition.name in names:
        return Site(names[condition.name].lower())
    return condition


def _identity(condition: Node) -> Hashable:
    """A key that conditions share if they are the same filter, clicked or typed."""
    if isinstance(condition, Collection):
        return "collection", condition.name.casefold()
    return label_of(condition) or condition


def _node(name: str, value: str) -> Node | None:
    """The condition that an address parameter adds to the search; None if it is invalid."""
    if name in ("lang", "on"):
        node = parsed(f"{name}:{value}").node
        return node if isinstance(node, Lang | DateRange) else None
    if name == "is":
        return Is(value) if value in MARKS else None
    if name == "collection":
        return Collection(" ".join(value.split())) if value.strip() else None
    return filter_by(name, value)


def describe(node: Node) -> str:
    """A condition in words."""
    match node:
        case Tag():
            return f"tag: {node.path}"
        case Site():
            return f"publication: {node.name}"
        case TextField(name="author"):
            return f"author: {node.term.text}"
        case Is():
            return MARKS[node.what].lower()
        case Collection():
            return f"collection: {node.name}"
        case DateRange():
            return dates.period(node.since, node.until)
        case _:
            return str(node)
