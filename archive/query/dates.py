"""Days, months and years as readers write them in a search.

A period is a pair of days, both included.
"""

import calendar
import datetime as dt
import re

from dateutil.relativedelta import relativedelta

Period = tuple[dt.date, dt.date]

_CALENDAR = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_AGO = re.compile(r"(\d{1,4})(d|w|mo|y)")
_UNITS = {
    "d": relativedelta(days=1),
    "w": relativedelta(weeks=1),
    "mo": relativedelta(months=1),
    "y": relativedelta(years=1),
}
_ONE_DAY = dt.timedelta(days=1)


def local_today() -> dt.date:
    """Today in this process's time zone, for callers who do not know the reader's."""
    return dt.datetime.now().astimezone().date()


def is_relative(text: str) -> bool:
    """Whether the text contains a time relative to today."""
    return any(_AGO.fullmatch(part) for part in text.split(".."))


def read_period(text: str, today: dt.date) -> Period:
    """The days of `2026`, `2026-02`, `2026-02-05`, or of `7d`, `2w`, `3mo`, `1y` (the day that long ago).

    Raises ValueError, with a message for the reader, for anything else.
    """
    try:
        if ago := _AGO.fullmatch(text):
            day = today - _UNITS[ago[2]] * int(ago[1])
            return day, day
        if match := _CALENDAR.fullmatch(text):
            year, month, day_of_month = (int(part) if part else None for part in match.groups())
            return _calendar_period(year or 0, month, day_of_month)
    except (ValueError, OverflowError):
        pass  # a 13th month, 30 February or a time before year 1 is not a date
    raise ValueError(f"“{text}” is not a date. Dates look like 2026, 2026-02, 2026-02-05, or 7d, 2w, 3mo, 1y ago.")


def _calendar_period(year: int, month: int | None, day: int | None) -> Period:
    if month is None:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    if day is None:
        first = dt.date(year, month, 1)
        return first, _end_of_month(first)
    return dt.date(year, month, day), dt.date(year, month, day)


def day_before(day: dt.date) -> dt.date:
    """The day before. Raises ValueError, with a message for the reader, at the start of the calendar."""
    if day == dt.date.min:
        raise ValueError("There is no day before the year 1.")
    return day - _ONE_DAY


def write_range(since: dt.date | None, until: dt.date | None) -> str:
    """The shortest search for these days (both included; at least one is given) that does not depend on today."""
    if until is None:
        return f"after:{_write_start(since or dt.date.min)}"
    if since is None:  # the last day of the calendar has no next day
        return f"before:{_write_start(until + _ONE_DAY)}" if until < dt.date.max else "on:..9999"
    if (since.month, since.day, until.month, until.day) == (1, 1, 12, 31):
        first, last = since.isoformat()[:4], until.isoformat()[:4]
    elif since.day == 1 and until == _end_of_month(until):
        first, last = since.isoformat()[:7], until.isoformat()[:7]
    else:
        first, last = since.isoformat(), until.isoformat()
    return f"on:{first}" if first == last else f"on:{first}..{last}"


def _write_start(day: dt.date) -> str:
    if (day.month, day.day) == (1, 1):
        return day.isoformat()[:4]
    return day.isoformat()[:7] if day.day == 1 else day.isoformat()


def _end_of_month(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
