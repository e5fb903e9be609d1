"""Imports what is saved in a folder, soon after it is saved."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import watchfiles
from django.db import DatabaseError, close_old_connections, connections
from watchfiles import Change

from archive.formats.file_kinds import is_article, is_container, is_of_other_program, is_picture
from archive.importing.discovery import is_passed_over
from archive.importing.models import ImportRun
from archive.importing.roots import NothingToImport
from archive.importing.running import Options, Watcher, import_paths

if TYPE_CHECKING:
    from django.contrib.auth.models import User

TOGETHER = 200  # milliseconds in which changes are combined
SETTLES = 0.3  # seconds after which a written file is assumed to be complete
LONGEST_WRITE = 60.0  # seconds to wait for a file that keeps changing
LOOKS_EVERY = 1.0  # seconds between checks whether the folder still exists
AGAIN_AFTER = 5.0  # seconds before retrying, if the database or the folder failed

log = logging.getLogger(__name__)


def watch(folder: Path, stop: Event, *, watcher: Watcher | None = None, started_by: User | None = None) -> None:
    """Import the folder now, and whenever something in it changes, until `stop` is set.

    It continues whatever happens: it waits for a missing folder, and retries a failed import. Several of these may
    watch one folder: the import lock lets one go first, and the others find nothing new.
    """

    def bring_in() -> bool:
        close_old_connections()
        try:
            run = import_paths([folder], options=Options(jobs=1), watcher=watcher, started_by=started_by)
        except (DatabaseError, NothingToImport, OSError) as error:
            log.warning("Nothing was imported from %s: %s. Trying again.", folder, error)
            connections.close_all()
            stop.wait(AGAIN_AFTER)
            return False
        if not (run.created or run.updated or run.moved or run.failed or run.warnings):
            ImportRun.objects.filter(pk=run.pk).delete()  # keeps runs without results out of the history
        return True

    is_missing = False
    while not stop.is_set():
        place = _place(folder)
        if place is None:
            if not is_missing:
                log.warning("There is no folder at %s. Waiting for it.", folder)
            is_missing = True
            stop.wait(LOOKS_EVERY)
            continue
        is_missing = False
        try:
            _follow(folder, place, stop, bring_in)
        except (OSError, RuntimeError) as error:  # gone while it was looked at, or too many folders for the system
            log.warning("%s cannot be watched: %s. Trying again.", folder, error)
            stop.wait(AGAIN_AFTER)


def _follow(folder: Path, place: tuple[int, int], stop: Event, bring_in: Callable[[], bool]) -> None:
    """Import changes until the folder is a different one: unmounted, moved or recreated."""
    is_due = True
    changes = watchfiles.watch(
        folder,
        watch_filter=lambda change, path: _is_of_interest(folder, path),
        debounce=TOGETHER,
        stop_event=stop,
        rust_timeout=int(LOOKS_EVERY * 1000),
        yield_on_timeout=True,
        raise_interrupt=True,
    )
    for found in changes:
        if _place(folder) != place:
            return
        if found:
            is_due = True
            _settle(found, stop)
        if is_due and not stop.is_set():
            is_due = not bring_in()


def _place(folder: Path) -> tuple[int, int] | None:
    """Identifies the folder by device and inode; None if there is none."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if folder.is_dir() else None


def _is_of_interest(folder: Path, path: str) -> bool:
    """Whether a changed path may matter to an import: an article, an export, an image, a folder."""
    *folders, name = Path(path).relative_to(folder).parts or ("",)
    if name.startswith(".") or any(is_passed_over(each, "") for each in folders):
        return False
    if is_article(name) or is_container(name) or is_of_other_program(name) or is_picture(name):
        return True
    return "." not in name or Path(path).is_dir()  # a folder that appeared or disappeared as a whole


def _settle(changes: Iterable[tuple[Change, str]], stop: Event) -> None:
    """Wait until these files are no longer being written."""
    paths = [path for change, path in changes if change != Change.deleted]
    until = time.monotonic() + LONGEST_WRITE
    before = None
    while (now := [_state(path) for path in paths]) != before and time.monotonic() < until:
        before = now
        if stop.wait(SETTLES):
            return


def _state(path: str) -> tuple[int, int] | None:
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
