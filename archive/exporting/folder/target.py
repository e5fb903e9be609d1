"""The folder that is written to: only what changed, each file whole, and what no longer belongs removed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.exporting.folder.markdown_files import PICTURES
from archive.locking import Busy, locked_in_place

FORMAT = 1
INSIDE = ".commonplace"
RECORDS = f"{INSIDE}/articles"


class CannotExport(Exception):
    """Why nothing was written, in a sentence."""


@dataclass
class Outcome:
    """How many articles are in the folder; how many files were written, found as they should be, and removed."""

    articles: int = 0
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    missing: list[str] = field(default_factory=list)  # pictures whose files are gone from the data folder


class Target:
    """The folder during one run of an export. Names are paths below it, with slashes."""

    def __init__(self, folder: Path, outcome: Outcome) -> None:
        self._folder, self._outcome = folder, outcome
        self._kept: set[str] = set()  # names that belong into the folder
        self._made: set[str] = set()  # folders
        self._is_new = not (folder / INSIDE / "format.json").exists()  # then nothing in it has to be looked at
        self._part = folder / INSIDE / "part"
        self._part.unlink(missing_ok=True)  # whatever it is, and wherever it leads

    def put(self, name: str, content: bytes) -> None:
        """Have a file hold this."""
        if not self.holds(name, content):
            self.write(name, content)

    def holds(self, name: str, content: bytes) -> bool:
        """Whether a file holds exactly this already."""
        if self._is_new and name not in self._kept:
            self._kept.add(name)
            return False
        self._kept.add(name)
        try:
            with open(f"{self._folder}/{name}", "rb", buffering=0) as file:  # noqa: PTH123  # a third of the time
                is_same = os.fstat(file.fileno()).st_size == len(content) and file.read() == content
        except OSError:
            return False
        self._outcome.unchanged += is_same
        return is_same

    def has(self, name: str, size: int) -> bool:
        """Whether there is a file of so many bytes, whose name says what it holds."""
        path = self._folder / name
        if not path.is_file() or path.stat().st_size != size:
            return False
        self._kept.add(name)
        self._outcome.unchanged += 1
        return True

    def write(self, name: str, content: bytes) -> None:
        """Write a file, and give it its name once it is whole. Raises OSError."""
        self._kept.add(name)
        with _named_if_in_the_way(self._folder / name):
            self._write(name, content)
        self._outcome.written += 1

    def _write(self, name: str, content: bytes) -> None:
        above = name.rpartition("/")[0]
        if above not in self._made:
            (self._folder / above).mkdir(parents=True, exist_ok=True)
            self._made.add(above)
        with open(self._part, "wb", buffering=0) as file:  # noqa: PTH123  # a third of the time
            left = memoryview(content)
            while left:
                left = left[file.write(left) :]
        os.replace(self._part, f"{self._folder}/{name}")  # noqa: PTH105

    def former(self, record: str) -> str | None:
        """The Markdown file that a record in the folder names."""
        name = None if self._is_new else read_record(self._folder / record).get("file")
        return name if isinstance(name, str) else None

    def remove(self, name: str) -> None:
        """Remove a file of ours, and the folders that are empty then. A name that leads out of the folder is not."""
        path = self._folder / name
        if ".." in Path(name).parts or Path(name).is_absolute() or not path.is_file():
            return
        path.unlink()
        self._outcome.removed += 1
        for parent in (path.parent, path.parent.parent):
            if parent == self._folder or any(parent.iterdir()):
                break
            parent.rmdir()
            self._made.discard(parent.relative_to(self._folder).as_posix())

    def tidy(self) -> None:
        """Remove the files of articles that were not put, and what belonged to them alone."""
        for name in self._left_over(RECORDS):
            former = self.former(name)
            if former is not None and former not in self._kept:
                self.remove(former)
            self.remove(name)
        for top in (f"{INSIDE}/originals", f"{INSIDE}/annotations", PICTURES):
            for name in self._left_over(top):
                self.remove(name)

    def _left_over(self, top: str) -> list[str]:
        """Our files below a folder that do not belong any more. Ours are named by a SHA-256."""
        found = []
        for place, _, files in os.walk(self._folder / top):
            below = Path(place).relative_to(self._folder).as_posix()
            ours = (f"{below}/{file}" for file in files if len(file.partition(".")[0]) == 64)
            found += [name for name in ours if name not in self._kept]
        return sorted(found)


@contextmanager
def opened(folder: Path, outcome: Outcome) -> Iterator[Target]:
    """The folder, made if need be, for one export at a time. Raises CannotExport for somebody else's folder."""
    inside = folder / INSIDE
    if folder.exists() and not folder.is_dir():
        raise CannotExport(f"{folder} is not a folder.")
    if folder.is_dir() and not inside.is_dir() and any(folder.iterdir()):
        raise CannotExport(f"{folder} is not empty and holds no export. Name a new folder, or an empty one.")
    found = read_record(inside / "format.json").get("format", FORMAT)
    if found != FORMAT:
        raise CannotExport(f"{folder} was written by another version of Commonplace. Name a new folder.")
    inside.mkdir(parents=True, exist_ok=True)
    try:
        with locked_in_place(inside, f"Another process is writing {folder}."):
            target = Target(folder, outcome)
            yield target
            with suppress(FileNotFoundError):
                (inside / "part").unlink()
    except Busy as error:
        raise CannotExport(str(error)) from None


@contextmanager
def _named_if_in_the_way(path: Path) -> Iterator[None]:
    """Say in words that a person's folder is where a file has to be, or a file where a folder has to be."""
    try:
        yield
    except (IsADirectoryError, NotADirectoryError, FileExistsError) as error:
        raise FileExistsError(
            f"something else has the name of {path}, or of a folder above it; move it away"
        ) from error


def read_record(path: Path) -> dict[str, Any]:
    """A record; nothing for one that is not there or was damaged by others."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
