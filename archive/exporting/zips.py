"""Streams zip files: only the current member is held in memory, compressed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator

from django.db.models.fields.files import FieldFile

_SAME_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can store, so that equal content gives equal files
_PIECE = 1 << 16  # bytes


class _Outbox(io.RawIOBase):
    """The file that the zipfile module writes to. It can seek back to anything not yet taken."""

    def __init__(self) -> None:
        self._taken = 0
        self._waiting = io.BytesIO()

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._taken + self._waiting.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        place = offset - self._taken if whence == io.SEEK_SET else offset
        return self._taken + self._waiting.seek(place, whence)

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        return self._waiting.write(piece)

    def take(self) -> bytes:
        """Everything written since the last call."""
        taken = self._waiting.getvalue()
        self._taken += len(taken)
        self._waiting = io.BytesIO()
        return taken


def zipped(members: Iterable[tuple[str, Iterable[bytes]]], *, stored: tuple[str, ...] = ()) -> Iterator[bytes]:
    """A zip of these files, each a name and its pieces. Names that end with one of `stored` are not compressed."""
    outbox = _Outbox()
    with zipfile.ZipFile(outbox, "w") as archive:
        for name, pieces in members:
            info = zipfile.ZipInfo(name, _SAME_TIME)
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if stored and name.endswith(stored) else zipfile.ZIP_DEFLATED
            with archive.open(info, "w") as member:
                for piece in pieces:
                    member.write(piece)
            yield outbox.take()
    yield outbox.take()


def pieces_of(file: FieldFile) -> Iterator[bytes]:
    """The content of a file in the data folder."""
    with file.open("rb") as opened:
        while piece := opened.read(_PIECE):
            yield piece
