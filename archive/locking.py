"""Locks between the processes of one host, and their threads. They end with the process that holds them, however it
ends."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.data_folder import make_file, make_folder

_LOOKED_AGAIN_AFTER = 0.005  # seconds


class Busy(OSError):
    """Somebody else has held the lock for as long as one could wait."""


@contextmanager
def locked(path: Path, timeout: float | None = None) -> Iterator[None]:
    """Hold the lock of this file, which is made if need be. Raises Busy after `timeout` seconds."""
    make_folder(path.parent, above=path.parent.parent)
    make_file(path)
    with path.open("a") as file:
        lock(file.fileno(), timeout)
        yield


@contextmanager
def locked_in_place(path: Path, busy: str = "") -> Iterator[None]:
    """Hold the lock of a file or folder that is there. Raises Busy with these words where somebody else does."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        lock(descriptor, 0, busy)
        yield
    finally:
        os.close(descriptor)


def lock(descriptor: int, timeout: float | None = None, busy: str = "") -> None:
    """Lock an open file or folder for its opener alone, until it is closed. Raises Busy after `timeout` seconds."""
    if timeout is None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        return
    end = time.monotonic() + timeout
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= end:
                raise Busy(busy) from None
            time.sleep(_LOOKED_AGAIN_AFTER)


def is_locked(path: Path) -> bool:
    """Whether somebody holds the lock of this file. Those who ask do not keep each other from it."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
