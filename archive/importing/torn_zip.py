"""Recovers the files of a zip whose end, with its table of contents, is missing: they are found one after the other."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_HEADER = "<4s5H3I2H"
_HEADER_SIZE = 30  # bytes
_LOCAL, _DESCRIPTOR = b"PK\x03\x04", b"PK\x07\x08"
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZES_FOLLOW, _UTF8 = 0x1, 0x8, 0x800
_CHUNK = 64 * 1024
# Partial files of these kinds are useful, since their readers report where they break off.
_USEFUL_IN_PART = (".json", ".csv", ".tsv", ".txt")


@dataclass(frozen=True, slots=True)
class Piece:
    """A file that was written: its name in the archive, and whether it is complete."""

    name: str
    path: Path
    is_whole: bool


class TooLarge(ValueError):
    """It would exceed the size limits."""


def salvage(archive: Path, into: Path, *, largest: int, most: int) -> Iterator[Piece]:
    """Write the files of a truncated archive, each under a number in `into`, as far as they can be read.

    `largest` and `most` limit the size of one file and of all of them, in bytes. Raises TooLarge and OSError.
    """
    total = 0
    with archive.open("rb") as file:
        for number in range(100_000):
            member = _read_header(file)
            if member is None:
                return
            target = into / str(number)
            with target.open("wb") as out:
                is_whole = _copy(file, member, out, min(largest, most - total))
            total += target.stat().st_size
            if member.name.endswith("/") or (not is_whole and not member.name.lower().endswith(_USEFUL_IN_PART)):
                target.unlink()
                if not member.name.endswith("/"):
                    yield Piece(member.name, target, False)
            else:
                yield Piece(member.name, target, is_whole)


@dataclass(frozen=True, slots=True)
class _Member:
    name: str
    method: int
    packed: int | None  # bytes; None if the size follows the content
    is_encrypted: bool


def _read_header(file: IO[bytes]) -> _Member | None:
    head = file.read(_HEADER_SIZE)
    if len(head) < _HEADER_SIZE:
        return None
    signature, _, flags, method, _, _, _, packed, _, name_length, extra_length = struct.unpack(_HEADER, head)
    name = file.read(name_length)
    if signature != _LOCAL or len(name) < name_length or len(file.read(extra_length)) < extra_length:
        return None
    written = name.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
    size = None if flags & _SIZES_FOLLOW and not packed else packed
    return _Member(written.replace("\\", "/"), method, size, bool(flags & _ENCRYPTED))


def _copy(file: IO[bytes], member: _Member, out: IO[bytes], most: int) -> bool:
    """Unpack a member, and leave the archive where the next one begins. Returns whether it was complete."""
    if (
        member.is_encrypted
        or member.method not in (_STORED, _DEFLATED)
        or (member.packed is None and not member.method)
    ):
        file.seek(0, 2)  # nobody can tell where it ends
        return False
    inflate = zlib.decompressobj(-15) if member.method == _DEFLATED else None
    left = member.packed
    while left is None or left > 0:
        chunk = file.read(_CHUNK if left is None else min(_CHUNK, left))
        if not chunk:
            return False
        left = None if left is None else left - len(chunk)
        try:
            data = inflate.decompress(chunk, most + 1 - out.tell()) if inflate else chunk
        except zlib.error:
            return False
        out.write(data)
        if out.tell() > most:
            raise TooLarge
        if inflate and inflate.eof:
            file.seek(-len(inflate.unused_data), 1)
            if left:
                file.seek(left + len(inflate.unused_data), 1)
            break
    if member.packed is None:
        _skip_descriptor(file)
    return True


def _skip_descriptor(file: IO[bytes]) -> None:
    """Skip the checksum and sizes that follow a member, with or without a signature."""
    place = file.tell()
    following = file.read(64)
    found = following.find(b"PK", 4 if following.startswith(_DESCRIPTOR) else 0)
    file.seek(place + found if found >= 0 else place + len(following))
