"""Locks between the processes of one host. They end with the process that holds them, however it ends."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.data_folder import make_file, make_folder

_LOOKED_AGAIN_AFTER = 0.005  # seconds


class Busy(Exception):
    """Somebody else has held the lock for as long as one could wait."""


@contextmanager
def locked(path: Path, timeout: float | None = None) -> Iterator[None]:
    """Hold the lock of this file, alone among all threads of all processes. Raises Busy after `timeout` seconds."""
    make_folder(path.parent, above=path.parent.parent)
    make_file(path)
    with path.open("a") as file:
        if timeout is None:
            fcntl.flock(file, fcntl.LOCK_EX)
        else:
            _try_for(file.fileno(), timeout)
        yield


def _try_for(file: int, timeout: float) -> None:
    end = time.monotonic() + timeout
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > end:
                raise Busy from None
            time.sleep(_LOOKED_AGAIN_AFTER)
