"""Zotero's web API: items as JSON, with attachments, and annotations of attachments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from archive.formats.json_entries import json_entries
from archive.formats.programs.zotero_notes import colour_name, read_note
from archive.formats.recognising import Format, Signs
from archive.formats.saved import RowProblem, SavedArticle, SavedHighlight, SavedNote
from archive.formats.source import Source
from archive.formats.values import address, day, distinct, line, moment, names, objects, text, time_of

_PARTS = ("attachment", "annotation", "note")
_PUBLICATIONS = (
    *("publicationTitle", "websiteTitle", "blogTitle", "forumTitle", "bookTitle", "proceedingsTitle", "publisher"),
)


def _recognises(signs: Signs) -> bool:
    return signs.has_keys("item.key", "item.data", "item.data.itemType")


@dataclass(slots=True)
class _Parts:
    """Child entries by the key of their parent."""

    parents: dict[str, str] = field(default_factory=dict)  # by attachment
    attachments: dict[str, list[str]] = field(default_factory=dict)  # by item
    highlights: dict[str, list[tuple[str, SavedHighlight]]] = field(default_factory=dict)
    notes: dict[str, list[SavedNote]] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)  # keys of entries that can be articles


def _read(source: Source) -> Iterator[SavedArticle | RowProblem]:
    parts = _Parts()
    rows: dict[str, int] = {}
    for entry in json_entries(source, "item"):
        if not isinstance(entry, RowProblem):
            _gather(entry[1], parts, rows, entry[0])
    for entry in json_entries(source, "item"):
        if isinstance(entry, RowProblem):
            yield entry
        elif (data := _data(entry[1])) and _is_article(data):
            yield _article(data, parts, entry[0])
    for key, row in rows.items():
        if _article_of(key, parts) not in parts.keys:
            yield RowProblem("The annotation or note belongs to an item that is not in this file.", row)


def _data(entry: dict[str, Any]) -> dict[str, Any]:
    data = entry.get("data")
    return {"key": entry.get("key"), **data} if isinstance(data, dict) else {}


def _is_article(data: dict[str, Any]) -> bool:
    """Whether it is an item of its own: an attachment with a page's address can be one."""
    kind = text(data.get("itemType"))
    is_loose = kind == "attachment" and not text(data.get("parentItem"))
    return bool(kind and (kind not in _PARTS or is_loose) and (text(data.get("title")) or address(data.get("url"))))


def _gather(entry: dict[str, Any], parts: _Parts, rows: dict[str, int], row: int) -> None:
    data = _data(entry)
    key, parent, kind = (text(data.get(name)) for name in ("key", "parentItem", "itemType"))
    if _is_article(data):
        parts.keys.add(key)
    elif kind == "attachment":
        parts.parents[key] = parent
        parts.attachments.setdefault(parent, []).append(key)
    elif kind == "annotation":
        rows[parent] = row
        quote, note = text(data.get("annotationText")), text(data.get("annotationComment"))
        tags, created = names(data.get("tags"), "tag"), time_of(data.get("dateAdded"))
        if quote:
            updated = time_of(data.get("dateModified"))
            colour = colour_name(data.get("annotationColor"))
            highlight = SavedHighlight(
                quote, note, colour, tags, created=created, updated=updated if updated != created else None
            )
            order = text(data.get("annotationSortIndex"))
            parts.highlights.setdefault(parent, []).append((order, highlight))
        elif note:
            parts.notes.setdefault(parent, []).append(SavedNote(note, tags, created))
    elif kind == "note":
        rows[parent or key] = row
        passages, notes = read_note(text(data.get("note")))
        parts.notes.setdefault(parent, []).extend(notes)
        parts.highlights.setdefault(parent, []).extend(("", passage) for passage in passages)


def _article_of(key: str, parts: _Parts) -> str:
    return parts.parents.get(key, key)


def _article(data: dict[str, Any], parts: _Parts, row: int) -> SavedArticle:
    key = text(data.get("key"))
    keys = [key, *parts.attachments.get(key, ())]
    passages = [passage for each in keys for passage in parts.highlights.get(each, ())]
    highlights = [highlight for _, highlight in sorted(passages, key=lambda passage: passage[0])]
    for position, highlight in enumerate(highlights):
        highlight.position = float(position)
    return SavedArticle(
        url=address(data.get("url")) or _of_doi(data.get("DOI")),
        title=line(data.get("title")),
        authors=_authors(data.get("creators")),
        publication=next(filter(None, (line(data.get(name)) for name in _PUBLICATIONS)), ""),
        published=day(data.get("date")),
        saved=moment(data.get("accessDate")) or moment(data.get("dateAdded")),
        language=line(data.get("language")),
        description=text(data.get("abstractNote")),
        tags=names(data.get("tags"), "tag"),
        notes=[note for each in keys for note in parts.notes.get(each, ())],
        highlights=highlights,
        metadata=data,
        row=row,
    )


def _authors(creators: Any) -> list[str]:
    people = objects(creators)
    authors = [each for each in people if text(each.get("creatorType")) in ("author", "blogger", "")] or people
    return distinct(
        line(each.get("name")) or line(f"{text(each.get('firstName'))} {text(each.get('lastName'))}")
        for each in authors
    )


def _of_doi(value: Any) -> str:
    doi = text(value)
    return address(doi) or address(f"https://doi.org/{doi}") if doi else ""


FORMATS = (Format("items from Zotero's API", _recognises, _read),)
