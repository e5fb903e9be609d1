"""The images of a book: those stored with its articles, if reading devices support their format."""

from __future__ import annotations

from collections.abc import Iterator

from archive.articles.models import Attachment
from archive.articles.pictures import KEPT
from archive.exporting.epub.package import File
from archive.exporting.zips import pieces_of
from archive.importing.picture_sizes import size

_BEGIN = 1 << 16  # bytes, which are nearly always enough to determine an image's size
_SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}


class Pictures:
    """Each image is in the book once, however many articles show it."""

    def __init__(self) -> None:
        self._files: dict[str, File | None] = {}
        self._new: list[tuple[File, Attachment]] = []

    def find(self, address: str) -> str | None:
        """The file name for an image's address; None if it is remote or unusable."""
        if not address.startswith(KEPT):
            return None
        sha256 = address.removeprefix(KEPT)
        if sha256 not in self._files:
            self._files[sha256] = self._add(sha256)
        file = self._files[sha256]
        return file.name if file else None

    def new(self) -> Iterator[tuple[File, Iterator[bytes]]]:
        """The images found since the last call, with their bytes."""
        new, self._new = self._new, []
        for file, attachment in new:
            yield file, pieces_of(attachment.file)

    def _add(self, sha256: str) -> File | None:
        attachment = Attachment.objects.filter(sha256=sha256).first()
        media_type = _kind(attachment) if attachment else ""
        if attachment is None or media_type not in _SUFFIXES:
            return None
        file = File(f"images/{sha256}.{_SUFFIXES[media_type]}", media_type)
        self._new.append((file, attachment))
        return file


def _kind(attachment: Attachment) -> str:
    """The actual media type of the bytes; empty if the file is missing, its format is not allowed in books, or it is
    too damaged to determine its size."""
    try:
        with attachment.file.open("rb") as file:
            begin = file.read(_BEGIN)
            kind = _named(begin)
            is_readable = bool(kind) and (size(begin, kind) or size(begin + file.read(), kind)) is not None
    except OSError:
        return ""
    return kind if is_readable else ""


def _named(begin: bytes) -> str:
    if begin.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if begin.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if begin.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    return "image/webp" if begin[:4] == b"RIFF" and begin[8:12] == b"WEBP" else ""
