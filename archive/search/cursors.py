"""Places in a list as they stand in an address."""

import base64
import binascii
import json

from archive.search.orders import COLUMNS, Place

_LONGEST = 1000  # characters


def write(order: str, place: Place) -> str:
    """The cursor for a place in this order."""
    return base64.urlsafe_b64encode(json.dumps([order, *place]).encode()).decode().rstrip("=")


def read(order: str, cursor: str | None) -> Place | None:
    """The place, or None if the cursor is not one of this order: somebody made it up, or the order is another now."""
    if not cursor or len(cursor) > _LONGEST:
        return None
    try:
        found = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return None
    match found:
        case [str(name), *values] if name == order and len(values) == len(COLUMNS[order.removeprefix("-")]):
            return tuple(values) if all(map(_fits, values)) else None
    return None


def _fits(number: object) -> bool:
    """Whether it is a number that the index can hold."""
    return type(number) is int and -1 < number < 1 << 63
