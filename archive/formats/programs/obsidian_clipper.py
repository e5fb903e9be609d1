"""Obsidian Web Clipper: highlights exported by its browser extension as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.formats.json_entries import json_entries
from archive.formats.programs.marked_html import block_text
from archive.formats.recognising import Format, Signs
from archive.formats.saved import RowProblem, SavedArticle, SavedHighlight
from archive.formats.source import Source
from archive.formats.values import address, line, objects, text, time_of


def _recognises(signs: Signs) -> bool:
    has_passages = signs.has_keys("item.highlights.item.text") or signs.has_keys("item.data.item.content")
    return signs.has_keys("item.url") and has_passages and not signs.has_keys("item.id")


def _read(source: Source) -> Iterator[SavedArticle | RowProblem]:
    for entry in json_entries(source, "item"):
        if isinstance(entry, RowProblem):
            yield entry
            continue
        row, page = entry
        url = address(page.get("url"))
        if not url:
            yield RowProblem("The entry has no web address.", row)
            continue
        yield SavedArticle(url=url, title=line(page.get("title")), highlights=_highlights(page), row=row)


def _highlights(page: dict[str, Any]) -> list[SavedHighlight]:
    """The passages with their context, which is in the second list, whose entries have the time as id. Grouped passages
    are one entry in the first list."""
    around = {time_of(each.get("id")): each.get("textQuote") for each in objects(page.get("data"))}
    found = []
    for each in objects(page.get("highlights")) or [_shortened(each) for each in objects(page.get("data"))]:
        created = time_of(each.get("timestamp"))
        beside = around.get(created)
        beside = beside if isinstance(beside, dict) else {}
        quote, note = _words(each.get("text")), _note(each.get("notes"))
        if quote or note:
            found.append(
                SavedHighlight(
                    quote,
                    note=note,
                    created=created,
                    prefix=text(beside.get("prefix")),
                    suffix=text(beside.get("suffix")),
                )
            )
    return found


def _shortened(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry of the second list, in the form of the first."""
    return {"text": entry.get("content"), "timestamp": entry.get("id"), "notes": entry.get("notes")}


def _words(html: Any) -> str:
    """The words of a selection, which is HTML."""
    written = text(html)
    return block_text(written) if "<" in written or "&" in written else written


def _note(notes: Any) -> str:
    items = notes if isinstance(notes, list) else [notes]
    return "\n\n".join(filter(None, (text(note.get("text") if isinstance(note, dict) else note) for note in items)))


FORMATS = (Format("highlights from Obsidian Web Clipper", _recognises, _read),)
