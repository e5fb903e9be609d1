"""Linkwarden: the JSON backup of a person's links in collections. It omits texts and highlights."""

from __future__ import annotations

from collections.abc import Iterator

from archive.formats.json_entries import json_entries, json_events
from archive.formats.programs.folders import Folder, path_of
from archive.formats.recognising import Format, Signs
from archive.formats.saved import RowProblem, SavedArticle
from archive.formats.source import Source
from archive.formats.values import address, line, moment, names, text


def _recognises(signs: Signs) -> bool:
    return signs.has_keys("collections.item.links")


def _read(source: Source) -> Iterator[SavedArticle | RowProblem]:
    collections, pinned = _collections_and_pinned(source)
    for entry in json_entries(source, "collections.item.links.item"):
        if isinstance(entry, RowProblem):
            yield entry
            continue
        number, link = entry
        url = address(link.get("url"))
        if not url:
            title = line(link.get("name"))
            yield RowProblem(f"“{title}” has no web address." if title else "The link has no web address.", number)
            continue
        path = path_of(text(link.get("collectionId")), collections)
        yield SavedArticle(
            url=url,
            title=line(link.get("name")),
            description=text(link.get("description")),
            # If set, the link was saved elsewhere before it came to Linkwarden.
            saved=moment(link.get("importDate")) or moment(link.get("createdAt")),
            tags=names(link.get("tags")),
            starred=text(link.get("id")) in pinned,
            collections=[path] if path else [],
            metadata=link,
            row=number,
        )


def _collections_and_pinned(source: Source) -> tuple[dict[str, Folder], set[str]]:
    """The collections by id, and the ids of pinned links, without the links, of which there may be many."""
    collections: dict[str, Folder] = {}
    pinned: set[str] = set()
    said: dict[str, str] = {}
    for prefix, event, value in json_events(source):
        if prefix.startswith("collections.item.") and prefix.count(".") == 2:
            said[prefix.rpartition(".")[2]] = text(value)
        elif prefix == "collections.item" and event == "end_map":
            collections[said.get("id", "")] = Folder(line(said.get("name")), said.get("parentId"))
            said = {}
        elif prefix == "pinnedLinks.item.id":
            pinned.add(text(value))
    return collections, pinned


FORMATS = (Format("a Linkwarden backup", _recognises, _read),)
