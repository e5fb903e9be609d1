"""The numbers that lists are ordered by, and places in lists as they stand in an address."""

import base64
import binascii
import json
from datetime import date

from archive.query.preparing import prepare

Place = tuple[int, ...]  # what an order goes by; the last number tells which article it is

_ARTICLE_BITS = 32
FIRST_DATED = 1 << _ARTICLE_BITS
HIGHEST = (1 << 63) - 1
_EPOCH, _CENTURY = date(1970, 1, 1).toordinal(), 36_525  # days
# What a century adds to the worth of an article. A day is just more than single precision can tell.
_RECENCY = 0.01
LONGEST_CURSOR = 1000  # characters


def position(published: date | None, article_id: int) -> int:
    """Where an article stands in the order of publication: by day, those of one day by age in the archive.

    Articles without a date come before all that have one.
    """
    return ((published.toordinal() if published else 0) << _ARTICLE_BITS) | article_id


def article_at(position: int) -> int:
    """The id of the article that stands there."""
    return position & (FIRST_DATED - 1)


def article_of(place: Place) -> int:
    """The id of the article at a place."""
    return article_at(place[-1])


def span(since: date | None, until: date | None) -> tuple[int, int]:
    """The lowest and the highest position of the days between two; None is open, but to what has no date."""
    lowest = position(since, 0) if since else FIRST_DATED
    return lowest, position(until, FIRST_DATED - 1) if until else HIGHEST


def recency(published: date | None) -> float:
    """A number x that log2(2 + x) makes a factor of: 1 for the oldest, and hardly more for the newest."""
    centuries = max(0, published.toordinal() - _EPOCH) / _CENTURY if published else 0
    return float(2 ** (1 + _RECENCY * centuries) - 2)


def title_numbers(title: str, count: int, size: int) -> list[int]:
    """The beginning of a title as so many numbers of so many bytes, which sort as it does."""
    length = size * count
    key = prepare(title).encode("utf-8", "replace")[:length].ljust(length, b"\0")
    return [int.from_bytes(key[at : at + size]) for at in range(0, length, size)]


def cursor_of(order: str, place: Place) -> str:
    """A place in this order, for an address."""
    return base64.urlsafe_b64encode(json.dumps([order, *place]).encode()).decode().rstrip("=")


def place_at(order: str, length: int, cursor: str | None) -> Place | None:
    """The place, of so many numbers, or None if the cursor is not one of this order: somebody made it up, or the order
    is another now.
    """
    if not cursor or len(cursor) > LONGEST_CURSOR:
        return None
    try:
        found = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return None
    match found:
        case [str(name), *values] if name == order and len(values) == length:
            return tuple(values) if all(map(_fits, values)) else None
    return None


def _fits(number: object) -> bool:
    """Whether it is a number that an index can hold."""
    return type(number) is int and -1 < number <= HIGHEST
