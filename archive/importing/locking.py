"""One import at a time: the second waits for the first."""

import contextlib
import fcntl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, connection

from archive.data_folder import make_file

WAITING = "Another import is running on this archive. This one waits until it finishes."

_in_this_process = threading.Lock()
_LOCK = 0x496D706F  # PostgreSQL's, in every process and on every machine


@contextmanager
def only_import(on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the archive's import lock. While somebody else holds it, call `on_wait` once, and wait.

    The database or the operating system lets go of it when the process ends, however it ends.
    """
    told = False

    def tell() -> None:
        nonlocal told
        if not told:
            told = True
            on_wait()

    if not _in_this_process.acquire(blocking=False):
        tell()
        _in_this_process.acquire()
    try:
        with _among_processes(tell):
            yield
    finally:
        _in_this_process.release()


def import_is_running() -> bool:
    """Whether anybody holds the archive's import lock."""
    if not _in_this_process.acquire(blocking=False):
        return True
    try:  # no thread of this process holds the file's lock, which closing the file would let go of
        return _advisory_lock_is_held() if connection.vendor == "postgresql" else _file_lock_is_held()
    finally:
        _in_this_process.release()


def _file_lock_is_held() -> bool:
    with (settings.DATA_DIR / "import.lock").open("a") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def _advisory_lock_is_held() -> bool:
    here = "database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND granted AND {here}", [_LOCK]
        )
        return cursor.fetchone() is not None


def _among_processes(on_wait: Callable[[], None]) -> contextlib.AbstractContextManager[None]:
    return _advisory_lock(on_wait) if connection.vendor == "postgresql" else _file_lock(on_wait)


@contextmanager
def _file_lock(on_wait: Callable[[], None]) -> Iterator[None]:
    lock = settings.DATA_DIR / "import.lock"
    make_file(lock)
    with lock.open("w") as file:  # child processes do not inherit it
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            on_wait()
            fcntl.lockf(file, fcntl.LOCK_EX)
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
        except DatabaseError:  # in a transaction that failed, say: the lock goes with the session
            connection.close()
