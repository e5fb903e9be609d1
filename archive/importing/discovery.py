"""Finds the article files below the paths given to an import."""

import hashlib
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.formats.file_kinds import is_article, is_container, is_for_programs, is_of_other_program
from archive.importing.file_names import name_on_disk, storable_name
from archive.importing.problems import NOTICE, WARNING, Problem

SAID = {
    "link": "Symbolic links are not followed. Import the target instead.",
    "of another program": "Not a Markdown or text file. It was not imported.",
    "archive": "Archives inside folders are not opened. Import it on its own.",
}
MOST_NAMED = 100  # files named per reason; the others are only counted
LONGEST_FILE = 20 * 1024 * 1024  # bytes

# "Templates", "_templates", "99 - Template": folders with forms to fill in, not articles.
_LOGSEQ_COPIES = re.compile(r"/logseq/(?:bak|version-files)$")  # earlier versions of the same pages
_TEMPLATES = re.compile(r"[\W\d_]*templates?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Root:
    """A folder that files are imported from, and the prefix of its files' locations.

    The two differ if the folder is temporary: an unpacked archive or an upload. `only` names the files to import if
    single files were given instead of a folder. `claimed` are paths below the folder that belong to other programs'
    exports; those of folders end with a slash.
    """

    folder: str
    name: str
    only: tuple[str, ...] | None = None
    claimed: frozenset[str] = frozenset()

    def holds(self, location: str) -> bool:
        """Whether a location belongs to this root, so that the root can tell whether its file still exists."""
        return self.only is None and location.startswith(self.name)

    def has(self, location: str) -> bool:
        return is_there(self.path(location))

    def path(self, location: str) -> str:
        """The current path of a location's file."""
        return f"{self.folder}/{location[len(self.name) :]}"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """An article file: its path below the root, as text that can be stored, and its size in bytes."""

    root: Root
    path: str
    size: int

    @property
    def location(self) -> str:
        return self.root.name + self.path

    @property
    def full_path(self) -> str:
        return f"{self.root.folder}/{name_on_disk(self.path)}"


@dataclass
class Ignored:
    """Files that are skipped without being read: their number by reason, and problems to report about some."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    paths: dict[str, list[str]] = field(default_factory=dict)  # the first MOST_NAMED of each reason

    def add(self, reason: str, path: str, number: int) -> None:
        """Record a file or folder, with `number` article files in it, that is skipped."""
        self.counts[reason] += number
        named = self.paths.setdefault(reason, [])
        if len(named) >= MOST_NAMED or not number:
            return
        named.append(storable_name(path))
        if reason in SAID:
            self.problems.append(_problem(path, NOTICE, reason, SAID[reason]))


def find_files(root: Root, ignored: Ignored) -> Iterator[FoundFile]:
    """Yield the article files below a root, ordered by path.

    Hidden files and folders (`.obsidian`, `.trash`, `.git`) and template folders are skipped. Symbolic links are not
    followed: they could lead out of the folder, or in circles.
    """
    for path, stat in _walk(root, ignored):
        try:
            size = stat().st_size
        except OSError:  # removed since it was listed
            continue
        yield FoundFile(root, storable_name(path), size)


def count_files(root: Root) -> int:
    """The number of article files below a root."""
    return sum(1 for _ in _walk(root, Ignored()))


def _walk(root: Root, ignored: Ignored) -> Iterator[tuple[str, Callable[[], os.stat_result]]]:
    if root.only is not None:
        for path in root.only:
            yield path, Path(root.folder, path).stat
        return
    # Folders sort as "name/", so that a depth-first walk yields whole paths in order.
    stack = [_entries(root.folder, "", root.claimed, ignored)]
    while stack:
        for path, entry in stack[-1]:
            if path.endswith("/"):
                stack.append(_entries(entry.path, path, root.claimed, ignored))
                break
            yield path, entry.stat
        else:
            stack.pop()


def _entries(
    folder: str, prefix: str, claimed: frozenset[str], ignored: Ignored
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    kept: list[tuple[str, os.DirEntry[str]]] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                is_folder = entry.is_dir(follow_symlinks=False)
                if claimed and f"{prefix}{entry.name}{'/' if is_folder else ''}" in claimed:
                    continue
                if reason := _reason_to_ignore(entry, is_folder, prefix):
                    number = _count_articles(entry.path) if is_folder else 1
                    ignored.add(reason, f"{prefix}{entry.name}{'/' if is_folder else ''}", number)
                elif is_folder:
                    kept.append((f"{prefix}{entry.name}/", entry))
                elif is_article(entry.name) and entry.is_file(follow_symlinks=False):
                    kept.append((prefix + entry.name, entry))
    except OSError as error:
        ignored.problems.append(_problem(prefix, WARNING, "unreadable-folder", f"It cannot be read: {error.strerror}."))
    return iter(sorted(kept, key=lambda item: item[0]))


def _problem(path: str, severity: str, code: str, message: str) -> Problem:
    return Problem(storable_name(path), None, severity, code, message)


def _reason_to_ignore(entry: os.DirEntry[str], is_folder: bool, prefix: str) -> str | None:
    is_text = is_article(entry.name) and not is_of_other_program(entry.name)
    if not is_folder and not is_text and not (entry.is_symlink() and entry.is_dir()):
        if entry.name.startswith("."):
            return None
        if is_container(entry.name):
            return "archive"
        # Images and other files that are not articles are neither imported nor counted.
        return "of another program" if is_of_other_program(entry.name) else None
    if entry.is_symlink():
        return "link"
    if entry.name.startswith(".") or entry.name == "__MACOSX":
        return "hidden"
    if is_folder and _TEMPLATES.fullmatch(entry.name):
        return "template"
    if is_folder and (entry.name == "node_modules" or _LOGSEQ_COPIES.search(f"/{prefix}{entry.name}")):
        return "copies" if entry.name != "node_modules" else "for programs"
    if not is_folder and is_for_programs(entry.name):
        return "for programs"
    return None


def is_passed_over(folder: str, prefix: str) -> bool:
    """Whether a folder with this name, below `prefix`, contains nothing to import."""
    is_for_others = folder.startswith(".") or folder in ("__MACOSX", "node_modules")
    return is_for_others or bool(_TEMPLATES.fullmatch(folder) or _LOGSEQ_COPIES.search(f"/{prefix}{folder}"))


def _count_articles(folder: str) -> int:
    return sum(is_article(name) for _, _, names in os.walk(folder) for name in names)


def is_there(path: str) -> bool:
    """Whether a file still exists. One we are no longer allowed to see is not considered gone."""
    try:
        os.lstat(name_on_disk(path))
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def file_hash(path: str) -> str:
    """The SHA-256 of a file's content."""
    return hashlib.sha256(Path(name_on_disk(path)).read_bytes()).hexdigest()
