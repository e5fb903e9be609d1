"""Places in a list as they stand in an address."""

import base64
import binascii
import json

from archive.search.orders import Place

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
        case [str(name), str(value), int(position)] if name == order and order.removeprefix("-") == "title":
            return (value, position) if _fits(position) else None
        case [str(name), int(value), int(position)] if name == order and order.removeprefix("-") != "title":
            return (value, position) if _fits(value) and _fits(position) else None
    return None


def _fits(number: int) -> bool:
    """Whether it is a number that a database can hold."""
    return -1 < number < 1 << 63
