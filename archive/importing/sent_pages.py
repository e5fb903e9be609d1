"""Pages that are sent one at a time, by programs and people. They wait in the data folder and are imported together.

Every import takes at least a tenth of a second, and only one runs at a time, so whoever imports takes everything that
has arrived meanwhile. Waiting pages are on disk: they survive the process, and are imported with the next page.
"""

from __future__ import annotations

import json
import logging
import secrets
import shutil
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import connections

from archive.articles.models import Article
from archive.data_folder import make_folder
from archive.importing.models import ImportRun
from archive.importing.problems import Problem
from archive.importing.running import Options, Watcher, import_paths
from archive.importing.temporary import UPLOAD, TemporaryFolder
from archive.locking import Busy, locked

QUEUE = "sent"  # a folder in the data directory
SENDER, ASKED, RESULT, BEGUN = ".sender", ".asked", ".result", ".begun-"  # imported files never begin with a dot
LONGEST_WAIT = 25.0  # seconds; programs and proxies time out after half a minute or more
ASKED_EVERY = 0.02  # seconds
MOST_WAITING = 4  # requests: half of what the server handles at once, so that readers are not blocked
MOST_AT_ONCE = 100
MOST_TRIES = 2  # for a page whose process died each time
KEPT_FOR = 60 * 60  # seconds, for whoever asks for a result
SUFFIX = ".parcel"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """The result for a page: what became of its article (created, updated, unchanged, moved), its problems, and the
    run. `error` says why there is no result instead."""

    outcome: str = ""
    article: int | None = None
    run: int | None = None
    problems: list[Problem] = field(default_factory=list)
    error: str = ""


class Parcel:
    """A page to import: fill `folder`, then `send` the name of the file in it. Use it with `with`."""

    def __init__(self, person: User) -> None:
        self._person = person
        self._holder = TemporaryFolder(settings.DATA_DIR, UPLOAD)
        self.folder = self._holder.path

    def __enter__(self) -> Parcel:
        return self

    def __exit__(self, *_: object) -> None:
        self._holder.remove()

    def send(self, name: str, wait: float = LONGEST_WAIT) -> Sent | None:
        """Import this file. Returns None if that takes longer than `wait` seconds, or many are waiting: it is imported
        later."""
        queue = settings.DATA_DIR / QUEUE
        is_crowded = len(list(queue.glob(f"*{SUFFIX}/{ASKED}"))) >= MOST_WAITING
        if not is_crowded:
            (self.folder / ASKED).touch()  # until there is a result, or the request has stopped waiting
        (self.folder / SENDER).write_text(json.dumps({"person": self._person.pk, "name": name}))
        make_folder(queue)
        place = queue / f"{time.time_ns():020d}-{secrets.token_hex(4)}{SUFFIX}"
        self.folder.rename(place)
        threading.Thread(target=import_waiting, name="import").start()
        ends = time.monotonic() + (0 if is_crowded else wait)
        while not (place / RESULT).exists():
            if time.monotonic() > ends:
                (place / ASKED).unlink(missing_ok=True)
                return None
            time.sleep(ASKED_EVERY)
        said = json.loads((place / RESULT).read_text())
        shutil.rmtree(place, ignore_errors=True)
        return Sent(**{**said, "problems": [Problem(**problem) for problem in said["problems"]]})


def import_waiting() -> None:
    """Import all waiting pages, unless someone is already doing so, who checks again before finishing."""
    try:
        while _waiting():
            with locked(settings.DATA_DIR / QUEUE / ".lock", timeout=0):
                _forget_old()
                while batch := _next_batch():
                    _import(batch)
    except Busy:
        pass
    finally:
        connections.close_all()


def _waiting() -> list[Path]:
    """The pages without a result, in order of arrival."""
    queue = settings.DATA_DIR / QUEUE
    return [place for place in sorted(queue.glob(f"*{SUFFIX}")) if not (place / RESULT).exists()]


@dataclass(frozen=True, slots=True)
class _Page:
    place: Path
    person: int
    name: str

    def finish(self, sent: Sent) -> None:
        """Keep only the result, for whoever is waiting for it."""
        written = self.place / f"{RESULT}.new"
        with suppress(FileNotFoundError):
            written.write_text(json.dumps(asdict(sent)))
            for path in self.place.iterdir():
                if path != written:
                    path.unlink(missing_ok=True)
            written.rename(self.place / RESULT)


def _next_batch() -> list[_Page]:
    """The pages for one run: of one person, with distinct file names, by which the run's report tells them apart."""
    batch: dict[str, _Page] = {}
    for place in _waiting():
        page = _opened(place)
        if page is None or (batch and page.person != next(iter(batch.values())).person):
            continue
        if page.name in batch or len(batch) >= MOST_AT_ONCE:
            break  # later, after the one before it
        batch[page.name] = page
    return list(batch.values())


def _opened(place: Path) -> _Page | None:
    try:
        said = json.loads((place / SENDER).read_text())
        tries = len(list(place.glob(f"{BEGUN}*")))
    except (OSError, ValueError):
        shutil.rmtree(place, ignore_errors=True)
        return None
    page = _Page(place, said["person"], said["name"])
    if tries >= MOST_TRIES:
        page.finish(Sent(error="The archive crashed each time it read this page, so it was not imported."))
        return None
    return page


def _import(batch: Sequence[_Page]) -> None:
    collected = _Collected([page.name for page in batch])
    error = ""
    try:
        for page in batch:
            tries = len(list(page.place.glob(f"{BEGUN}*")))
            (page.place / f"{BEGUN}{tries}").touch()
        person = get_user_model().objects.get(pk=batch[0].person)
        paths = [page.place / page.name for page in batch]
        import_paths(paths, options=Options(jobs=1), watcher=collected, started_by=person, is_upload=True)
    except Exception as failure:  # of the database or the disk; each sender is told
        logger.exception("Pages that were sent could not be imported")
        error = f"The archive could not store it ({type(failure).__name__}). Try again later."
    for page in batch:
        page.finish(collected.of(page.name, error))


def _forget_old() -> None:
    for result in (settings.DATA_DIR / QUEUE).glob(f"*{SUFFIX}/{RESULT}"):
        with suppress(OSError):
            if time.time() - result.stat().st_mtime > KEPT_FOR:
                shutil.rmtree(result.parent, ignore_errors=True)


class _Collected(Watcher):
    """Sorts an import's messages by the files it was given."""

    def __init__(self, names: Sequence[str]) -> None:
        self._run: int | None = None
        self._outcomes: dict[str, tuple[str, int]] = {}
        self._problems: dict[str, list[Problem]] = {name: [] for name in names}

    def started(self, run: ImportRun) -> None:
        self._run = run.pk

    def problem(self, problem: Problem) -> None:
        self._problems[self._file_of(problem.path)].append(problem)

    def imported(self, path: str, outcome: str, article: Article) -> None:
        self._outcomes.setdefault(self._file_of(path), (outcome, article.pk))

    def of(self, name: str, error: str) -> Sent:
        """The result for one file; `error` if it was not imported before the import failed."""
        outcome, article = self._outcomes.get(name, ("", None))
        return Sent(outcome, article, self._run, self._problems[name], "" if article is not None else error)

    def _file_of(self, path: str) -> str:
        """The file that a path in the report is about: the file itself, or a record or part of it."""
        return max(
            (name for name in self._problems if path.startswith(name)), key=len, default=next(iter(self._problems))
        )
