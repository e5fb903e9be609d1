"""A lock for writers, who take turns batch by batch."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from django.db import DEFAULT_DB_ALIAS, connections

LOCK = 0x436F6D6D  # shared by everyone who writes to the archive

Each = TypeVar("Each")


def take_turn(using: str = DEFAULT_DB_ALIAS) -> None:
    """Wait until nobody else is writing to the archive, and make others wait until this transaction ends.

    Call it before reading anything that is to be changed. On SQLite, transactions begin with this lock anyway. On
    PostgreSQL the search triggers take it at the first change, which is too late for code that has already locked rows
    or relies on what it read.
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
