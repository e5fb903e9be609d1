"""Results over time, by month, year or longer period."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

MOST_MONTHS = 36
MOST_PERIODS = 60


@dataclass(frozen=True)
class Period:
    """The results of a period, with its first and last day."""

    label: str
    since: date
    until: date
    count: int


def periods(months: Mapping[str, int]) -> list[Period]:
    """Each month between the first and the last, or each year, decade or century if there would be too many.

    `months` is the number of results per month, with keys like `2026-02`.
    """
    if not months:
        return []
    counts = {int(month[:4]) * 12 + int(month[5:]) - 1: count for month, count in months.items()}
    first, last = min(counts), max(counts)
    if last - first < MOST_MONTHS:
        return [_month(number, counts.get(number, 0)) for number in range(first, last + 1)]
    first, last = first // 12, last // 12
    step = next(years for years in (1, 10, 100, 1000) if last // years - first // years < MOST_PERIODS)
    totals: dict[int, int] = {}
    for number, count in counts.items():
        totals[number // 12 // step] = totals.get(number // 12 // step, 0) + count
    return [_years(number * step, step, totals.get(number, 0)) for number in range(first // step, last // step + 1)]


def _month(number: int, count: int) -> Period:
    year, month = number // 12, number % 12 + 1
    last_day = calendar.monthrange(year, month)[1]
    return Period(f"{calendar.month_abbr[month]} {year}", date(year, month, 1), date(year, month, last_day), count)


def _years(year: int, step: int, count: int) -> Period:
    since, until = date(max(1, year), 1, 1), date(min(9999, year + step - 1), 12, 31)
    label = str(since.year) if step == 1 else f"{since.year}–{until.year}"
    return Period(label, since, until, count)
