"""KOReader: the JSON file written by its exporter, for one book or all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.formats.json_entries import json_entries
from archive.formats.recognising import Format, Signs
from archive.formats.saved import RowProblem, SavedArticle, SavedHighlight, SavedNote
from archive.formats.source import Source
from archive.formats.values import line, number, objects, text, time_of


def _is_of_all(signs: Signs) -> bool:
    return signs.has_keys("documents.item.entries") or signs.has_keys("documents", "created_on", "version")


def _is_of_one(signs: Signs) -> bool:
    return signs.has_keys("title", "entries.item.text") and signs.keys.isdisjoint(["url", "item"])


def _read_all(source: Source) -> Iterator[SavedArticle | RowProblem]:
    return _read(source, "documents.item")


def _read_one(source: Source) -> Iterator[SavedArticle | RowProblem]:
    return _read(source, "")


def _read(source: Source, prefix: str) -> Iterator[SavedArticle | RowProblem]:
    for entry in json_entries(source, prefix):
        if isinstance(entry, RowProblem):
            yield entry
            continue
        row, book = entry
        title = line(book.get("title")) or line(book.get("file")).rpartition("/")[2]
        if not title:
            yield RowProblem("The book has no title and no file.", row)
            continue
        author = line(book.get("author"))
        entries = objects(book.get("entries"))
        yield SavedArticle(
            title=title,
            authors=[author] if author else [],
            highlights=[_highlight(each) for each in entries if text(each.get("text"))],
            notes=[
                SavedNote(text(each.get("note")), created=time_of(each.get("time")))
                for each in entries
                if text(each.get("note")) and not text(each.get("text"))
            ],
            metadata={key: value for key, value in book.items() if key != "entries"},
            row=row,
        )


def _highlight(entry: dict[str, Any]) -> SavedHighlight:
    return SavedHighlight(
        text(entry.get("text")),
        note=text(entry.get("note")),
        colour=text(entry.get("color")),
        created=time_of(entry.get("time")),
        position=number(entry.get("page")),
    )


FORMATS = (
    Format("highlights from KOReader", _is_of_all, _read_all),
    Format("highlights from KOReader", _is_of_one, _read_one),
)
