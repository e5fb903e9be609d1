"""Writers take turns, each with a portion of its work."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from django.db import DEFAULT_DB_ALIAS, connections

LOCK = 0x436F6D6D  # of everybody who writes to the archive

Each = TypeVar("Each")


def take_turn(using: str = DEFAULT_DB_ALIAS) -> None:
    """Wait until nobody else writes to the archive, and have others wait until this transaction ends.

    To be called before anything is read that is to be changed. On SQLite, transactions begin so by themselves. On
    PostgreSQL the triggers of the search do it at the first change; but who by then has locked rows, or relies on what
    was read, comes too late.
    """
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def in_portions(ids: Iterable[Each], size: int) -> Iterator[list[Each]]:
    """These ids, or other things, so many at a time. All are read first: what was asked for may no longer be so once
    one is changed."""
    found = list(ids)
    for start in range(0, len(found), size):
        yield found[start : start + size]
