"""One import at a time: a second one waits for the first."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from archive.data_folder import make_file
from archive.locking import Busy, is_locked, lock

WAITING = "Another import is running on this archive. This one waits until it finishes."

_LOCK = 0x496D706F  # PostgreSQL's, in every process and on every machine


@contextmanager
def only_import(on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the archive's import lock. If someone else holds it, call `on_wait` once, and wait.

    The database or the operating system releases it when the process ends, however it ends.
    """
    with _advisory_lock(on_wait) if connection.vendor == "postgresql" else _file_lock(on_wait):
        yield


def import_is_running() -> bool:
    """Whether anybody holds the archive's import lock."""
    return _advisory_lock_is_held() if connection.vendor == "postgresql" else is_locked(_lock_file())


def _advisory_lock_is_held() -> bool:
    here = "database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND granted AND {here}", [_LOCK]
        )
        return cursor.fetchone() is not None


def _lock_file() -> Path:
    return Path(settings.DATA_DIR, "import.lock")


@contextmanager
def _file_lock(on_wait: Callable[[], None]) -> Iterator[None]:
    make_file(_lock_file())
    with _lock_file().open("a") as file:  # child processes do not inherit it
        try:
            lock(file.fileno(), 0)
        except Busy:
            on_wait()
            lock(file.fileno())
        yield


@contextmanager
def _advisory_lock(on_wait: Callable[[], None]) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            on_wait()
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        yield
    finally:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
        except DatabaseError:  # for example in a failed transaction: the lock ends with the session
            connection.close()
