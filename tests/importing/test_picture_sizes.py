import struct

import pytest

from archive.importing.picture_sizes import size
from archive.importing.pictures import media_type


def jpeg(width: int, height: int, orientation: int | None = None, order: str = "<") -> bytes:
    frame = struct.pack(">BBHBHH", 0xFF, 0xC2, 17, 8, height, width) + b"\x03" + b"\0" * 9
    exif = b""
    if orientation is not None:
        tiff = {"<": b"II", ">": b"MM"}[order] + struct.pack(f"{order}HIHHHIHH", 42, 8, 1, 0x0112, 3, 1, orientation, 0)
        exif = struct.pack(">BBH", 0xFF, 0xE1, len(tiff) + 8) + b"Exif\0\0" + tiff
    return b"\xff\xd8" + exif + b"\xff\xdb\x00\x04ab" + frame + b"\xff\xda"


def webp(kind: bytes, rest: bytes) -> bytes:
    return b"RIFF\x40\0\0\0WEBP" + kind + b"\x20\0\0\0" + rest


def svg(attributes: str) -> bytes:
    return f'<?xml version="1.0"?>\n<svg xmlns="x" {attributes}><rect width="1" height="2"/></svg>'.encode()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + struct.pack(">II", 640, 480), (640, 480)),
        (b"GIF89a" + struct.pack("<HH", 12, 34), (12, 34)),
        (struct.pack("<2sI8xI", b"BM", 26, 40) + struct.pack("<ii", 5, -7), (5, 7)),
        (jpeg(300, 200), (300, 200)),
        (jpeg(300, 200, orientation=1), (300, 200)),
        (jpeg(300, 200, orientation=6), (200, 300)),
        (jpeg(300, 200, orientation=8, order=">"), (200, 300)),
        (webp(b"VP8 ", b"\x30\x01\x00\x9d\x01\x2a" + struct.pack("<HH", 550, 368)), (550, 368)),
        (webp(b"VP8L", b"\x2f" + ((549) | (367 << 14)).to_bytes(4, "little")), (550, 368)),
        (webp(b"VP8X", b"\0\0\0\0" + (1023).to_bytes(3, "little") + (767).to_bytes(3, "little")), (1024, 768)),
        (b"\0\0\0\x20ftypavif" + b"..ispe\0\0\0\0" + struct.pack(">II", 900, 600), (900, 600)),
        (svg('width="30px" height="20.4"'), (30, 20)),
        (svg('viewBox="0 0 24 12"'), (24, 12)),
        (svg('width="100%" height="100%" viewBox="0 0 24 12"'), (24, 12)),
        (svg(""), None),
        (jpeg(0, 200), None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"\xff\xd8\xff", None),
        (b"\xff\xd8\xff\xe1\0\x10Exif\0\0II", None),
    ],
)
def test_a_pictures_size_is_told_by_its_bytes(data, expected):
    kind = media_type(data)
    assert kind is not None
    assert size(data, kind) == expected


def test_what_is_no_picture_has_no_size():
    assert size(b"", "") is None
