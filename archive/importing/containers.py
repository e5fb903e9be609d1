"""Unpacking untrusted .zip and .tar.gz archives."""

from __future__ import annotations

import gzip
import shutil
import stat
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from archive.formats.file_kinds import is_article, is_container, is_media, is_of_other_program, is_picture
from archive.importing.file_names import fitting_name
from archive.importing.problems import ERROR, Problem
from archive.importing.torn_zip import TooLarge, salvage

MOST_MEMBERS = 200_000
MOST_BYTES = 4 * 1024**3
LARGEST_MEMBER = 200 * 1024**2  # bytes
MOST_EXPANSION = 200  # maximum ratio to the archive's own size; text packs to a third, so a higher ratio is a bomb
LONGEST_HEADER = 1024**2  # bytes
ENCRYPTED = "It needs a password. Unpack the archive yourself and import the folder."
FREE_EXPANSION = 64 * 1024**2  # bytes up to which the ratio does not matter

BROKEN = (zipfile.BadZipFile, tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, OSError, NotImplementedError)


class ContainerRefused(Exception):
    """The whole archive cannot be unpacked, for the reason given."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive."""

    name: str
    size: int  # bytes, unpacked
    refusal: str = ""  # why it must not be unpacked, if so


def is_packed(path: Path) -> bool:
    """Whether a file is an archive that can be unpacked, by its first bytes: a zip that is not a document, or a
    .tar.gz."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:
        return False
    if head.startswith(b"\x1f\x8b"):
        return is_container(path.name)
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    return not any(mark in head[30:100] for mark in (b"mimetype", b"[Content_Types].xml"))


def unpack(container: Path, into: Path) -> list[Problem]:
    """Unpack an archive into an empty folder, except for media and programs.

    Members that would land outside the folder, are links or cannot be read are skipped and reported as problems. Raises
    ContainerRefused, before anything is written, if the archive is broken or would exceed the limits.
    """
    if _is_torn(container):
        return _salvage(container, into)
    try:
        with _open(container) as archive:
            _check_bounds(archive.members(), container.stat().st_size)
        with _open(container) as archive:
            return list(_extract(archive, into))
    except BROKEN as error:
        raise ContainerRefused(f"The archive cannot be read: {error}.") from error


def _is_torn(container: Path) -> bool:
    """Whether it begins as a zip and has lost its end."""
    try:
        with container.open("rb") as file:
            return file.read(4) == b"PK\x03\x04" and not zipfile.is_zipfile(file)
    except OSError:
        return False


def _salvage(container: Path, into: Path) -> list[Problem]:
    """Extract the complete files of a truncated archive."""
    most = max(FREE_EXPANSION, container.stat().st_size * MOST_EXPANSION)
    problems: list[Problem] = []
    count = 0
    with tempfile.TemporaryDirectory(dir=into.parent) as folder:
        try:
            for piece in salvage(container, Path(folder), largest=LARGEST_MEMBER, most=min(most, MOST_BYTES)):
                refusal = _refusal(piece.name, 0, True)
                if refusal or not piece.is_whole:
                    reason = refusal or "It is truncated."
                    problems.append(Problem(piece.name, None, ERROR, "unpacking", reason))
                if refusal or not piece.path.exists():
                    continue
                target = into.joinpath(*map(fitting_name, PurePosixPath(piece.name).parts))
                target.parent.mkdir(parents=True, exist_ok=True)
                if not target.exists():
                    piece.path.rename(target)
                    count += 1
        except TooLarge as error:
            raise ContainerRefused(f"The archive would grow more than {MOST_EXPANSION} times.") from error
        except OSError as error:
            raise ContainerRefused(f"The archive cannot be read: {error.strerror}.") from error
    if not count:
        raise ContainerRefused("The archive is cut off, and no file in it is complete.")
    files = "one file" if count == 1 else f"{count:,} files"
    message = f"The archive is cut off. {files[0].upper()}{files[1:]} could be recovered."
    return [Problem("", None, ERROR, "unpacking", message), *problems]


@contextmanager
def _open(container: Path) -> Iterator[_Zip | _Tar]:
    with container.open("rb") as file:
        is_zip = file.read(2) == b"PK"
        file.seek(0)
        if is_zip:
            with zipfile.ZipFile(file) as archive:
                yield _Zip(archive)
        else:
            with tarfile.open(fileobj=file, mode="r:gz", tarinfo=_TarInfo) as tar:
                yield _Tar(tar)


def _check_bounds(members: Iterator[Member], packed: int) -> None:
    total = 0
    for count, member in enumerate(members, 1):
        total += member.size
        if count > MOST_MEMBERS:
            raise ContainerRefused(f"The archive contains more than {MOST_MEMBERS:,} files.")
        if total > MOST_BYTES:
            raise ContainerRefused(f"The archive would unpack to more than {MOST_BYTES >> 30} GB.")
        if total > FREE_EXPANSION and total > packed * MOST_EXPANSION:
            raise ContainerRefused(f"The archive would grow more than {MOST_EXPANSION} times when unpacked.")


def _extract(archive: _Zip | _Tar, into: Path) -> Iterator[Problem]:
    for member in archive.members():
        if is_media(member.name):
            continue
        if member.refusal:
            if is_picture(member.name) or is_article(member.name) or is_of_other_program(member.name):
                yield Problem(member.name, None, ERROR, "unpacking", member.refusal)
            continue
        target = into.joinpath(*map(fitting_name, PurePosixPath(member.name).parts))
        try:
            with archive.read(member) as source:
                _copy(source, target)
        except FileExistsError:
            if _is_repeated(archive, member, target):
                continue
            yield Problem(member.name, None, ERROR, "unpacking", "Another file in the archive has the same path.")
        except (*BROKEN, RuntimeError, ValueError) as error:
            yield Problem(member.name, None, ERROR, "unpacking", f"It cannot be unpacked: {error}.")


def _copy(source: IO[bytes], target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as copy:
        try:
            shutil.copyfileobj(source, copy)
        except BaseException:
            target.unlink()
            raise


def _is_repeated(archive: _Zip | _Tar, member: Member, target: Path) -> bool:
    """Whether a member repeats the previous member with its name. Omnivore packs some files twice."""
    try:
        with archive.read(member) as source, target.open("rb") as there:
            while chunk := source.read(1024**2):
                if chunk != there.read(len(chunk)):
                    return False
            return not there.read(1)
    except (*BROKEN, RuntimeError, ValueError):
        return False


def _refusal(name: str, size: int, is_file: bool) -> str:
    if not is_file:
        return "It is a link or a device, which are never unpacked."
    if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or name[1:2] == ":":
        return "Its path points outside the archive."
    if "\0" in name or size > LARGEST_MEMBER:
        return "Its name or its size is out of bounds."
    return ""


class _Zip:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._infos: dict[str, zipfile.ZipInfo] = {}

    def members(self) -> Iterator[Member]:
        for info in self._archive.infolist():
            if info.is_dir():
                continue
            name = _zip_name(info)
            kind = stat.S_IFMT(info.external_attr >> 16)
            self._infos[name] = info
            refusal = _refusal(name, info.file_size, kind in (0, stat.S_IFREG))
            yield Member(name, info.file_size, refusal or (ENCRYPTED if info.flag_bits & 1 else ""))

    def read(self, member: Member) -> IO[bytes]:
        return self._archive.open(self._infos[member.name])  # never yields more than the stated size


def _zip_name(info: zipfile.ZipInfo) -> str:
    name = info.filename
    if not info.flag_bits & 0x800:  # not marked as UTF-8, which macOS omits
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")


_LONG_HEADERS = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)


class _TarInfo(tarfile.TarInfo):
    """Refuses a header longer than any legitimate path, since it is read into memory whole."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in _LONG_HEADERS and self.size > LONGEST_HEADER:
            raise tarfile.HeaderError("a header is out of bounds")
        member: tarfile.TarInfo = super()._proc_member(archive)  # type: ignore[misc]
        return member


class _Tar:
    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive

    def members(self) -> Iterator[Member]:
        for info in self._archive:
            self._info = info
            self._archive.members = []  # type: ignore[attr-defined]  # or every header stays in memory
            if not info.isdir():
                yield Member(info.name, info.size, _refusal(info.name, info.size, info.isreg()))

    def read(self, member: Member) -> IO[bytes]:
        source = self._archive.extractfile(self._info)
        if source is None:
            raise tarfile.TarError(f"{member.name} has no content")
        return source
