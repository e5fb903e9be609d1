"""What a reader asks of the library, as the page's address says it: words typed, filters clicked, an order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict

from archive.articles import dates
from archive.query import SORTS, DateRange, Is, Lang, Node, Problem, Query, Site, Tag, TextField, chips, conjoin, parse
from archive.search.charts import Bar
from archive.search.filters import filter_by

FILTERS = ("tag", "author", "site", "lang", "year", "on", "is")
MARKS = {
    "unread": "Unread",
    "reading": "Begun",
    "read": "Read",
    "starred": "Starred",
    "highlighted": "Highlighted",
    "noted": "With notes",
}
MOST_FILTERS = 40
LONGEST_VALUE = 300  # code points


@dataclass(frozen=True)
class Chip:
    """A condition that holds, in words, and the address of the page without it."""

    label: str
    href: str


@dataclass(frozen=True)
class Search:
    """`filters` are the parameters that were clicked, as (name, value); `problems` what was not understood."""

    text: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    query: Query = field(default_factory=Query, compare=False)

    @classmethod
    def read(cls, parameters: QueryDict) -> Search:
        """The search of a page's address. Never fails: what makes no sense is left out, or told in `problems`."""
        given = [(name, _cleaned(value)) for name in FILTERS for value in parameters.getlist(name)]
        sort = parameters.get("sort", "")
        return cls.of(
            parameters.get("q", "").replace("\0", "").strip(),
            tuple(dict.fromkeys(each for each in given if each[1]))[:MOST_FILTERS],
            sort if sort.removeprefix("-") in SORTS else "",
        )

    @classmethod
    def of(cls, text: str = "", filters: tuple[tuple[str, str], ...] = (), sort: str = "") -> Search:
        typed = parse(text)
        nodes: list[Node | None] = [typed.node]
        problems = list(typed.problems)
        for name, value in filters:
            if (node := _node(name, value)) is not None:
                nodes.append(node)
            else:
                problems.append(Problem(f"“{value}” makes no sense as a filter ({name}). It was left out.", 0, 0))
        return cls(text, filters, sort, Query(conjoin(*nodes), sort or typed.sort, tuple(problems)))

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.filters

    @cached_property
    def encoded(self) -> str:
        """The search as the parameters of an address, without a question mark; empty if nothing was asked."""
        pairs = [("q", self.text)] if self.text else []
        return urlencode([*pairs, *self.filters, *([("sort", self.sort)] if self.sort else [])])

    @property
    def href(self) -> str:
        """An address relative to the library."""
        return f"?{self.encoded}"

    @cached_property
    def filtering(self) -> str:
        """What the parameter of one more filter is put behind."""
        return f"{self.href}&" if self.encoded else "?"

    def within(self, bar: Bar) -> str:
        """The address with what a bar of the chart stands for as its only time."""
        whole_year = (bar.since.month, bar.until.month) == (1, 12) and bar.since.year == bar.until.year
        if whole_year:
            period = ("year", f"{bar.since:%Y}")
        elif bar.since.year == bar.until.year:
            period = ("on", f"{bar.since:%Y-%m}")
        else:
            period = ("on", f"{bar.since:%Y}..{bar.until:%Y}")
        others = tuple(each for each in self.filters if each[0] not in ("year", "on"))
        return replace(self, filters=(*others, period)).href

    def has(self, name: str, value: str) -> bool:
        return (name, value) in self.filters

    def toggled(self, name: str, value: str) -> str:
        """The address with this filter put on, or taken off where it is on."""
        if self.has(name, value):
            filters = tuple(each for each in self.filters if each != (name, value))
        else:
            filters = (*self.filters, (name, value))
        return replace(self, filters=filters).href

    @property
    def chips(self) -> Iterator[Chip]:
        """Every condition, typed or clicked, in the order given."""
        for chip in chips(parse(self.text)):
            yield Chip(describe(chip.node), replace(self, text=chip.without).href)
        for name, value in self.filters:
            if (node := _node(name, value)) is not None:
                yield Chip(describe(node), self.toggled(name, value))

    @property
    def last_added_first(self) -> str:
        """The address with the articles that came last in front."""
        return replace(self, sort="added").href

    @property
    def without_filters(self) -> str:
        """The address with the order alone."""
        return replace(self, text="", filters=()).href

    def for_text(self, text: str) -> str:
        """The address of the same filters with other words."""
        return replace(self, text=text).href

    @property
    def unsorted(self) -> list[tuple[str, str]]:
        """What the form that chooses an order sends along."""
        return [*([("q", self.text)] if self.text else []), *self.filters]

    @property
    def everything(self) -> list[tuple[str, str]]:
        return [*([("q", self.text)] if self.text else []), *self.hidden]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the search field's form sends along, so that new words keep the filters."""
        return [*self.filters, *([("sort", self.sort)] if self.sort else [])]


def _cleaned(value: str) -> str:
    return value.replace("\0", "").strip()[:LONGEST_VALUE]


def _node(name: str, value: str) -> Node | None:
    """What a parameter of the address adds to the search; None if it makes no sense."""
    if name in ("lang", "on"):
        node = parse(f"{name}:{value}").node
        return node if isinstance(node, Lang | DateRange) else None
    if name == "is":
        return Is(value) if value in MARKS else None
    return filter_by(name, value)


def describe(node: Node) -> str:
    """A condition in the words of the page."""
    match node:
        case Tag():
            return f"tag: {node.path}"
        case Site():
            return f"publication: {node.name}"
        case TextField(name="author"):
            return f"author: {node.term.text}"
        case Is():
            return MARKS[node.what].lower()
        case DateRange():
            return dates.period(node.since, node.until)
        case _:
            return str(node)
