"""Zip files, sent while they are written: nothing but the member at hand is held in memory, packed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator

from django.db.models.fields.files import FieldFile

_SAME_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip knows: the same content is the same file
_PIECE = 1 << 16  # bytes


class _Outbox(io.RawIOBase):
    """What the zipfile module writes into. It may go back as far as to what has not been taken yet."""

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
        """All that has been written since."""
        taken = self._waiting.getvalue()
        self._taken += len(taken)
        self._waiting = io.BytesIO()
        return taken


def zipped(members: Iterable[tuple[str, Iterable[bytes]]], *, stored: tuple[str, ...] = ()) -> Iterator[bytes]:
    """A zip of these files, each a name and its pieces. Those whose names end like one of `stored` are not packed."""
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
    """What a file of the data folder holds."""
    with file.open("rb") as opened:
        while piece := opened.read(_PIECE):
            yield piece
