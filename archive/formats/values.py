"""Parses single values as other programs write them: times, booleans, tags, names. What cannot be parsed is dropped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any

from dateutil import parser as dateutil_parser

from archive.formats.frontmatter import PartialDate
from archive.formats.frontmatter.dates import EARLIEST_YEAR, LATEST_YEAR, DateProblem, read_date
from archive.formats.frontmatter.urls import read_url

_NUMBER = re.compile(r"-?\d{1,17}(?:\.\d+)?")
_DATE_ALONE = re.compile(r"\d{4}-\d\d-\d\d")
_ISO_LIKE = re.compile(r"\d{4}-\d\d?-\d\d?[T ]")
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_YES = frozenset(["1", "true", "yes", "y", "on", "t"])
_NO = frozenset(["0", "false", "no", "n", "off", "f"])
# Above these, an epoch is in milliseconds, microseconds or nanoseconds: in seconds it would be after the year 5000.
_UNITS = ((1e17, 1e9), (1e14, 1e6), (1e11, 1e3))


def text(value: Any) -> str:
    """A value as text without control characters; empty for None and for what is not a single value."""
    if isinstance(value, bool) or value is None or isinstance(value, list | dict):
        return ""
    return _UNSTORABLE.sub("", str(value)).strip()


def line(value: Any) -> str:
    """A value as one line of text, such as a title, with HTML entities decoded."""
    return " ".join(html.unescape(text(value)).split())


def address(value: Any) -> str:
    """A web address as written; empty if it is not one."""
    written = text(value)
    return read_url(written) or ""


def moment(value: Any) -> datetime | date | None:
    """A time in seconds, milliseconds or microseconds since 1970, or in ISO 8601, with or without zone.

    A date alone is a date. Zero, and times outside the years 1000 to 2200, are ignored.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _of_epoch(float(value))
    written = text(value)
    if _NUMBER.fullmatch(written):
        return _of_epoch(float(written))
    if _DATE_ALONE.fullmatch(written):
        with suppress(ValueError):
            return date.fromisoformat(written)
        return None
    with suppress(ValueError):
        return _likely(datetime.fromisoformat(written))
    if _ISO_LIKE.match(written):
        with suppress(ValueError, OverflowError):
            return _likely(dateutil_parser.isoparse(written.replace(" ", "T", 1)))
        with suppress(ValueError, ArithmeticError):  # a minute with thirty digits
            return _likely(dateutil_parser.parse(written))
    with suppress(DateProblem):
        return read_date(written).date if written else None
    return None


def time_of(value: Any) -> datetime | None:
    """The same as a datetime; a date alone becomes midnight without a zone."""
    found = moment(value)
    if found is None or isinstance(found, datetime):
        return found
    return datetime(found.year, found.month, found.day)  # noqa: DTZ001 - the file names no zone


def day(value: Any) -> PartialDate | None:
    """A date of publication, as precise as it is stated."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        found = _of_epoch(float(value))
        return PartialDate(found.date(), "day", str(value)) if found else None
    written = text(value)
    if not written or written.startswith(("0000", "0001")):
        return None
    with suppress(DateProblem):
        return read_date(written)
    return None


def truth(value: Any) -> bool | None:
    """A boolean, such as 1, "true" or "yes"; None for anything else."""
    if isinstance(value, bool):
        return value
    written = (str(int(value)) if isinstance(value, float) and value.is_integer() else text(value)).casefold()
    return True if written in _YES else False if written in _NO else None


def number(value: Any) -> float | None:
    """A number, possibly given as text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    written = text(value)
    return float(written) if _NUMBER.fullmatch(written) else None


def share(value: Any, *, of: float = 1.0) -> float | None:
    """The share that was read, from 0 to 1; `of` is the program's value for the whole."""
    found = number(value)
    return None if found is None else min(1.0, max(0.0, found / of))


def names(value: Any, *keys: str) -> list[str]:
    """The names in a list: strings, or objects with one under a key (`name` by default). A single string is one
    name."""
    items = value if isinstance(value, list) else [value]
    found = (
        next(filter(None, (line(item.get(key)) for key in keys or ("name",))), "")
        if isinstance(item, dict)
        else line(item)
        for item in items
    )
    return distinct(found)


def split(value: Any, separators: str = ",") -> list[str]:
    """The parts of a text, such as tags separated by commas."""
    return distinct(" ".join(part.split()) for part in re.split(f"[{re.escape(separators)}]", text(value)))


def distinct(items: Iterable[str]) -> list[str]:
    """These texts in order, without duplicates and empty ones."""
    return list(dict.fromkeys(item for item in items if item))


def json_safe(value: Any) -> Any:
    """The value as JSON that every database can store: without control characters and non-finite numbers."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_UNSTORABLE.sub("\ufffd", str(key)): json_safe(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [json_safe(item) for item in value]
    if isinstance(value, float) and not isfinite(value):
        return None
    return value if isinstance(value, int | float | bool) or value is None else str(value)


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects in a list; none if it is not a list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _of_epoch(seconds: float) -> datetime | None:
    for limit, unit in _UNITS:
        if abs(seconds) >= limit:
            seconds /= unit
            break
    if seconds == 0:
        return None
    try:
        return _likely(datetime.fromtimestamp(seconds, UTC))
    except (ValueError, OverflowError, OSError):
        return None


def _likely(found: datetime) -> datetime | None:
    return found if EARLIEST_YEAR <= found.year <= LATEST_YEAR else None
