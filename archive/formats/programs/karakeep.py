"""Karakeep, formerly Hoarder: a JSON file of bookmarks and their lists, without texts or highlights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.formats.json_entries import json_entries
from archive.formats.programs.folders import Folder, path_of
from archive.formats.recognising import Format, Signs
from archive.formats.saved import RowProblem, SavedArticle, SavedNote
from archive.formats.source import Source
from archive.formats.values import address, distinct, line, moment, names, text, truth


def _recognises(signs: Signs) -> bool:
    return signs.has_keys("bookmarks.item.content") and (
        signs.has_keys("bookmarks.item.createdAt") or signs.has_keys("bookmarks.item.content.type")
    )


def _read(source: Source) -> Iterator[SavedArticle | RowProblem]:
    lists = _lists(source)
    for entry in json_entries(source, "bookmarks.item"):
        if isinstance(entry, RowProblem):
            yield entry
            continue
        number, bookmark = entry
        content = bookmark.get("content")
        content = content if isinstance(content, dict) else {}
        url = address(content.get("url")) or address(bookmark.get("url"))
        if not url:
            yield RowProblem(_no_address(bookmark, content), number)
            continue
        note = text(bookmark.get("note"))
        yield SavedArticle(
            url=url,
            title=line(bookmark.get("title")),
            description=text(bookmark.get("summary")),
            saved=moment(bookmark.get("createdAt")),
            tags=names(bookmark.get("tags")),
            read=truth(bookmark.get("archived")),
            starred=truth(bookmark.get("favourited")),
            collections=_collections(bookmark.get("lists"), lists),
            notes=[SavedNote(note)] if note else [],
            metadata=bookmark,
            row=number,
        )


def _lists(source: Source) -> dict[str, Folder]:
    """The lists by id; they come after the bookmarks."""
    found = (entry[1] for entry in json_entries(source, "lists.item") if not isinstance(entry, RowProblem))
    return {text(each.get("id")): Folder(line(each.get("name")), text(each.get("parentId"))) for each in found}


def _collections(ids: Any, lists: dict[str, Folder]) -> list[str]:
    return distinct(path_of(text(each), lists) for each in ids) if isinstance(ids, list) else []


def _no_address(bookmark: dict[str, Any], content: dict[str, Any]) -> str:
    words = line(bookmark.get("title")) or line(content.get("text")) or line(content.get("fileName"))
    what = f"“{words[:80]}”" if words else "The bookmark"
    return f"{what} has no web address."


FORMATS = (Format("a Karakeep export", _recognises, _read),)
