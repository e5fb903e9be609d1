"""An index on disk, kept in step with the database.

The database is the truth, the index a cache of it that anyone may delete. Its folder has a file `current`, which names
the folder of the index that counts; a rebuild fills another one and then changes that file. Each commit holds, in a
document of its own, the last change that it took in. One process of a host writes at a time, and opens the index afresh
for it; all others read on, and look for what was committed when the database has gone further than what they hold.
"""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import tantivy
from django.conf import settings
from django.db import connection

from archive.data_folder import make_folder
from archive.locking import Busy, locked
from archive.search import changes
from archive.search.changes import NOWHERE, Position
from archive.search.kinds import AT_ONCE, Kind, Snapshot
from archive.search.proving import disagreements
from archive.search.schema import STATE, VERSION, add_tokenizers

FEW = 500  # changes that a request takes in by itself
FEW_OBJECTS = 1_000  # of which a request makes an index anew by itself
WAITED = 2.0  # seconds for another writer before a request goes on with what it has
MEMORY, MEMORY_FOR_REBUILD = 20_000_000, 60_000_000  # bytes that a writer gathers before it writes a segment
_NO_STATE = Position(-1, -1)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Opened:
    stamp: tuple[int, int]  # of the file `current`
    path: Path
    index: tantivy.Index
    snapshot: Snapshot


class Store:
    """The index of one kind. A process has one, which its threads share."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self._opened: _Opened | None = None
        self._is_working = threading.Lock()
        os.register_at_fork(after_in_child=self._forget)

    def _forget(self) -> None:
        self._opened = None
        self._is_working = threading.Lock()

    @property
    def folder(self) -> Path:
        return Path(settings.INDEX_DIR) / f"{self.kind.name}-{VERSION}"

    # --- Reading

    def snapshot(self) -> Snapshot:
        """The index as it stands, after taking in what is due if that is soon done. Else it is done in the background.

        One query where nothing has changed.
        """
        latest = changes.latest(self.kind.changes)
        found = self._current()
        if found and found.position == latest:
            return found
        found = self._current(is_reloading=True)
        if found and found.position == latest:
            return found
        due = self._due(found, latest)
        if not changes.may_be_rolled_back() and self._take_in(due):
            return self._current(is_reloading=True) or self._empty
        # An index from another history of the database may say things of people that were never so.
        return found._replace(behind=due) if found and due is not None else self._empty

    def _take_in(self, due: int | None) -> bool:
        """Take in what is due, and return whether that is done; if it would take long, begin it in the background."""
        is_little = due <= FEW if due is not None else len(self.kind.ids(0, FEW_OBJECTS + 1)) <= FEW_OBJECTS
        if not is_little:
            self._refresh_in_background()
            return False
        try:
            self.refresh(WAITED)
        except Busy:
            logger.info("Others write to the search index of %s for long", self.kind.name)
            return False
        except Exception:  # no room, no permission: whoever asks next tries again
            logger.exception("The search index of %s could not be brought up to date", self.kind.name)
            return False
        return True

    def _due(self, found: Snapshot | None, latest: Position) -> int | None:
        """How many changes an index lacks; None where it cannot catch up."""
        if found and found.position == latest:  # also where nothing has ever changed
            return 0
        if not found or found.position.number > latest.number or not changes.has(self.kind.changes, found.position):
            return None
        return changes.count(self.kind.changes, found.position)

    def _current(self, *, is_reloading: bool = False) -> Snapshot | None:
        """The index as this process has it open; None where there is none that can be opened."""
        stamp = self._stamp()
        if stamp is None:
            return None
        opened = self._opened
        try:
            if opened is None or opened.stamp != stamp or opened.path.parent != self.folder:
                path = self._path()
                opened = self._open(path, stamp) if path else None
            elif is_reloading:
                opened.index.reload()
                opened = replace(opened, snapshot=self._snapshot(opened.index))
        except Exception:
            logger.exception("The search index %s cannot be read and will be made anew", self.folder)
            opened = None
        self._opened = opened
        return opened.snapshot if opened and opened.snapshot.position != _NO_STATE else None

    def _stamp(self) -> tuple[int, int] | None:
        try:
            status = (self.folder / "current").stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns

    def _path(self) -> Path | None:
        """The folder of the index that counts, if there is one."""
        try:
            path = self.folder / (self.folder / "current").read_text()
        except OSError:
            return None
        return path if (path / "meta.json").is_file() else None

    def _open(self, path: Path, stamp: tuple[int, int]) -> _Opened:
        index = _open(path)
        return _Opened(stamp, path, index, self._snapshot(index))

    def _snapshot(self, index: tantivy.Index) -> Snapshot:
        searcher, schema = index.searcher(), self.kind.schema
        hits = searcher.search(tantivy.Query.term_query(schema, "filter", STATE), 1).hits
        values = [searcher.fast_field_values(name, [address])[0] for _, address in hits for name in ("number", "token")]
        return Snapshot(searcher, schema, Position(*map(int, values)) if hits else _NO_STATE)  # type: ignore[arg-type]

    @cached_property
    def _empty(self) -> Snapshot:
        index = add_tokenizers(tantivy.Index(self.kind.schema))
        return Snapshot(index.searcher(), self.kind.schema, NOWHERE, None)

    # --- Writing

    def refresh_if_due(self, at_least: int = 1) -> None:
        """Take in what is due if it is so many changes, or if there is no index that could take them in."""
        if changes.may_be_rolled_back():
            return
        latest = changes.latest(self.kind.changes)
        found = self._current(is_reloading=True)  # what this process has open may be of before a restore
        if found is None or found.position != latest:
            due = self._due(found, latest)
            if due is None or due >= at_least:
                self.refresh()

    def refresh(self, timeout: float | None = None) -> None:
        """Take in all that is due; where that cannot be, make the index anew. Nothing within a transaction, as what it
        writes may be undone yet. Raises Busy where others write for longer than `timeout` seconds.
        """
        if changes.may_be_rolled_back():
            return
        with locked(self.folder / "writing", timeout):
            is_up_to_date = self._catch_up(self._path())
        if not is_up_to_date:
            self.rebuild(is_wanted=lambda: not self._can_catch_up(self._path()))

    def _refresh_in_background(self) -> None:
        if self._is_working.acquire(blocking=False):
            threading.Thread(target=self._work, name=f"index of {self.kind.name}", daemon=True).start()

    def _work(self) -> None:
        try:
            self.refresh()
        except Exception:  # whoever asks next begins again
            logger.exception("The search index of %s could not be brought up to date", self.kind.name)
        finally:
            connection.close()
            self._is_working.release()

    def _can_catch_up(self, path: Path | None) -> bool:
        try:
            position = self._snapshot(_open(path)).position if path else _NO_STATE
        except Exception:
            return False
        latest = changes.latest(self.kind.changes)
        return position == latest or (position.number <= latest.number and changes.has(self.kind.changes, position))

    def _catch_up(self, path: Path | None) -> bool:
        """Take into this index what it lacks; False where that is not possible. To be called under the lock."""
        if path is None or not self._can_catch_up(path):
            return False
        index = _open(path)
        position, latest = self._snapshot(index).position, changes.latest(self.kind.changes)
        while position != latest:
            ids, end = changes.after(self.kind.changes, position)
            if end == position:
                break
            with _writer(index, MEMORY) as writer:
                for some in _portions(ids):
                    self._replace(writer, some)
                self._note(writer, end)
            position = end
        changes.prune(self.kind.changes, position)
        return True

    def _replace(self, writer: tantivy.IndexWriter, ids: list[int]) -> None:
        # By a term, a number would be taken for a signed one, and nothing be deleted.
        writer.delete_documents_by_query(tantivy.Query.term_set_query(self.kind.schema, "id", ids))
        for _, document in self.kind.documents(ids):
            writer.add_document(document)

    def _note(self, writer: tantivy.IndexWriter, position: Position) -> None:
        """Have the next commit say how far the index has come."""
        writer.delete_documents_by_term("filter", STATE)
        document = tantivy.Document()
        document.add_text("filter", STATE)
        document.add_unsigned("number", position.number)
        document.add_unsigned("token", position.token)
        document.add_unsigned(self.kind.sort_by, 0)
        writer.add_document(document)

    def rebuild(
        self,
        progress: Callable[[int], None] = lambda done: None,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        """Make the index anew beside the one that counts, which goes on to answer and to follow changes, and swap them.

        `progress` is told how many objects are done. `is_wanted` is asked once nobody else rebuilds.
        """
        with locked(self.folder / "rebuilding"):
            if not is_wanted():
                return
            kept = self._path()
            for path in self.folder.iterdir():  # what was begun and never ended
                if path.is_dir() and path != kept:
                    shutil.rmtree(path, ignore_errors=True)
            new = self.folder / secrets.token_hex(8)
            make_folder(new)
            self._fill(new, progress)
            with locked(self.folder / "writing"):
                self._catch_up(new)
                beginning = self.folder / "current.new"
                beginning.write_text(new.name)
                beginning.replace(self.folder / "current")
            if kept:
                shutil.rmtree(kept, ignore_errors=True)

    def _fill(self, path: Path, progress: Callable[[int], None]) -> None:
        position = changes.latest(self.kind.changes)
        order = tantivy.Order.Desc
        schema = self.kind.schema
        index = add_tokenizers(tantivy.Index(schema, path=str(path), sort_by_field=self.kind.sort_by, sort_order=order))
        last = done = 0
        with _writer(index, MEMORY_FOR_REBUILD) as writer:
            while ids := self.kind.ids(last, AT_ONCE):
                last = ids[-1]
                for _, document in self.kind.documents(ids):
                    writer.add_document(document)
                done += len(ids)
                progress(done)
            self._note(writer, position)

    # --- Proving

    def check(self) -> Iterator[str]:
        """What of the index does not agree with the database, in sentences."""
        latest = changes.latest(self.kind.changes)
        found = self._current(is_reloading=True)
        due = self._due(found, latest) if found else None
        if not found or due is None:
            yield f"There is no search index of {self.kind.name} for this database. The next search makes one."
            return
        if due:
            yield f"{due} changes of {self.kind.name} are not in the search index yet. The next search takes them in."
        yield from disagreements(self.kind, found)


def _open(path: Path) -> tantivy.Index:
    index = add_tokenizers(tantivy.Index.open(str(path)))
    index.config_reader("manual")
    return index


@contextmanager
def _writer(index: tantivy.Index, memory: int) -> Iterator[tantivy.IndexWriter]:
    """A writer whose work is committed at the end, with its merges; nothing of it where something goes wrong."""
    writer = index.writer(memory, 1)
    try:
        yield writer
    except BaseException:
        writer.rollback()
        writer.wait_merging_threads()
        raise
    writer.commit()
    writer.garbage_collect_files()
    writer.wait_merging_threads()


def _portions(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
