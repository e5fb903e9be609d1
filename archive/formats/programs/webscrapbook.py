"""WebScrapBook: whole pages in one HTML file, with highlights and sticky notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from lxml import etree

from archive.formats.programs.marked_html import Mark, text_and_marks, words_of
from archive.formats.programs.singlefile import canonical_address, page_authors, page_title, read_page
from archive.formats.recognising import Format, Signs
from archive.formats.saved import Content, RowProblem, SavedArticle, SavedHighlight, SavedNote
from archive.formats.source import Source
from archive.formats.values import address, line, text

_RECOGNISED = re.compile(r"<html\s[^<>]{0,20000}\sdata-scrapbook-(?:source|create)\s*=", re.IGNORECASE)
_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*(#[0-9a-f]{3,8}|[a-z]+)", re.IGNORECASE)
_TIME = re.compile(r"\d{14}(?:\d{3})?")  # yyyymmddHHMMSSmmm in UTC
_STICKY = "scrapbook-sticky"


def _recognises(signs: Signs) -> bool:
    return signs.is_html and bool(_RECOGNISED.search(signs.text))


def _read(source: Source) -> Iterator[SavedArticle | RowProblem]:
    page = read_page(source)
    if isinstance(page, RowProblem):
        yield page
        return
    data, _, root = page
    url = address(root.get("data-scrapbook-source")) or canonical_address(root)
    if not url:
        yield RowProblem("The page does not say which address it was saved from.", 1, left_out=False)
    _, marks = text_and_marks(root, _mark_of, [_STICKY])
    yield SavedArticle(
        url=url,
        title=line(root.get("data-scrapbook-title")) or page_title(root),
        authors=page_authors(root),
        saved=_time(root.get("data-scrapbook-create")),
        content=Content(data, "page", source.path),
        highlights=[_highlight(mark) for mark in marks],
        notes=list(_notes(root)),
        row=1,
    )


def _mark_of(element: etree._Element) -> str | None:
    if element.get("data-scrapbook-elem") == "linemarker" or element.tag == "scrapbook-linemarker":
        # Older files have no marker ids: each marker is separate.
        return element.get("data-scrapbook-id") or f"{element.sourceline}/{id(element)}"
    return None


def _highlight(mark: Mark) -> SavedHighlight:
    first = mark.elements[0]
    colour = _BACKGROUND.search(first.get("style") or "")
    return SavedHighlight(
        mark.quote,
        note=next(filter(None, (text(element.get("title")) for element in mark.elements)), ""),
        colour=colour[1] if colour else "",
        prefix=mark.prefix,
        suffix=mark.suffix,
        created=_time(first.get("data-scrapbook-id")),
        position=mark.start,
    )


def _notes(root: etree._Element) -> Iterator[SavedNote]:
    for note in root.iter():
        is_sticky = note.tag == _STICKY or note.get("data-scrapbook-elem") == "sticky"
        if is_sticky and (words := words_of(note)):
            yield SavedNote(words, created=_time(note.get("data-scrapbook-id")))


def _time(written: str | None) -> datetime | None:
    if not written or not _TIME.fullmatch(written):
        return None
    try:
        return datetime.strptime(written.ljust(17, "0") + "000", "%Y%m%d%H%M%S%f").replace(tzinfo=UTC)
    except ValueError:
        return None


FORMATS = (Format("a page saved with WebScrapBook", _recognises, _read),)
