"""A page sent to the archive: what the sender said about it, in our own JSON, with its text in a file next to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from archive.formats.decoding import NotText
from archive.formats.html_text import decode_page
from archive.formats.json_entries import json_object
from archive.formats.programs.marked_html import page_tree
from archive.formats.programs.singlefile import canonical_address, page_authors, page_title
from archive.formats.recognising import Format, Signs
from archive.formats.saved import Content, RowProblem, SavedArticle, SavedHighlight
from archive.formats.source import Source
from archive.formats.values import address, line, moment, names, text

_MARK = "commonplace_page"
_KINDS = ("page", "fragment", "markdown")


@dataclass(frozen=True, slots=True)
class SentPage:
    """What the sender said. `file` is the name of the text's file, `kind` as in `Content`; both are empty without a
    text.

    `quote` is a passage selected by the sender, `day` the day it was sent (ISO 8601).
    """

    url: str = ""
    title: str = ""
    tags: tuple[str, ...] = ()
    file: str = ""
    kind: str = ""
    quote: str = ""
    note: str = ""
    day: str = ""


def packed(page: SentPage) -> bytes:
    """The page as a file that this format recognises."""
    return json.dumps({_MARK: 1, **asdict(page)}, ensure_ascii=True, indent=1).encode()


def _recognises(signs: Signs) -> bool:
    return signs.has_keys(_MARK)


def _read(source: Source) -> Iterator[SavedArticle | RowProblem]:
    try:
        said = json_object(source)
    except ValueError as error:
        yield RowProblem(f"The file is not valid JSON ({error}).", 1)
        return
    content = _content(source, said)
    if isinstance(content, RowProblem):
        yield content
        return
    url, title, authors = address(said.get("url")), line(said.get("title")), []
    if content is not None and content.kind == "page" and not (url and title):
        found = _of_page(content.data)
        url, title, authors = url or found.url, title or found.title, found.authors
    quote, note = text(said.get("quote")), text(said.get("note"))
    yield SavedArticle(
        url=url,
        title=title,
        authors=authors,
        saved=moment(said.get("day")),
        content=content,
        tags=names(said.get("tags")),
        highlights=[SavedHighlight(quote, note)] if quote or note else [],
        row=1,
    )


def _content(source: Source, said: dict[str, Any]) -> Content | RowProblem | None:
    name, kind = text(said.get("file")), said.get("kind")
    if not name:
        return None
    beside = source.beside(name)
    if beside is None or kind not in _KINDS:
        return RowProblem(f"The text of the page, {name}, is not beside this file.", 1)
    return Content(beside.read(), kind, beside.path)


def _of_page(data: bytes) -> SavedArticle:
    """The metadata in a page."""
    try:
        root = page_tree(decode_page(data)[0])
    except NotText:
        root = None
    if root is None:
        return SavedArticle()
    return SavedArticle(url=canonical_address(root), title=page_title(root), authors=page_authors(root))


FORMATS = (Format("a page sent to the archive", _recognises, _read),)
