"""Other programs' nested folders and collections, as paths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from archive.formats.values import line

DEEPEST = 20  # maximum nesting; it also ends cycles


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder's name, and its parent, if any."""

    name: str
    parent: Any = None


def folder_path(names: Iterable[str]) -> str:
    """A folder's path from the names leading to it, a/b for b within a. Folders without a name are skipped, and a slash
    within a name does not nest."""
    return "/".join(name for name in (" ".join(line(each).replace("/", "-").split()) for each in names) if name)


def path_of(key: Any, folders: Mapping[Any, Folder]) -> str:
    """The path of the folder with a key, by following its parents; empty if there is no such folder."""
    names: list[str] = []
    seen: set[Any] = set()
    while key in folders and key not in seen and len(names) < DEEPEST:
        seen.add(key)
        names.append(folders[key].name)
        key = folders[key].parent
    return folder_path(reversed(names))
