"""Differences between the two databases, for tests."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

IS_POSTGRESQL = connection.vendor == "postgresql"
only_sqlite = pytest.mark.skipif(IS_POSTGRESQL, reason="is about SQLite")
only_postgresql = pytest.mark.skipif(not IS_POSTGRESQL, reason="is about PostgreSQL")


@contextmanager
def reading_only() -> Iterator[None]:
    """A context in which the database refuses writes."""
    if IS_POSTGRESQL:
        with transaction.atomic():
            execute("SET LOCAL transaction_read_only = on")
            yield
            transaction.set_rollback(True)
        return
    execute("PRAGMA query_only = ON")
    try:
        yield
    finally:
        execute("PRAGMA query_only = OFF")


def defer_foreign_keys() -> None:
    """Defer foreign key checks to the end of the transaction, as PostgreSQL does anyway."""
    if not IS_POSTGRESQL:
        execute("PRAGMA defer_foreign_keys = ON")


def count_triggers() -> int:
    """The number of triggers and views for the search."""
    return execute(
        "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'search\\_%'"
        if IS_POSTGRESQL
        else "SELECT count(*) FROM sqlite_master WHERE type IN ('view', 'trigger') AND name LIKE 'search%'"
    )[0][0]


def execute(sql: str) -> list[tuple]:
    """The rows that a statement returns, if any."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []
