"""The format of a backup: a tar whose last member has the sizes and checksums of all others.

A truncated file has no such member; a damaged one does not match it.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

MANIFEST = "manifest.json"
FORMAT = 1
_AT_ONCE = 1 << 20  # bytes


class Unusable(Exception):
    """Why a backup was not written or restored, as a sentence."""


@dataclass
class Manifest:
    """The contents of a backup. `files` are (size in bytes, SHA-256) by name; `counts` are rows by model."""

    vendor: str
    migrations: list[list[str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT


class BundleWriter:
    """Adds members, then the manifest."""

    def __init__(self, file: IO[bytes], manifest: Manifest) -> None:
        self._tar = tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115  # `finish` closes it
        self._manifest = manifest

    def add(self, name: str, source: IO[bytes], size: int) -> None:
        """Add `size` bytes under this name. Raises Unusable if there are fewer."""
        reader = _Hashing(source)
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        try:
            self._tar.addfile(info, reader)
        except OSError as error:
            if "unexpected end of data" not in str(error):
                raise
            raise Unusable(f"{name} became shorter while it was read. Try again.") from error
        self._manifest.files[name] = (size, reader.digest.hexdigest())

    def finish(self) -> None:
        text = json.dumps(asdict(self._manifest), indent=1, sort_keys=True).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(text), 0o600
        self._tar.addfile(info, io.BytesIO(text))
        self._tar.close()


class _Hashing:
    """A file that is read once, with the checksum of what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


Take = Callable[[str, IO[bytes]], None]
"""Called with the name and content of each member as it is read."""


def read_bundle(path: Path, take: Take | None = None) -> Manifest:
    """Read a backup from end to end and compare it with its manifest; `take` is called with each member.

    Raises Unusable for a file that is not a backup, is damaged, or was written by a newer version.
    """
    seen: dict[str, tuple[int, str]] = {}
    told: Any = None
    try:
        with path.open("rb") as file, tarfile.open(fileobj=file, mode="r:") as tar:
            for member, source in _members(tar):
                if member.name == MANIFEST:
                    told = json.loads(source.read())
                    continue
                reader = _Hashing(source)
                if take is not None:
                    take(member.name, reader)  # type: ignore[arg-type]
                while reader.read(_AT_ONCE):
                    pass
                seen[member.name] = (member.size, reader.digest.hexdigest())
    except FileNotFoundError:
        raise Unusable(f"There is no file {path}.") from None
    except (tarfile.TarError, ValueError, EOFError) as error:
        raise Unusable(f"{path} is not a backup, or it is damaged: {error}.") from error
    return _compared(path, told, seen)


def _members(tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    for member in tar:
        source = tar.extractfile(member)
        if source is None:
            raise tarfile.TarError(f"{member.name} is not a file")
        yield member, source


def _compared(path: Path, told: Any, seen: dict[str, tuple[int, str]]) -> Manifest:
    if not isinstance(told, dict):
        raise Unusable(f"{path} is not a backup, or its end is missing.")
    if told.get("format") != FORMAT:
        raise Unusable(f"{path} was written by a newer version of Commonplace. Restore it with that version.")
    try:
        manifest = Manifest(**told)
        files = {name: (size, digest) for name, (size, digest) in manifest.files.items()}
    except (TypeError, ValueError) as error:
        raise Unusable(f"{path} is damaged: its manifest cannot be read.") from error
    for name in sorted(files.keys() | seen.keys()):
        if files.get(name) != seen.get(name):
            raise Unusable(f"{path} is damaged: {name} is not what was written. Use another backup.")
    return manifest
