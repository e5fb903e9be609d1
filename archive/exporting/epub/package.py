"""The files that make a book: container, package document, contents, cover, style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from textwrap import wrap
from xml.etree.ElementTree import Element, SubElement

from archive.exporting.epub.attributes import language as language_tag
from archive.exporting.epub.xhtml import append, document, fit, one_line, page

MIMETYPE = "application/epub+zip"
CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
STYLE = """body { margin: 0 5%; line-height: 1.5; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; text-align: start; }
.byline, .source, .facts { color: #555; font-size: 0.85em; }
.source a { overflow-wrap: anywhere; }
img { max-width: 100%; height: auto; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.85em; }
table { border-collapse: collapse; }
td, th { padding: 0.2em 0.5em; border: 1px solid #999; }
mark { color: inherit; background: #fdf3b4; border-bottom: 2px solid #c9a400; }
mark.orange { background: #fde3c4; border-color: #d07a10; }
mark.red { background: #fbd3cf; border-color: #c8372d; }
mark.pink { background: #fbd5e8; border-color: #c43d86; }
mark.purple { background: #e7d9fa; border-color: #7c4dbd; }
mark.blue { background: #d3e4fb; border-color: #2f6fc0; }
mark.green { background: #d5efd3; border-color: #3b8a3a; }
mark.grey { background: #e4e4e4; border-color: #777; }
.note-ref { text-decoration: none; }
.notes { margin-top: 2em; border-top: 1px solid #999; }
.no-picture { font-style: italic; }
.cover { margin: 0; text-align: center; }
.cover img { max-width: 100%; max-height: 100%; }
"""
_COVER_LINE, _COVER_LINES = 18, 8  # letters, lines


@dataclass(frozen=True)
class File:
    """A file in the book's folder."""

    name: str
    media_type: str
    properties: str = ""


@dataclass
class Book:
    """The metadata of the package document. `identifier` is a URI that stays the same for the same book."""

    title: str
    identifier: str
    modified: datetime
    creators: Sequence[str] = ()
    languages: list[str] = field(default_factory=list)
    publisher: str = ""
    date: str = ""
    source: str = ""
    chapters: list[tuple[File, str]] = field(default_factory=list)  # with their titles
    files: list[File] = field(default_factory=list)


def package(book: Book) -> str:
    """The package document."""
    root = Element(
        "package",
        {"xmlns": "http://www.idpf.org/2007/opf", "version": "3.0", "unique-identifier": "book-id", "xml:lang": "en"},
    )
    metadata = SubElement(root, "metadata", {"xmlns:dc": "http://purl.org/dc/elements/1.1/"})
    append(metadata, "dc:identifier", book.identifier, id="book-id")
    append(metadata, "dc:title", one_line(book.title))
    for language in dict.fromkeys(filter(None, map(language_tag, book.languages))) or ("und",):
        append(metadata, "dc:language", language)
    for creator in dict.fromkeys(" ".join(fit(name).split()) for name in book.creators):
        if creator:
            append(metadata, "dc:creator", creator)
    for name in ("publisher", "date", "source"):
        if value := getattr(book, name).strip():
            append(metadata, f"dc:{name}", value)
    moment = book.modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    append(metadata, "meta", moment, property="dcterms:modified")
    manifest = SubElement(root, "manifest")
    own = [
        File("nav.xhtml", "application/xhtml+xml", "nav"),
        File("cover.xhtml", "application/xhtml+xml"),
        File("cover.svg", "image/svg+xml", "cover-image"),
        File("style.css", "text/css"),
    ]
    for file in [*own, *(file for file, _ in book.chapters), *book.files]:
        item = {"id": _id(file.name), "href": file.name, "media-type": file.media_type}
        SubElement(manifest, "item", item | ({"properties": file.properties} if file.properties else {}))
    spine = SubElement(root, "spine")
    SubElement(spine, "itemref", {"idref": _id("cover.xhtml"), "linear": "no"})
    SubElement(spine, "itemref", {"idref": _id("nav.xhtml")})
    for file, _ in book.chapters:
        SubElement(spine, "itemref", {"idref": _id(file.name)})
    return document(root)


def contents(book: Book) -> str:
    """The navigation document, which is also the table of contents."""
    body = Element("body")
    nav = append(body, "nav", epub__type="toc", id="toc")
    append(nav, "h1", "Contents")
    listed = append(nav, "ol")
    for file, title in book.chapters:
        append(append(listed, "li"), "a", one_line(title), href=file.name)
    landmarks = append(body, "nav", epub__type="landmarks", hidden="hidden")
    places = append(landmarks, "ol")
    for kind, href, words in (("cover", "cover.xhtml", "Cover"), ("toc", "nav.xhtml", "Contents")):
        append(append(places, "li"), "a", words, epub__type=kind, href=href)
    return page("Contents", body, "en")


def cover_page(book: Book) -> str:
    body = Element("body")
    section = append(body, "section", epub__type="cover", class_="cover")
    append(section, "img", src="cover.svg", alt=one_line(book.title))
    return page(book.title, body)


def cover_picture(book: Book) -> str:
    """An SVG with the title and authors on a plain background."""
    root = Element(
        "svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 600 800", "width": "600", "height": "800"}
    )
    SubElement(root, "rect", {"width": "600", "height": "800", "fill": "#fbf8f3"})
    SubElement(root, "rect", {"x": "60", "y": "90", "width": "80", "height": "6", "fill": "#8a3324"})
    lines = wrap(one_line(book.title), _COVER_LINE)
    if len(lines) > _COVER_LINES:
        lines = [*lines[: _COVER_LINES - 1], f"{lines[_COVER_LINES - 1]} …"]
    for number, line in enumerate(lines):
        place = {"x": "60", "y": str(170 + 58 * number), "font-size": "48", "font-family": "serif", "fill": "#221e1a"}
        append(root, "text", line, **place)
    below = wrap(fit(", ".join(book.creators)), 34)[:3]
    for number, line in enumerate(below):
        place = {
            "x": "60",
            "y": str(690 + 34 * number),
            "font-size": "26",
            "font-family": "sans-serif",
            "fill": "#6b6259",
        }
        append(root, "text", line, **place)
    return document(root)


def _id(name: str) -> str:
    return "f-" + "".join(c if c.isalnum() and c.isascii() else "-" for c in name)
