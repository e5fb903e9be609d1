"""The bar chart above the library: the number of articles per period, each bar a link.

A range of several bars is selected by static/js/chart.js, or typed into the form under Dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archive.web.library_search import LibrarySearch
from archive.web.periods import periods

HEIGHT = 100  # in the drawing's own units; the page stretches it
LOWEST = 4  # so that one article is visible next to a thousand


@dataclass(frozen=True)
class Bar:
    """`days` is a value of the `on` filter; `top` and `height` are in the drawing's units."""

    label: str
    days: str
    count: int
    href: str
    top: int
    height: int


@dataclass(frozen=True)
class Chart:
    """The bars, earliest first."""

    bars: list[Bar]

    @classmethod
    def of(cls, months: Mapping[str, int], search: LibrarySearch) -> Chart | None:
        """The chart of these monthly counts; None if it had only one bar, which would show nothing."""
        shown = periods(months)
        if len(shown) < 2:
            return None
        highest = max(period.count for period in shown) or 1
        bars = []
        for period in shown:
            height = max(LOWEST, round(HEIGHT * period.count / highest)) if period.count else 0
            days = search.days(period)
            bars.append(Bar(period.label, days, period.count, search.within(days), HEIGHT - height, height))
        return cls(bars)

    @property
    def first(self) -> str:
        return self.bars[0].label

    @property
    def last(self) -> str:
        return self.bars[-1].label
