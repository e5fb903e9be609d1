"""SingleFile: whole pages in one HTML file, including highlights."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from html import unescape
from typing import BinaryIO

from lxml import etree

from archive.formats.decoding import NotText
from archive.formats.html_text import decode_page
from archive.formats.programs.marked_html import Mark, page_tree, text_and_marks, words_of
from archive.formats.recognising import Format, Signs
from archive.formats.saved import Content, RowProblem, SavedArticle, SavedHighlight, SavedNote
from archive.formats.source import Source
from archive.formats.values import address, line, moment, text

LARGEST_PAGE = 64 * 1024 * 1024  # bytes
_COMMENT = re.compile(
    r"<!--\s*(?:Page saved with SingleFile|Archive processed by SingleFile)(?P<said>.{0,10000}?)-->", re.DOTALL
)
_SAID = re.compile(r"^\s*(url|saved date|info):[ \t]*(.*?)\s*$", re.MULTILINE | re.IGNORECASE)
_JAVASCRIPT_DATE = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d{1,2} \d{4} \d\d:\d\d:\d\d) GMT(?:([+-])(\d\d):?(\d\d))?"
)
_COLOUR = re.compile(r"single-file-highlight-(\w+)")
_NOTES = "single-file-note"


def _recognises(signs: Signs) -> bool:
    return signs.is_html and bool(_COMMENT.search(signs.text))


def _read(source: Source) -> Iterator[SavedArticle | RowProblem]:
    page = read_page(source)
    if isinstance(page, RowProblem):
        yield page
        return
    data, html, root = page
    comment = _COMMENT.search(html) or _COMMENT.search(source.head_text)
    said = dict(_SAID.findall(comment["said"].replace("\r", "\n"))) if comment else {}
    said = {name.lower(): value for name, value in said.items()}
    url = address(unescape(said.get("url", ""))) or canonical_address(root)
    if not url:
        yield RowProblem("The page does not say which address it was saved from.", 1, left_out=False)
    _, marks = text_and_marks(root, lambda element: element.get("data-singlefile-highlight-id"), [_NOTES])
    yield SavedArticle(
        url=url,
        title=page_title(root),
        authors=page_authors(root),
        saved=_saved(said.get("saved date", "")),
        content=Content(data, "page", source.path),
        highlights=[
            SavedHighlight(mark.quote, "", _colour(mark), prefix=mark.prefix, suffix=mark.suffix, position=mark.start)
            for mark in marks
        ],
        notes=[SavedNote(words) for words in _notes(root)],
        row=1,
    )


def read_page(source: Source) -> tuple[bytes, str, etree._Element] | RowProblem:
    """A saved page: its bytes, its text, and its tree. Raises OSError."""
    with source.open() as file:
        data = file.read(LARGEST_PAGE + 1)
        if b"PK\x03\x04" in data[:LARGEST_PAGE] and (page := _packed_page(file)):
            data = page
    if len(data) > LARGEST_PAGE:
        return RowProblem(f"The page is larger than {LARGEST_PAGE >> 20} MB.", 1)
    try:
        html, _ = decode_page(data)
    except NotText as error:
        return RowProblem(f"The page {error.reason.rstrip('.')}.", 1)
    root = page_tree(html)
    return RowProblem("The page is empty.", 1) if root is None else (data, html, root)


def _packed_page(file: BinaryIO) -> bytes | None:
    """The page in a self-extracting file: HTML with a zip archive in it."""
    try:
        with zipfile.ZipFile(file) as archive, archive.open("index.html") as page:
            return page.read(LARGEST_PAGE + 1)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError, zlib.error, EOFError):
        return None


def page_title(root: etree._Element) -> str:
    """The page's own title."""
    return line(next((title.text for title in root.iter("title") if title.text), ""))


def page_authors(root: etree._Element) -> list[str]:
    """The authors named in a page's head."""
    return [
        name for name in (line(meta.get("content")) for meta in root.iter("meta") if _named(meta, "author")) if name
    ]


def canonical_address(root: etree._Element) -> str:
    """The page's canonical address; empty if it gives none."""
    links = [link.get("href") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    links += [meta.get("content") for meta in root.iter("meta") if _named(meta, "og:url")]
    return next(filter(None, map(address, links)), "")


def _named(meta: etree._Element, name: str) -> bool:
    return (meta.get("name") or meta.get("property") or "").lower() == name


def _saved(written: str) -> datetime | None:
    """A date in JavaScript's format: Sat Apr 08 2023 11:15:30 GMT+0200 (Central European Summer Time)."""
    match = _JAVASCRIPT_DATE.match(written)
    if match is None:
        found = moment(written)
        return found if isinstance(found, datetime) else None
    east = timedelta(hours=int(match[3] or 0), minutes=int(match[4] or 0))
    try:
        local = datetime.strptime(match[1], "%b %d %Y %H:%M:%S")  # noqa: DTZ007 - the zone follows
        return local.replace(tzinfo=timezone(-east if match[2] == "-" else east)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _colour(mark: Mark) -> str:
    found = (_COLOUR.search(element.get("class") or "") for element in mark.elements)
    return next((match[1] for match in found if match), "")


def _notes(root: etree._Element) -> Iterator[str]:
    """The sticky notes on a page: each is a text field in a template."""
    for note in root.iter(_NOTES):
        fields = [text("".join(map(str, field.itertext()))) for field in note.iter("textarea")]
        if words := "\n\n".join(filter(None, fields)) or words_of(note):
            yield words


FORMATS = (Format("a page saved with SingleFile", _recognises, _read),)
