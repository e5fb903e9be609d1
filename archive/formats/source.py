"""A file from another program, to be read piece by piece, and the files next to it."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from archive.formats.decoding import NotText, decode, kind_of_binary

HEAD = 128 * 1024  # bytes used to recognise a file
_CHUNK = 64 * 1024
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


@dataclass(frozen=True)
class Source:
    """A file below a folder. `path` is relative to the folder, with slashes, and names the file in reports. `first` is
    its first HEAD bytes, if they have been read already."""

    folder: Path
    path: str
    first: bytes | None = field(default=None, repr=False, compare=False)

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name

    @property
    def full_path(self) -> Path:
        return self.folder / self.path

    def open(self) -> BinaryIO:
        """The file's bytes. Raises OSError."""
        return self.full_path.open("rb")

    @cached_property
    def head(self) -> bytes:
        """The first bytes, by which the format is recognised; empty if the file cannot be read."""
        if self.first is not None:
            return self.first
        try:
            with self.open() as file:
                return file.read(HEAD)
        except OSError:
            return b""

    @cached_property
    def encoding(self) -> str:
        """Python's name for the file's encoding, by its byte order mark or first bytes; UTF-8 if they do not say."""
        for mark, codec in _MARKS.items():
            if self.head.startswith(mark):
                return codec
        for cut in range(4):  # the head may end within a character
            try:
                self.head[: len(self.head) - cut].decode("utf-8")
            except UnicodeDecodeError:
                continue
            if b"\0" not in self.head:
                return "utf-8"
        try:
            name = decode(self.head[: len(self.head) // 4 * 4]).encoding
        except NotText:
            return "utf-8"
        return name.replace("windows-", "cp")

    @cached_property
    def head_text(self) -> str:
        """The first part of the text, with \\n newlines; empty if it is not text."""
        if kind_of_binary(self.head):
            return ""
        text = codecs.getincrementaldecoder(self.encoding)("replace").decode(self.head)
        return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")

    def read(self) -> bytes:
        """The whole file. Raises OSError. For formats with one article per file; others read piece by piece."""
        return self.full_path.read_bytes()

    def text(self) -> str:
        """The whole file as text, with \\n newlines and U+FFFD for invalid bytes. Raises OSError."""
        text = self.read().decode(self.encoding, "replace")
        return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")

    def lines(self) -> Iterator[str]:
        """The lines of the text with their line ends, one at a time. Raises OSError."""
        with io.TextIOWrapper(self.open(), self.encoding, errors="replace", newline="") as file:
            for number, line in enumerate(file):
                yield line.removeprefix("\ufeff") if number == 0 else line

    def utf8(self) -> BinaryIO:
        """The file's text in UTF-8 without a byte order mark, whatever its encoding, as a stream of bytes. Raises
        OSError."""
        return io.BufferedReader(_Recoded(self.open(), self.encoding), _CHUNK)

    def beside(self, path: str) -> Source | None:
        """The file at a path relative to this one, below the same folder; None if there is none."""
        parts = PurePosixPath(path.replace("\\", "/")).parts
        if not parts or ".." in parts or parts[0] == "/" or "\0" in path:
            return None
        other = Source(self.folder, str(PurePosixPath(self.path).parent.joinpath(*parts)))
        try:
            return other if other.full_path.is_file() and not other.full_path.is_symlink() else None
        except (OSError, ValueError):
            return None


class _Recoded(io.RawIOBase):
    """A stream of text in any encoding, converted to UTF-8."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ready = b""
        self._is_first = True
        self._is_over = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready and not self._is_over:
            chunk = self._file.read(_CHUNK)
            self._is_over = not chunk
            text = self._decoder.decode(chunk, final=self._is_over)
            if self._is_first and text:
                text, self._is_first = text.removeprefix("\ufeff"), False
            self._ready = text.encode("utf-8", "replace")
        taken = self._ready[: len(buffer)]
        self._ready = self._ready[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)

    def close(self) -> None:
        self._file.close()
        super().close()
