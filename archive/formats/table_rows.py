"""Reads CSV files row by row, with any delimiter and column order."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.formats.saved import RowProblem
from archive.formats.source import Source
from archive.formats.values import address

LONGEST_CELL = 64 * 1024 * 1024  # code points: it may be the text of a whole article
_DELIMITERS = ",;\t|"
_SEPARATOR_LINE = re.compile(r"sep=(.)\s*$", re.IGNORECASE)  # for spreadsheets, above the column names

csv.field_size_limit(LONGEST_CELL)


@dataclass(frozen=True, slots=True)
class Row:
    """A row by column name (`column_name`): its number, from 1 below the names, and its line."""

    number: int
    line: int
    cells: dict[str, str]

    def get(self, *names: str) -> str:
        """The first of these columns that is not empty, stripped of white space; empty if none."""
        return next(filter(None, (self.cells.get(name, "").strip() for name in names)), "")


def column_name(written: str) -> str:
    """A column's name as programs agree on it: `Highlight_Count` and `highlight count` are the same."""
    return re.sub(r"[\s_]+", " ", written.strip().strip("\ufeff\"'").casefold()).strip()


def column_names(source: Source) -> frozenset[str]:
    """The column names of a file, if it may be a table; empty if not."""
    found = _layout(source.head_text)
    return frozenset(found[1]) if found else frozenset()


def table_rows(source: Source) -> Iterator[Row | RowProblem]:
    """The rows that are not empty, as the file is read. A truncated row is reported as a problem and skipped: half an
    address is a different page. Raises OSError."""
    layout = _layout(source.head_text)
    if layout is None:
        yield RowProblem("The file has no names of columns on its first line.")
        return
    delimiter, names, skipped = layout
    lines = _Lines(source.lines())
    for _ in range(skipped):
        next(lines, None)
    rows = csv.reader(lines, delimiter=delimiter)
    previous: Row | None = None
    is_short = False
    number, begins = 0, lines.number + 1
    while True:
        try:
            cells = next(rows, None)
        except csv.Error as error:
            number += 1
            yield RowProblem(f"The row cannot be read ({error}).", number, begins)
            begins = lines.number + 1
            continue
        if cells is None:
            break
        if previous is not None:
            yield previous
            previous = None
        if any(cell.strip() for cell in cells):
            number += 1
            filled = dict(zip(names, cells, strict=False))
            previous = Row(number, begins, filled)
            is_short = len(cells) < len(names)
        begins = lines.number + 1
    if previous is None:
        return
    if lines.is_within_quotes or (is_short and not lines.ends_with_newline):
        yield RowProblem("The file is cut off in this row.", previous.number, previous.line)
    else:
        yield previous


def rows_of_pages(source: Source, *columns: str) -> Iterator[tuple[Row, str] | RowProblem]:
    """Each row with the web address from the first of these columns that has one; a row without one is a problem.
    Raises OSError."""
    for row in table_rows(source):
        if isinstance(row, RowProblem):
            yield row
        elif url := address(row.get(*columns)):
            yield row, url
        else:
            yield RowProblem("The row has no web address.", row.number, row.line)


def _layout(text: str) -> tuple[str, list[str], int] | None:
    """The delimiter, the column names, and the number of lines down to them. None if it is not a table."""
    skipped = 0
    for line in text.split("\n")[:5]:
        skipped += 1
        if _SEPARATOR_LINE.match(line):
            continue
        if line.strip():
            break
    else:
        return None
    if len(line) > 4_000 or line.lstrip()[:1] in ("<", "{", "[", "#"):
        return None
    best: list[str] = []
    chosen = ","
    for delimiter in _DELIMITERS:
        try:
            names = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            continue
        if len(names) > len(best):
            best, chosen = names, delimiter
    return (chosen, [column_name(name) for name in best], skipped) if len(best) > 1 else None


class _Lines:
    """Lines on their way into the CSV reader, recording what it does not say: whether the file ended within quotes."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._quotes = 0
        self.number = 0
        self.ends_with_newline = True

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        self._quotes += line.count('"')
        self.ends_with_newline = line.endswith(("\n", "\r"))
        return line.replace("\0", "")

    @property
    def is_within_quotes(self) -> bool:
        return self._quotes % 2 == 1
