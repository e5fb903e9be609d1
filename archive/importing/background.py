"""Runs started by a page: the work continues in its own thread, and the page shows the progress."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connections

from archive.importing.models import ImportRun
from archive.importing.running import Watcher


def begin(work: Callable[[Watcher], object]) -> ImportRun:
    """Do the work in a thread, with a watcher for its progress. Returns the run once its work has begun, or is waiting
    for another import; raises whatever the work raised before that."""
    background = _Background()

    def run() -> None:
        try:
            work(background)
        except BaseException as error:
            background.error = error
            if background.run is not None:
                raise
        finally:
            connections.close_all()
            background.has_begun.set()

    threading.Thread(target=run, name="import").start()
    background.has_begun.wait()
    if background.run is None:
        assert background.error is not None
        raise background.error
    return background.run


class _Background(Watcher):
    def __init__(self) -> None:
        self.run: ImportRun | None = None
        self.error: BaseException | None = None
        self.has_begun = threading.Event()

    def waiting(self, run: ImportRun | None) -> None:
        if run is not None:
            self.started(run)

    def started(self, run: ImportRun) -> None:
        self.run = ImportRun.objects.get(pk=run.pk)  # the thread continues by itself
        self.has_begun.set()
