"""GitHub's tables: a line of headers, a line of dashes, and rows until a blank line or another block."""

import re

_COLUMN = r"[ \t]*:?-+:?[ \t]*"
_DELIMITER_ROW = re.compile(rf"\|?{_COLUMN}(?:\|{_COLUMN})*(?:\|[ \t]*)?$")
_CELL = re.compile(r"((?:[^\\|]|\\.)*)(?:\||$)", re.S)


def split_row(line: str) -> list[str]:
    """The cells of one row. `\\|` stands for a bar within a cell, even in code."""
    line = line.strip(" \t")
    if line.startswith("|"):
        line = line[1:]
    cells, at = [], 0
    while at < len(line):
        match = _CELL.match(line, at)
        if match is None:  # a lone backslash at the end of the row
            cells.append(line[at:])
            break
        cells.append(match.group(1))
        at = match.end()
    return [cell.replace("\\|", "|").strip(" \t") for cell in cells]


def fitted(cells: list[str], columns: int) -> list[str]:
    """The cells of a row, limited to the table's columns: GitHub drops surplus cells; here their text joins the last
    one."""
    if len(cells) <= columns:
        return cells
    return [*cells[: columns - 1], " | ".join(cells[columns - 1 :]).rstrip("| ")]


def column_alignments(line: str) -> tuple[str, ...] | None:
    """The alignment of each column ("", "left", "center", "right") if the line is a row of dashes, else None."""
    if not _DELIMITER_ROW.match(line):
        return None
    return tuple(
        {(True, True): "center", (True, False): "left", (False, True): "right"}.get((c[0] == ":", c[-1] == ":"), "")
        for c in split_row(line)
    )
