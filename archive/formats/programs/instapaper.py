"""Instapaper: a CSV file of links, without highlights or texts."""

from __future__ import annotations

import json
from collections.abc import Iterator

from archive.formats.programs.folders import folder_path
from archive.formats.recognising import Format, Signs
from archive.formats.saved import RowProblem, SavedArticle
from archive.formats.source import Source
from archive.formats.table_rows import table_rows
from archive.formats.values import address, line, moment, names, split

_READ = {"unread": False, "archive": True, "archived": True}
_STARRED = ("starred", "liked")  # a separate folder, which hides whether it was read


def _recognises(signs: Signs) -> bool:
    return signs.has_columns("url", "title", "selection", "folder")


def _read(source: Source) -> Iterator[SavedArticle | RowProblem]:
    for row in table_rows(source):
        if isinstance(row, RowProblem):
            yield row
            continue
        url = address(row.get("url"))
        if not url:
            yield RowProblem(_no_address(row.get("url"), row.get("title")), row.number, row.line)
            continue
        folder = row.get("folder")
        state = folder.casefold()
        is_state = state in _READ or state in _STARRED
        yield SavedArticle(
            url=url,
            title=line(row.get("title")),
            # The selection when saving, or the page's description: they cannot be told apart.
            description=row.get("selection"),
            saved=moment(row.get("timestamp")),
            tags=_tags(row.get("tags")),
            read=_READ.get(state),
            starred=state in _STARRED if folder else None,
            collections=[folder_path([folder])] if folder and not is_state else [],
            metadata=dict(row.cells),
            row=row.number,
        )


def _no_address(written: str, title: str) -> str:
    if written.startswith("instapaper-private:"):
        return f"“{title}” was sent to Instapaper by email and is not a web page."
    return "The row has no web address."


def _tags(written: str) -> list[str]:
    try:
        return names(json.loads(written))
    except (ValueError, RecursionError):
        return split(written.strip("[]").replace('"', ""))


FORMATS = (Format("an Instapaper export", _recognises, _read),)
