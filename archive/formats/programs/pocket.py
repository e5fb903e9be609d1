"""Pocket: the zip from its last months (CSV files, highlights as JSON), and the older HTML export."""

from __future__ import annotations

from collections.abc import Iterator

from archive.formats.html_elements import elements
from archive.formats.json_entries import json_entries
from archive.formats.recognising import Format, Signs
from archive.formats.saved import RowProblem, SavedArticle, SavedHighlight
from archive.formats.source import Source
from archive.formats.table_rows import rows_of_pages
from archive.formats.values import address, line, moment, objects, split, text, time_of

_READ = {"archive": True, "archived": True, "read": True, "unread": False}


def _is_csv(signs: Signs) -> bool:
    return signs.has_columns("url", "time added", "status")


def _is_highlights(signs: Signs) -> bool:
    return signs.has_keys("item.url", "item.highlights", "item.highlights.item.quote") and not signs.has_keys("item.id")


def _is_page(signs: Signs) -> bool:
    return signs.is_html and ("<title>Pocket Export" in signs.text or 'time_added="' in signs.text)


def _read_csv(source: Source) -> Iterator[SavedArticle | RowProblem]:
    for found in rows_of_pages(source, "url"):
        if isinstance(found, RowProblem):
            yield found
            continue
        row, url = found
        yield SavedArticle(
            url=url,
            title=_title(row.get("title"), row.get("url")),
            saved=moment(row.get("time added")),
            tags=split(row.get("tags"), "|"),
            read=_READ.get(row.get("status").casefold()),
            metadata=dict(row.cells),
            row=row.number,
        )


def _read_highlights(source: Source) -> Iterator[SavedArticle | RowProblem]:
    for entry in json_entries(source, "item"):
        if isinstance(entry, RowProblem):
            yield entry
            continue
        number, page = entry
        url = address(page.get("url"))
        if not url:
            yield RowProblem("The entry has no web address.", number)
            continue
        yield SavedArticle(
            url=url,
            title=_title(page.get("title"), page.get("url")),
            highlights=[
                SavedHighlight(text(each.get("quote")), created=time_of(each.get("created_at")))
                for each in objects(page.get("highlights"))
            ],
            row=number,
        )


def _read_page(source: Source) -> Iterator[SavedArticle | RowProblem]:
    is_read: bool | None = None
    number = 0
    page = source.text()
    for element in elements(page, ("h1", "h2", "h3", "a")):
        if element.name != "a":
            heading = element.text.casefold()
            is_read = False if "unread" in heading else True if "read" in heading or "archive" in heading else is_read
        elif "time_added" in element.attributes:
            number += 1
            url = address(element.attributes.get("href"))
            if not url:
                yield RowProblem("The link has no web address.", number, element.line)
                continue
            yield SavedArticle(
                url=url,
                title=_title(element.text, element.attributes.get("href")),
                saved=moment(element.attributes["time_added"]),
                tags=split(element.attributes.get("tags")),
                read=is_read,
                metadata=dict(element.attributes),
                row=number,
            )
    if "</html" not in page[-200:].casefold():
        yield RowProblem("The file is cut off after this link.", number or None, left_out=0)


def _title(written: object, url: object) -> str:
    """The title; Pocket uses the address if it knows none."""
    title = line(written)
    return "" if title == line(url) else title


FORMATS = (
    Format("a Pocket export (CSV)", _is_csv, _read_csv),
    Format("highlights from Pocket", _is_highlights, _read_highlights),
    Format("a Pocket export (HTML)", _is_page, _read_page),
)
