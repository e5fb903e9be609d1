"""Matter: a CSV file of what was read, and in its zip the texts as HTML. Highlights are counted but not included."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from archive.formats.recognising import Format, Signs
from archive.formats.saved import Content, RowProblem, SavedArticle
from archive.formats.source import Source
from archive.formats.table_rows import rows_of_pages
from archive.formats.values import line, moment, number, split, truth

LARGEST_TEXT = 20 * 1024 * 1024  # bytes


def _recognises(signs: Signs) -> bool:
    return signs.has_columns("title", "url", "in queue", "read") and (
        signs.has_columns("last interaction date") or signs.has_columns("highlight count")
    )


def _read(source: Source) -> Iterator[SavedArticle | RowProblem]:
    for found in rows_of_pages(source, "url"):
        if isinstance(found, RowProblem):
            yield found
            continue
        row, url = found
        content, problem = _content(source, row.get("file id"))
        if problem:
            yield RowProblem(problem, row.number, row.line, left_out=False)
        if count := number(row.get("highlight count")):
            message = f"Matter counts {count:,.0f} highlights there, but its export does not contain them."
            yield RowProblem(message, row.number, row.line, left_out=False)
        author = line(row.get("author"))
        yield SavedArticle(
            url=url,
            title=line(row.get("title")),
            authors=[author] if author else [],
            publication=line(row.get("publisher")),
            saved=_in_utc(moment(row.get("last interaction date"))),  # there is no better date
            content=content,
            tags=split(row.get("tags"), ";"),
            read=truth(row.get("read")),
            starred=truth(row.get("favorited")),
            metadata=dict(row.cells),
            row=row.number,
        )


def _in_utc(found: datetime | date | None) -> datetime | date | None:
    return found.replace(tzinfo=UTC) if isinstance(found, datetime) and found.tzinfo is None else found


def _content(source: Source, file_id: str) -> tuple[Content | None, str]:
    """The text of a row that names a file, and a message if it is not available."""
    if not file_id:
        return None, ""
    for name in (f"{file_id}.html", file_id, f"{file_id}.htm"):
        if text := source.beside(name):
            try:
                with text.open() as file:
                    data = file.read(LARGEST_TEXT + 1)
            except OSError as error:
                return None, f"Its text in {name} cannot be read: {error.strerror}."
            if len(data) > LARGEST_TEXT:
                return None, f"Its text in {name} is larger than {LARGEST_TEXT >> 20} MB and was left out."
            return Content(data, "fragment", text.path), ""
    return None, ""


FORMATS = (Format("a Matter export", _recognises, _read),)
