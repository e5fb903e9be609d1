"""Raindrop.io: a CSV file of links with notes and highlights."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.formats.programs.folders import folder_path
from archive.formats.recognising import Format, Signs
from archive.formats.saved import RowProblem, SavedArticle, SavedHighlight, SavedNote
from archive.formats.source import Source
from archive.formats.table_rows import rows_of_pages
from archive.formats.values import address, line, moment, split, truth

_NO_FOLDER = ("unsorted", "")
_LABEL = re.compile(r"(highlight|note)\s*:\s*", re.IGNORECASE)


def _recognises(signs: Signs) -> bool:
    return signs.has_columns("title", "url", "folder", "created", "cover") or (
        signs.has_columns("title", "url", "folder", "created", "excerpt")
    )


def _read(source: Source) -> Iterator[SavedArticle | RowProblem]:
    for found in rows_of_pages(source, "url", "link"):
        if isinstance(found, RowProblem):
            yield found
            continue
        row, url = found
        folder = row.get("folder")
        note = row.get("note")
        yield SavedArticle(
            url=url,
            title=line(row.get("title")),
            description=row.get("excerpt"),
            image=address(row.get("cover")),
            saved=moment(row.get("created")),
            tags=split(row.get("tags")),
            starred=truth(row.get("favorite")),
            collections=[] if folder.casefold() in _NO_FOLDER else [folder_path(folder.split("/"))],
            notes=[SavedNote(note)] if note else [],
            highlights=_highlights(row.get("highlights")),
            metadata=dict(row.cells),
            row=row.number,
        )


def _highlights(cell: str) -> list[SavedHighlight]:
    """The highlights in a cell: after labels, each followed by a note, over several lines; or one per line."""
    found: list[SavedHighlight] = []
    is_note = False
    has_labels = bool(_LABEL.match(cell))
    for written in cell.splitlines():
        label = _LABEL.match(written)
        words = written[label.end() :] if label else written
        if label is None and has_labels:  # continues the previous line
            if is_note:
                found[-1].note += f"\n{words}"
            elif found:
                found[-1].quote += f"\n{words}"
        elif label and label[1].casefold() == "note":
            is_note = True
            if not found:
                found.append(SavedHighlight(""))
            found[-1].note = "\n".join(filter(None, (found[-1].note, words)))
        else:
            is_note = False
            found.append(SavedHighlight(words))
    for each in found:
        each.quote, each.note = each.quote.strip(), each.note.strip()
    return [each for each in found if each.quote or each.note]


FORMATS = (Format("a Raindrop export", _recognises, _read),)
