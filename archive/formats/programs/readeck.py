"""Readeck: the backup of its database and its list of bookmarks. Its Markdown files are read as articles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from archive.formats.decoding import NotText
from archive.formats.html_places import Places
from archive.formats.html_text import decode_page
from archive.formats.json_entries import json_entries, json_object
from archive.formats.recognising import Format, Signs
from archive.formats.saved import Content, RowProblem, SavedArticle, SavedHighlight
from archive.formats.source import Source
from archive.formats.table_rows import rows_of_pages
from archive.formats.values import address, day, line, moment, names, objects, share, split, text, time_of, truth


def _is_backup(signs: Signs) -> bool:
    return signs.has_keys("Info.ReadeckVersion") or signs.has_keys("Info.Version", "Bookmarks.item.UID")


def _is_bookmark(signs: Signs) -> bool:
    return signs.has_keys("UID", "URL", "IsArchived") or signs.has_keys("URL", "Title", "IsMarked", "ReadProgress")


def _read_backup(source: Source) -> Iterator[SavedArticle | RowProblem]:
    """The bookmark list names a folder for each; they are read from there, even if other parts are missing."""
    seen: set[str] = set()
    for entry in json_entries(source, "Bookmarks.item"):
        if isinstance(entry, RowProblem):
            yield entry
            continue
        number, listed = entry
        uid = text(listed.get("UID"))
        bookmark = source.beside(f"bookmarks/{uid}/info.json") if uid else None
        if uid in seen:
            continue
        seen.add(uid)
        if bookmark is None:
            yield RowProblem("The backup has no file for this bookmark.", number, file=f"bookmarks/{uid}/info.json")
            continue
        for found in _read_bookmark(bookmark):
            yield _numbered(found, number, bookmark)
    below = source.full_path.parent / "bookmarks"
    unlisted = [path for path in sorted(below.glob("*/info.json")) if path.parent.name not in seen]
    for number, path in enumerate(unlisted, len(seen) + 1):
        bookmark = Source(source.folder, path.relative_to(source.folder).as_posix())
        for found in _read_bookmark(bookmark):
            yield _numbered(found, number, bookmark)


def _numbered(found: SavedArticle | RowProblem, number: int, bookmark: Source) -> SavedArticle | RowProblem:
    if isinstance(found, RowProblem):
        return RowProblem(found.message, number, left_out=found.left_out, file=bookmark.path)
    found.row = number
    return found


def _read_bookmark(source: Source) -> Iterator[SavedArticle | RowProblem]:
    try:
        said = json_object(source)
    except (ValueError, OSError) as error:
        yield RowProblem(f"The bookmark cannot be read ({error}).")
        return
    url = address(said.get("URL")) or address(said.get("InitialURL")) if isinstance(said, dict) else ""
    if not url:
        yield RowProblem("The bookmark has no web address.")
        return
    site = line(said.get("SiteName"))
    page = source.beside("container/index.html")
    try:
        data = page.read() if page is not None else b""
    except OSError as error:
        yield RowProblem(f"Its text cannot be read: {error.strerror}.", left_out=0)
        data = b""
    content = Content(data, "fragment", page.path) if page is not None and data.strip() else None
    yield SavedArticle(
        url=url,
        title=line(said.get("Title")),
        authors=names(said.get("Authors") or []),
        publication=site if site != line(said.get("Domain")) else "",
        published=day(said.get("Published")),
        saved=moment(said.get("Created")),
        language=text(said.get("Lang")),
        description=line(said.get("Description")),
        content=content,
        tags=names(said.get("Labels") or []),
        read=truth(said.get("IsArchived")),
        starred=truth(said.get("IsMarked")),
        progress=share(said.get("ReadProgress"), of=100),
        highlights=_highlights(objects(said.get("Annotations")), data),
        metadata={key: value for key, value in said.items() if key != "Text"},
        row=1,
    )


def _highlights(said: list[dict[str, Any]], data: bytes) -> list[SavedHighlight]:
    try:
        page = decode_page(data)[0] if said and data else ""
    except NotText:
        page = ""
    places = Places(page)
    return [_highlight(each, places) for each in said]


def _highlight(said: dict[str, Any], places: Places) -> SavedHighlight:
    start = text(said.get("start_selector")), text(said.get("start_offset"))
    end = text(said.get("end_selector")), text(said.get("end_offset"))
    prefix, suffix = places.around(start, end)
    return SavedHighlight(
        text(said.get("text")),
        note=text(said.get("note")),
        colour=text(said.get("color")),
        prefix=prefix,
        suffix=suffix,
        created=time_of(said.get("created")),
    )


def _is_csv(signs: Signs) -> bool:
    return signs.has_columns("url", "labels") and bool(signs.columns & {"is archived", "is marked", "created"})


def _read_csv(source: Source) -> Iterator[SavedArticle | RowProblem]:
    for found in rows_of_pages(source, "url"):
        if isinstance(found, RowProblem):
            yield found
            continue
        row, url = found
        yield SavedArticle(
            url=url,
            title=line(row.get("title")),
            saved=moment(row.get("created")),
            tags=_labels(row.get("labels")),
            read=truth(row.get("is archived")),
            starred=truth(row.get("is marked")),
            metadata=dict(row.cells),
            row=row.number,
        )


def _labels(written: str) -> list[str]:
    try:
        return names(json.loads(written) or [])
    except (ValueError, RecursionError):
        return split(written)


FORMATS = (
    Format("a Readeck backup", _is_backup, _read_backup, folders=("bookmarks",)),
    Format("a Readeck bookmark", _is_bookmark, _read_bookmark, folders=("container",)),
    Format("bookmarks from Readeck (CSV)", _is_csv, _read_csv),
)
