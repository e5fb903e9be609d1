"""The images that belong to an article: found next to it or embedded in it, and stored by content."""

import base64
import binascii
import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from unicodedata import normalize
from urllib.parse import unquote, unquote_to_bytes

from archive.data_folder import make_folder
from archive.formats.file_kinds import is_picture
from archive.importing.file_names import name_on_disk
from archive.importing.picture_sizes import size
from archive.importing.temporary import new_file
from archive.text import LocalImage, is_remote

ADDRESS = "/attachments/{sha256}"  # where a page shows it
LARGEST_PICTURE = 20 * 1024 * 1024  # bytes

_SUFFIX = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/bmp": ".bmp",
    "image/svg+xml": ".svg",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that came with an article, identified by its content."""

    sha256: str
    media_type: str
    size: int  # bytes

    @property
    def file_name(self) -> str:
        """Where it is stored, below the data directory."""
        return f"attachments/{self.sha256[:2]}/{self.sha256}{_SUFFIX[self.media_type]}"


def media_type(data: bytes) -> str | None:
    """The media type of an image by its first bytes, whatever its name says; None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:12] in (b"ftypavif", b"ftypavis"):
        return "image/avif"
    if data.startswith(b"BM") and int.from_bytes(data[2:6], "little") == len(data):
        return "image/bmp"
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<") and b"<svg" in start and b"\0" not in start:
        return "image/svg+xml"
    return None


@dataclass
class PictureFinder:
    """Tells `text.render` where the images of one article are, and stores those it finds.

    `folder` is the import root and `path` the article's path below it; without a folder, only `known` addresses and
    `data:` are resolved. `keep_in` is the data directory; without one, nothing is written.
    """

    path: str
    folder: str | None = None
    keep_in: Path | None = None
    known: dict[str, str] = field(default_factory=dict)
    found: dict[str, Picture] = field(default_factory=dict)  # by hash
    addresses: dict[str, str] = field(default_factory=dict)  # as written in the file -> hash
    lost: list[str] = field(default_factory=list)  # not found, or not an image
    too_large: dict[str, None] = field(default_factory=dict)  # addresses in order, without duplicates
    failure: str = ""  # why an image could not be stored, for example because the disk is full

    def __call__(self, source: str) -> LocalImage | None:
        if (sha256 := self.known.get(source)) is not None:
            return _shown(sha256, self._kept(sha256))
        return None if is_remote(source) else self._take(source)

    def keep_named(self, source: str) -> None:
        """Store the image that the front matter names, if it came with the article. If not, this is no problem: it may
        be an address on the article's site, and the text is complete without it."""
        lost = list(self.lost)
        if source and ":" not in source and source not in self.known:
            self._take(source)
        self.lost[:] = lost

    def _kept(self, sha256: str) -> bytes:
        """The image's bytes as stored by an earlier import; None if missing."""
        if self.keep_in is None:
            return b""
        files = (self.keep_in / "attachments" / sha256[:2]).glob(f"{sha256}.*")
        return next((file.read_bytes() for file in files), b"")

    def _take(self, source: str) -> LocalImage | None:
        is_inline = source[:5].lower() == "data:"
        data = _inline(source) if is_inline else self._beside(source)
        kind = media_type(data) if data else None
        if data is None or kind is None:
            if source not in self.too_large and (is_inline or self.folder is not None):
                self.lost.append(source)
            return None
        picture = Picture(hashlib.sha256(data).hexdigest(), kind, len(data))
        self.found[picture.sha256] = picture
        if not is_inline:
            self.addresses[source] = picture.sha256
        if self.keep_in is not None:
            try:
                keep(self.keep_in, picture.file_name, data)
            except OSError as error:
                self.failure = str(error.strerror)
        return _shown(picture.sha256, data)

    def _beside(self, source: str) -> bytes | None:
        if self.folder is None:
            return None
        wanted = unquote(source.split("?")[0].split("#")[0]).replace("\\", "/")
        if not wanted or "\0" in wanted or wanted.endswith("/"):
            return None
        folder = Path(self.folder).resolve()
        beside = (Path(name_on_disk(self.path)).parent / wanted).as_posix()
        for candidate in (*_spellings(beside), *_spellings(wanted), *_named(self.folder, wanted)):
            try:
                full = (folder / candidate.lstrip("/")).resolve()  # with all links followed
                if full.is_relative_to(folder) and full.is_file():
                    if full.stat().st_size <= LARGEST_PICTURE:
                        return full.read_bytes()
                    self.too_large[source] = None
            except OSError:
                continue
        return None


def _shown(sha256: str, data: bytes) -> LocalImage:
    """The address and dimensions of an image for a page."""
    width, height = size(data, media_type(data) or "") or (None, None)
    return LocalImage(ADDRESS.format(sha256=sha256), width, height)


def _inline(source: str) -> bytes | None:
    head, comma, content = source.partition(",")
    if not comma:
        return None
    data = unquote_to_bytes(content)
    if head.lower().endswith(";base64"):
        try:
            data = base64.b64decode(b"".join(data.split()))
        except binascii.Error:
            return None
    return data if len(data) <= LARGEST_PICTURE else None


_names: dict[str, dict[str, list[str]]] = {}


def _named(folder: str, wanted: str) -> list[str]:
    """Images anywhere below the folder whose path ends as wanted, those nearest to the root first."""
    if folder not in _names:
        _names[folder] = _pictures_by_name(folder)
    ending = _folded(f"/{wanted.lstrip('./')}")
    return [path for path in _names[folder].get(PurePath(ending).name, ()) if _folded(f"/{path}").endswith(ending)]


def _spellings(path: str) -> list[str]:
    """A path as written, and with its accents composed and decomposed: macOS writes "ü" as two characters."""
    return [path] if path.isascii() else list(dict.fromkeys([path, normalize("NFC", path), normalize("NFD", path)]))


def _folded(path: str) -> str:
    return path.lower() if path.isascii() else normalize("NFC", path.lower())


def _pictures_by_name(folder: str) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if is_picture(name):
                names.setdefault(_folded(name), []).append(Path(parent, name).relative_to(folder).as_posix())
    for paths in names.values():
        paths.sort(key=lambda path: (path.count("/"), path))
    return names


def keep(data_dir: Path, name: str, data: bytes) -> None:
    """Store an image under this name in the data directory. Raises OSError."""
    target = data_dir / name
    if target.exists() and target.stat().st_size == len(data):  # a damaged file is replaced
        return
    make_folder(target.parent, data_dir)
    with new_file(target.parent, data) as file:
        file.replace(target)
