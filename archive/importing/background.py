"""Runs that a page begins: the work goes on in a thread of its own, and the page shows how far it is."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connections

from archive.importing.models import ImportRun
from archive.importing.running import Watcher


def begin(work: Callable[[Watcher], object]) -> ImportRun:
    """Do the work in a thread, with a watcher to tell how it goes. Returns the run once its work has begun, or is to
    wait for another; raises what the work raised before that.
    """
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
        self.run = ImportRun.objects.get(pk=run.pk)  # the other thread goes on with its own
        self.has_begun.set()
