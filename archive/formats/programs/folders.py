"""Folders and collections as other programs nest them, as paths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from archive.formats.values import line

DEEPEST = 20  # folders within each other; a circle ends here, too


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder's name, and which one it is in, if any."""

    name: str
    parent: Any = None


def folder_path(names: Iterable[str]) -> str:
    """The path of a folder from the names down to it, a/b for b within a. Folders without a name are passed over, and
    a slash within a name does not nest."""
    return "/".join(name for name in (" ".join(line(each).replace("/", "-").split()) for each in names) if name)


def path_of(key: Any, folders: Mapping[Any, Folder]) -> str:
    """The path of the folder with a key, by what each says it is in; empty for one that is not there."""
    names: list[str] = []
    seen: set[Any] = set()
    while key in folders and key not in seen and len(names) < DEEPEST:
        seen.add(key)
        names.append(folders[key].name)
        key = folders[key].parent
    return folder_path(reversed(names))
