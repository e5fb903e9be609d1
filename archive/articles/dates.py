"""Dates in words, no more precise than they are known."""

from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def written(day: date, precision: str = "day", short: bool = False) -> str:
    """A date as `5 February 2026`, `February 2026` or `2026`; `short` abbreviates the month."""
    month = MONTHS[day.month - 1][: 3 if short else None]
    if precision == "year":
        return str(day.year)
    return f"{month} {day.year}" if precision == "month" else f"{day.day} {month} {day.year}"


def machine(day: date, precision: str = "day") -> str:
    """A date in ISO 8601: `2026-02-05`, `2026-02` or `2026`."""
    return day.isoformat()[: {"year": 4, "month": 7}.get(precision)]


def period(since: date | None, until: date | None) -> str:
    """A range of days in words: `2024`, `March 2024`, `since 5 March 2024`."""
    if since is None or until is None:
        return f"until {written(until)}" if until else f"since {written(since)}" if since else "any time"
    if since == until:
        return written(since)
    starts_month, ends_month = since.day == 1, _is_last_day(until)
    if starts_month and ends_month and (since.month, until.month) == (1, 12):
        return str(since.year) if since.year == until.year else f"{since.year} to {until.year}"
    if starts_month and ends_month:
        months = written(since, "month"), written(until, "month")
        return months[0] if months[0] == months[1] else f"{months[0]} to {months[1]}"
    return f"{written(since)} to {written(until)}"


def _is_last_day(day: date) -> bool:
    return (date.fromordinal(day.toordinal() + 1).day == 1) if day != date.max else True
