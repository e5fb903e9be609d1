"""Reads an image's dimensions from its first bytes, so that pages can reserve space for it."""

import re
import struct
from collections.abc import Callable, Iterator

_SIDEWAYS = frozenset({5, 6, 7, 8})  # values of EXIF's Orientation that rotate an image by 90 degrees
_MOST = 32_767  # pixels; larger claims are ignored
_SVG = re.compile(rb"<svg\b[^>]*>", re.S)
_SVG_SIDE = rb"""\s%s\s*=\s*["']\s*([\d.]+)(?:px)?\s*["']"""
_VIEW_BOX = re.compile(rb"""\sviewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*["']""")


def size(data: bytes, media_type: str) -> tuple[int, int] | None:
    """Width and height in pixels as a browser shows the image; None if the bytes do not say. Never raises."""
    try:
        found = _READERS[media_type](data)
    except (KeyError, struct.error, IndexError, ValueError):
        return None
    return found if found and all(0 < side <= _MOST for side in found) else None


def _png(data: bytes) -> tuple[int, int]:
    return struct.unpack_from(">II", data, 16)


def _gif(data: bytes) -> tuple[int, int]:
    return struct.unpack_from("<HH", data, 6)


def _bmp(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<ii", data, 18)
    return width, abs(height)


def _webp(data: bytes) -> tuple[int, int] | None:
    kind = data[12:16]
    if kind == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack_from("<HH", data, 26)
    return (width & 0x3FFF, height & 0x3FFF) if kind == b"VP8 " else None


def _avif(data: bytes) -> tuple[int, int] | None:
    """The largest of the sizes in the file: the others are of its tiles or its preview."""
    found = [struct.unpack_from(">II", data, match.end() + 4) for match in re.finditer(b"ispe", data[:65_536])]
    return max(found, default=None)


def _jpeg(data: bytes) -> tuple[int, int] | None:
    is_sideways = False
    for marker, at in _segments(data):
        if marker == 0xE1 and data[at : at + 6] == b"Exif\0\0":
            is_sideways = _orientation(data[at + 6 : at + 65_536]) in _SIDEWAYS
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 1)
            return (height, width) if is_sideways else (width, height)
    return None


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    """The markers of a JPEG before its pixels, each with the position after its length."""
    at = 2
    while data[at] == 0xFF and data[at + 1] != 0xDA:
        if data[at + 1] == 0xFF:  # padding
            at += 1
            continue
        yield data[at + 1], at + 4
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]


def _orientation(tiff: bytes) -> int:
    """The Orientation in EXIF's first directory; 1, upright, if there is none."""
    order = "<" if tiff[:2] == b"II" else ">"
    directory = struct.unpack_from(f"{order}I", tiff, 4)[0]
    for number in range(struct.unpack_from(f"{order}H", tiff, directory)[0]):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, directory + 2 + 12 * number)
        if tag == 0x0112:
            return int(value)
    return 1


def _svg(data: bytes) -> tuple[int, int] | None:
    tag = _SVG.search(data[:8192])
    if tag is None:
        return None
    sides = [re.search(_SVG_SIDE % name, tag[0]) for name in (b"width", b"height")]
    given = [side[1] for side in sides if side]
    if len(given) < 2:
        box = _VIEW_BOX.search(tag[0])
        given = list(box.groups()) if box else []
    return (round(float(given[0])), round(float(given[1]))) if given else None


_READERS: dict[str, Callable[[bytes], tuple[int, int] | None]] = {
    "image/png": _png,
    "image/jpeg": _jpeg,
    "image/gif": _gif,
    "image/webp": _webp,
    "image/avif": _avif,
    "image/bmp": _bmp,
    "image/svg+xml": _svg,
}
