"""The bar chart over the library: how many articles of each time, every bar a link to them.

The days of several bars are chosen by static/js/chart.js, or typed into the form of dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archive.web.library_search import LibrarySearch
from archive.web.periods import periods

HEIGHT = 100  # of the drawing, in its own units; the page stretches it
LOWEST = 4  # so that a single article can be seen beside a thousand


@dataclass(frozen=True)
class Bar:
    """`days` are as the filter `on` takes them; `top` and `height` are in the units of the drawing."""

    label: str
    days: str
    count: int
    href: str
    top: int
    height: int


@dataclass(frozen=True)
class Chart:
    """The bars, the earliest first."""

    bars: list[Bar]

    @classmethod
    def of(cls, months: Mapping[str, int], search: LibrarySearch) -> Chart | None:
        """The drawing of the numbers from each month; None where it had but one bar, which shows nothing."""
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
