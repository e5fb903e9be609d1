"""Finds other programs' exports: single files, in folders, and in archives within them."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.formats.file_kinds import is_article, is_media, is_of_other_program, is_picture
from archive.formats.recognising import Format
from archive.formats.registry import recognise
from archive.formats.source import Source
from archive.importing.containers import ContainerRefused, is_packed, unpack
from archive.importing.discovery import is_passed_over
from archive.importing.file_names import storable_name

DEEPEST = 3  # levels of archives within archives
# Readeck's Markdown files are ordinary articles; only its archive is recognised.
_OF_READECK = re.compile(r"(?:.*/)?\d{4}-\d\d-\d\d-readeck-bookmarks/")
_TELLING = (".json", ".csv", ".tsv", ".html", ".htm", ".sqlite", ".rdf", ".bib", ".txt", ".md", ".zip")


@dataclass(frozen=True, slots=True)
class Export:
    """A file exported by another program, its format, and its path for reports."""

    source: Source
    form: Format
    label: str


@dataclass
class Exports:
    """The exports found below a folder: the files, the paths that belong to them (those of folders end with a slash),
    and folders of articles that were unpacked on the way."""

    files: list[Export] = field(default_factory=list)
    claimed: set[str] = field(default_factory=set)
    unpacked: list[tuple[Path, str]] = field(default_factory=list)  # with their path below the folder


def export_of(source: Source) -> Export | None:
    """The export in this one file; None if it is an article or anything else."""
    form = recognise(source)
    return Export(source, form, storable_name(source.path)) if form is not None else None


def find_exports(folder: Path, passing: Path, *, prefix: str = "", depth: int = 0) -> Exports:
    """Find exports below a folder. Archives are unpacked below `passing`, and kept there if they contain any.

    Files with the name of an article are left to `preparing`, which reads them anyway.
    """
    found = Exports()
    for path in _files(folder):
        relative = path.relative_to(folder).as_posix()
        if any(relative.startswith(claimed) for claimed in found.claimed if claimed.endswith("/")):
            continue
        if is_packed(path):
            _look_into(path, relative, found, passing, prefix, depth)
            continue
        source = Source(folder, relative)
        form = recognise(source)
        if form is not None:
            found.files.append(Export(source, form, storable_name(prefix + relative)))
            found.claimed.add(relative)
            parent = relative.rpartition("/")[0]
            found.claimed |= {f"{parent}/{name}/" if parent else f"{name}/" for name in form.folders}
    return found


def _files(folder: Path) -> Iterator[Path]:
    """The files below a folder that may be exports: a folder's own files before those of its subfolders."""
    for parent, folders, names in os.walk(folder):
        below = f"{Path(parent).relative_to(folder).as_posix()}/".removeprefix("./")
        folders[:] = sorted(name for name in folders if not is_passed_over(name, below))
        for name in sorted(names):
            is_left_to_others = (
                is_picture(name) or is_media(name) or (is_article(name) and not is_of_other_program(name))
            )
            path = Path(parent, name)
            if not name.startswith(".") and not is_left_to_others and path.is_file() and not path.is_symlink():
                yield path


def _look_into(archive: Path, relative: str, found: Exports, passing: Path, prefix: str, depth: int) -> None:
    """Extract exports from an archive in the folder. One that contains none is left alone: it may be a backup."""
    names = _names_in(archive)
    is_of_readeck = any(_OF_READECK.match(name) for name in names)
    if depth >= DEEPEST or not (is_of_readeck or any(name.lower().endswith(_TELLING) for name in names)):
        return
    into = Path(tempfile.mkdtemp(prefix="nested-", dir=passing))
    try:
        unpack(archive, into)
    except ContainerRefused:
        shutil.rmtree(into)
        return
    within = find_exports(into, passing, prefix=f"{prefix}{relative}/", depth=depth + 1)
    if is_of_readeck:
        found.unpacked.append((into, relative))
    elif not within.files:
        shutil.rmtree(into)
        return
    found.claimed.add(relative)
    found.files += within.files
    found.unpacked += [(path, f"{relative}/{name}") for path, name in within.unpacked]


def _names_in(archive: Path) -> list[str]:
    try:
        with zipfile.ZipFile(archive) as opened:
            return opened.namelist()[:10_000]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return []
