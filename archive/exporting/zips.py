"""Zip files, sent while they are written: nothing but the piece at hand is held in memory."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator

_SAME_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip knows: the same content is the same file


class _Outbox:
    """What the zipfile module writes into, until it is taken."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def zipped(members: Iterable[tuple[str, Iterable[bytes]]], *, stored: Iterable[str] = ()) -> Iterator[bytes]:
    """A zip of these files, each a name and its pieces. Those with a suffix of `stored` are not compressed."""
    outbox, suffixes = _Outbox(), tuple(stored)
    with zipfile.ZipFile(outbox, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, pieces in members:
            info = zipfile.ZipInfo(name, _SAME_TIME)
            info.external_attr = 0o644 << 16
            is_stored = bool(suffixes) and name.endswith(suffixes)
            info.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
            with archive.open(info, "w") as member:
                for piece in pieces:
                    member.write(piece)
                    if ready := outbox.taken():
                        yield ready
    yield outbox.taken()
