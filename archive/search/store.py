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
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import tantivy
from django.conf import settings
from django.db import DatabaseError, connection

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

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Opened:
    stamp: object  # of the file `current`
    path: Path
    index: tantivy.Index
    snapshot: Snapshot


class Store:
    """The index of one kind. A process has one, which its threads share."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self._forget()
        os.register_at_fork(after_in_child=self._forget)

    def _forget(self) -> None:
        self._opened: _Opened | None = None
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
        if found is None or found.position != latest:
            found = self._current(is_reloading=True)
        if found and found.position == latest:
            return found
        due = self._due(found)
        if not changes.may_be_rolled_back() and self._take_in(due):
            return self._current(is_reloading=True) or self._empty
        # An index from another history of the database may say things of people that were never so.
        return found._replace(behind=due) if found and due is not None else self._empty

    def _take_in(self, due: int | None) -> bool:
        """Take in what is due, and return whether that is done; if it would take long, begin it in the background."""
        is_little = due <= FEW if due is not None else len(self.kind.ids(0, FEW_OBJECTS + 1)) <= FEW_OBJECTS
        if not is_little:
            self._refresh_in_background()
        return is_little and self._try_to_refresh(WAITED)

    def _due(self, found: Snapshot | None) -> int | None:
        """How many changes an index lacks; None where it cannot catch up."""
        return changes.due(self.kind.changes, found.position) if found else None

    def _current(self, *, is_reloading: bool = False) -> Snapshot | None:
        """The index as this process has it open; None where there is none that can be read."""
        try:
            status = (self.folder / "current").stat()
        except OSError:
            return None
        stamp, opened = (self.folder, status.st_ino, status.st_mtime_ns), self._opened
        if opened is None or opened.stamp != stamp:
            opened = self._open(self._path(), stamp)
        elif is_reloading:
            opened = self._open(opened.path, stamp, opened.index)
        self._opened = opened
        return opened.snapshot if opened else None

    def _path(self) -> Path | None:
        """The folder of the index that counts, if there is one."""
        try:
            path = self.folder / (self.folder / "current").read_text()
        except OSError:
            return None
        return path if (path / "meta.json").is_file() else None

    def _open(self, path: Path | None, stamp: object = None, index: tantivy.Index | None = None) -> _Opened | None:
        """The index in this folder, as it was committed last; None where it cannot be read. `index`: if it is open."""
        if path is None:
            return None
        try:
            if index is None:
                index = add_tokenizers(tantivy.Index.open(str(path)))
                index.config_reader("manual")
            else:
                index.reload()
            found = Snapshot(index.searcher(), self.kind.schema, NOWHERE)
            state = tantivy.Query.term_query(self.kind.schema, "filter", STATE)
            [(number, token)] = found.values(state, "number", "token", at_most=2)
        except Exception:
            logger.exception("The search index %s cannot be read and will be rebuilt", path)
            return None
        return _Opened(stamp, path, index, found._replace(position=Position(number, token)))

    @cached_property
    def _empty(self) -> Snapshot:
        index = add_tokenizers(tantivy.Index(self.kind.schema))
        return Snapshot(index.searcher(), self.kind.schema, NOWHERE, None)

    # --- Writing

    def catch_up(self, at_least: int = 1) -> None:
        """Take in all that is due if it is so many changes, however long that takes, or make an index where there is
        none. What stands in its way is logged.
        """
        found = self._current(is_reloading=True)  # what this process has open may be of before a restore
        due = self._due(found)
        if due is None or due >= at_least:
            self._try_to_refresh()

    def _try_to_refresh(self, timeout: float | None = None) -> bool:
        """`refresh`, and return whether that is done. Else it is logged why, and whoever asks next tries again."""
        try:
            self.refresh(timeout)
        except Busy:
            logger.info("Another process has been writing to the search index of %s for a long time", self.kind.name)
        except DatabaseError as error:  # locked, or damaged
            logger.error("The search index of %s could not be brought up to date: %s", self.kind.name, error)
        except Exception:  # no room, no permission
            logger.exception("The search index of %s could not be brought up to date", self.kind.name)
        else:
            return True
        return False

    def refresh(self, timeout: float | None = None) -> None:
        """Take in all that is due; where that cannot be, make the index anew. Nothing within a transaction, as what it
        writes may be undone yet. Raises Busy where others write for longer than `timeout` seconds.
        """
        if changes.may_be_rolled_back():
            return
        with locked(self.folder / "writing", timeout):
            is_up_to_date = self._catch_up(self._path())
        if not is_up_to_date:
            self.rebuild(is_wanted=lambda: not self._can_catch_up(self._open(self._path())))

    def _refresh_in_background(self) -> None:
        if self._is_working.acquire(blocking=False):
            threading.Thread(target=self._work, name=f"index of {self.kind.name}", daemon=True).start()

    def _work(self) -> None:
        try:
            self._try_to_refresh()
        finally:
            connection.close()
            self._is_working.release()

    def _can_catch_up(self, opened: _Opened | None) -> bool:
        return opened is not None and self._due(opened.snapshot) is not None

    def _catch_up(self, path: Path | None) -> bool:
        """Take into this index what it lacks; False where that is not possible. To be called under the lock."""
        opened, latest = self._open(path), changes.latest(self.kind.changes)
        if opened is None or not self._can_catch_up(opened):
            return False
        position = opened.snapshot.position
        while position != latest:
            ids, end = changes.after(self.kind.changes, position)
            if end == position:
                break
            with _writer(opened.index, MEMORY) as writer:
                for start in range(0, len(ids), AT_ONCE):
                    self._replace(writer, ids[start : start + AT_ONCE])
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
            for older in range(VERSION):  # no code that runs after an upgrade reads them
                shutil.rmtree(self.folder.with_name(f"{self.kind.name}-{older}"), ignore_errors=True)

    def _fill(self, path: Path, progress: Callable[[int], None]) -> None:
        position = changes.latest(self.kind.changes)
        order = tantivy.Order.Desc
        schema = self.kind.schema
        index = add_tokenizers(tantivy.Index(schema, path=str(path), sort_by_field=self.kind.sort_by, sort_order=order))
        last = done = 0
        with _writer(index, MEMORY_FOR_REBUILD) as writer:
            while ids := self.kind.ids(last):
                last = ids[-1]
                for _, document in self.kind.documents(ids):
                    writer.add_document(document)
                done += len(ids)
                progress(done)
            self._note(writer, position)

    # --- Proving

    def check(self) -> Iterator[str]:
        """What of the index does not agree with the database, in sentences."""
        found = self._current(is_reloading=True)
        due = self._due(found)
        if not found or due is None:
            yield f"There is no search index of {self.kind.name}for this database. The next search builds one."
            return
        if due:
            yield f"{due} changes of {self.kind.name} are not in the search index yet. The next search adds them."
        yield from disagreements(self.kind, found)


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
