"""Sort keys of lists, and cursors: places in lists as they appear in addresses."""

import base64
import binascii
import json
from datetime import date

from archive.query.preparing import prepare

Place = tuple[int, ...]  # the keys of each sort order; the last one identifies the article

_ARTICLE_BITS = 32
FIRST_DATED = 1 << _ARTICLE_BITS
HIGHEST = (1 << 63) - 1
_EPOCH, _CENTURY = date(1970, 1, 1).toordinal(), 36_525  # days
# How much a century adds to an article's score. One day is just within single precision.
_RECENCY = 0.01
LONGEST_CURSOR = 1000  # characters


def position(published: date | None, article_id: int) -> int:
    """An article's place in the order of publication: by day, and within a day by the order of import.

    Articles without a date come before all others.
    """
    return ((published.toordinal() if published else 0) << _ARTICLE_BITS) | article_id


def article_at(position: int) -> int:
    """The id of the article at this position."""
    return position & (FIRST_DATED - 1)


def article_of(place: Place) -> int:
    """The id of the article at a place."""
    return article_at(place[-1])


def span(since: date | None, until: date | None) -> tuple[int, int]:
    """The lowest and highest position of a range of days. None means open, but never includes articles without a
    date."""
    lowest = position(since, 0) if since else FIRST_DATED
    return lowest, position(until, FIRST_DATED - 1) if until else HIGHEST


def recency(published: date | None) -> float:
    """A number x for the score factor log2(2 + x): the factor is 1 for the oldest, and hardly more for the newest."""
    centuries = max(0, published.toordinal() - _EPOCH) / _CENTURY if published else 0
    return float(2 ** (1 + _RECENCY * centuries) - 2)


def title_numbers(title: str, count: int, size: int) -> list[int]:
    """The beginning of a title as `count` numbers of `size` bytes, which sort as it does."""
    length = size * count
    key = prepare(title).encode("utf-8", "replace")[:length].ljust(length, b"\0")
    return [int.from_bytes(key[at : at + size]) for at in range(0, length, size)]


def cursor_of(order: str, place: Place) -> str:
    """A place in this sort order, encoded for an address."""
    return base64.urlsafe_b64encode(json.dumps([order, *place]).encode()).decode().rstrip("=")


def place_at(order: str, length: int, cursor: str | None) -> Place | None:
    """The decoded place, of `length` numbers; None if the cursor is not one of this order, because it was made up or
    the order has changed."""
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
    """Whether an index can store the number."""
    return type(number) is int and -1 < number <= HIGHEST
