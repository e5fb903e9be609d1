import base64
import hashlib
from pathlib import Path

import pytest

from archive.importing import pictures
from archive.importing.pictures import PictureFinder, media_type
from archive.text import LocalImage

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"></svg>'


@pytest.fixture(autouse=True)
def no_names_remembered():
    pictures._names.clear()


@pytest.fixture
def vault(tmp_path) -> Path:
    folder = tmp_path / "vault"
    for name in ("notes/beside.png", "images/deep/named.png", "images/with space.png", "other/named.png"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(PNG + name.encode())
    (tmp_path / "outside.png").write_bytes(PNG)
    return folder


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0rest", "image/jpeg"),
        (b"GIF89arest", "image/gif"),
        (b"RIFF\0\0\0\0WEBPrest", "image/webp"),
        (b"\0\0\0\x20ftypavifrest", "image/avif"),
        (b"BM\x0a\0\0\0abcd", "image/bmp"),
        (b"BM is how this text begins", None),
        (SVG, "image/svg+xml"),
        (b"\xef\xbb\xbf  <svg></svg>", "image/svg+xml"),
        (b"<html><body>an <svg></svg></body></html>"[:12], None),
        (b"%PDF-1.7", None),
        (b"", None),
    ],
)
def test_a_pictures_type_is_told_by_its_bytes(data, expected):
    assert media_type(data) == expected


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("beside.png", "notes/beside.png"),
        ("./beside.png", "notes/beside.png"),
        ("../images/deep/named.png", "images/deep/named.png"),
        ("images/deep/named.png", "images/deep/named.png"),
        ("/images/deep/named.png", "images/deep/named.png"),
        ("..\\images\\deep\\named.png", "images/deep/named.png"),
        ("../images/with%20space.png", "images/with space.png"),
        ("with space.png", "images/with space.png"),
        ("beside.png?width=300#top", "notes/beside.png"),
        ("named.png", "other/named.png"),  # the nearest to the root
        ("NAMED.png", "other/named.png"),
        ("deep/named.png", "images/deep/named.png"),
    ],
)
def test_pictures_are_found_beside_the_article_below_the_root_and_by_name(vault, source, found):
    finder = PictureFinder("notes/a.md", str(vault))
    sha256 = hashlib.sha256((vault / found).read_bytes()).hexdigest()
    assert finder(source).path == f"/attachments/{sha256}"
    assert finder.addresses == {source: sha256}
    assert finder.lost == []


@pytest.mark.parametrize(
    "source",
    ["gone.png", "../../outside.png", "../outside.png", "/etc/passwd", "notes/", "", "%00.png", "a" * 5000, "..", "."],
)
def test_nothing_is_taken_from_outside_of_the_root_or_made_up(vault, source):
    finder = PictureFinder("notes/a.md", str(vault))
    assert finder(source) is None
    assert finder.found == {}


def test_a_link_that_leads_out_is_not_followed(vault, tmp_path):
    (vault / "notes/link.png").symlink_to(tmp_path / "outside.png")
    (vault / "notes/folder").symlink_to(tmp_path)
    finder = PictureFinder("notes/a.md", str(vault))
    assert finder("link.png") is None
    assert finder("folder/outside.png") is None


def test_a_file_that_only_claims_to_be_a_picture_is_not_taken(vault):
    (vault / "notes/secret.png").write_text("no picture")
    assert PictureFinder("notes/a.md", str(vault))("secret.png") is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"data:image/png;base64,{base64.b64encode(PNG).decode()}", PNG),
        (f"DATA:text/plain;BASE64,{base64.b64encode(PNG).decode()}", PNG),
        ("data:image/svg+xml,%3Csvg%3E%3C/svg%3E", b"<svg></svg>"),
        ("data:text/html,<script>alert(1)</script>", None),
        ("data:image/png;base64,@@@", None),
        ("data:image/png;base64,abc", None),
        ("data:", None),
    ],
)
def test_inline_pictures(tmp_path, source, expected):
    finder = PictureFinder("a.md", keep_in=tmp_path)
    address = finder(source)
    if expected is None:
        assert address is None
        assert list(tmp_path.iterdir()) == []
    else:
        (picture,) = finder.found.values()
        assert (tmp_path / picture.file_name).read_bytes() == expected
        assert finder.addresses == {}  # they stand in the file itself


def test_a_kept_picture_is_whole_and_nothing_else_is_left(vault, tmp_path):
    finder = PictureFinder("notes/a.md", str(vault), keep_in=tmp_path / "data")
    finder("beside.png")
    finder("./beside.png")
    (kept,) = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert kept.read_bytes() == (vault / "notes/beside.png").read_bytes()


def test_without_a_folder_only_known_pictures_are_found():
    finder = PictureFinder("a.md", known={"boat.png": "abc"})
    assert finder("boat.png") == LocalImage("/attachments/abc")
    assert finder("other.png") is None
    assert finder.lost == []


def test_a_picture_that_is_too_large_is_not_called_lost(vault, monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST_PICTURE", 50)
    finder = PictureFinder("notes/a.md", str(vault))
    assert finder("beside.png") is None
    assert (list(finder.too_large), finder.lost) == (["beside.png"], [])


def test_a_picture_that_cannot_be_kept_says_why(vault, tmp_path):
    (tmp_path / "data").write_text("a file where the data folder should be")
    finder = PictureFinder("notes/a.md", str(vault), tmp_path / "data")
    finder("beside.png")
    assert finder.failure


def test_the_picture_that_front_matter_names_is_kept_and_not_missed(vault):
    finder = PictureFinder("notes/a.md", str(vault))
    for named in ("../images/deep/named.png", "https://pictures.example/a.png", "/not/there.png", ""):
        finder.keep_named(named)
    assert list(finder.addresses) == ["../images/deep/named.png"]
    assert len(finder.found) == 1
    assert finder.lost == []
