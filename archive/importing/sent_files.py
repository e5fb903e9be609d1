"""The files of a page that was sent: its text, and beside it what the sender said about it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from django.utils import timezone

from archive.formats.decoding import kind_of_binary
from archive.formats.programs.sent_page import SentPage, packed
from archive.formats.registry import recognise
from archive.formats.source import Source
from archive.importing.fetching import fetch
from archive.importing.file_names import fitting_name
from archive.importing.saved_records import title_of_address

LARGEST_PAGE = 20 * 1024 * 1024  # bytes of a fetched page


class NoPage(ValueError):
    """What was sent as a web page is not one."""


def store_page(folder: Path, page: SentPage) -> str:
    """Store what is known about a page; returns the name of the file to import.

    It is named after the page's address: sent again, it is the same file with new content.
    """
    name = fitting_name(f"{_stem(page)}.json")
    (folder / name).write_bytes(packed(replace(page, day=timezone.localdate().isoformat())))
    return name


def store_text(folder: Path, page: SentPage, text: str, kind: str) -> str:
    """The same with a text: `markdown`, or HTML, either a whole `page` or a `fragment` that is the article."""
    name = fitting_name(f"{_stem(page)}{'.md' if kind == 'markdown' else '.html'}")
    (folder / name).write_bytes(text.encode("utf-8", "replace"))
    return store_page(folder, replace(page, file=name, kind=kind))


def store_html(body: Path, page: SentPage) -> str:
    """The same for a file that is a whole web page; one saved by a program states its own address.

    Raises NoPage.
    """
    with body.open("rb") as file:
        head = file.read(4096)
    if kind_of_binary(head) or head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] != b"<":
        raise NoPage("This is not a web page.")
    is_known = not (page.tags or page.quote or page.note) and recognise(Source(body.parent, body.name)) is not None
    name = renamed(body, f"{_stem(page)}.html")
    return name if is_known else store_page(body.parent, replace(page, file=name, kind="page"))


def renamed(body: Path, name: str) -> str:
    """Rename a file within its folder."""
    name = fitting_name(name.replace("/", "-"))
    body.rename(body.parent / name)
    return name


def _stem(page: SentPage) -> str:
    """A file name for a page, which never begins with a dot."""
    shown = title_of_address(page.url) or page.title or "page"
    return shown.replace("/", "-").replace("\0", "").strip(". ")[:150] or "page"


def fetch_page(folder: Path, page: SentPage) -> str:
    """The same with the text fetched from the page's address. Raises FetchRefused and NoPage; nothing is stored
    then."""
    body = folder / "body"
    body.write_bytes(fetch(page.url, most_bytes=LARGEST_PAGE, accept="text/html, application/xhtml+xml").data)
    return store_html(body, page)
