"""One import at a time."""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

_in_this_process = threading.Lock()


class ImportInProgress(Exception):
    """Another import is running on this archive."""

    def __init__(self) -> None:
        super().__init__("Another import is running on this archive. Try again when it has ended.")


@contextmanager
def only_import() -> Iterator[None]:
    """Hold the archive's import lock. Raises ImportInProgress where somebody else holds it.

    The operating system lets go of it when the process ends, however it ends; child processes do not inherit it.
    """
    if not _in_this_process.acquire(blocking=False):
        raise ImportInProgress
    try:
        with (settings.DATA_DIR / "import.lock").open("w") as file:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise ImportInProgress from error
            yield
    finally:
        _in_this_process.release()
