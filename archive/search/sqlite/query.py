"""SQL that reads what a selection finds. Every query on SQLite is made of this."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db import connection

from archive.search.sqlite.match import WORD_COUNT, Selection
from archive.search.sqlite.tables import INDEX

MOST_LOOKED_UP = 50_000  # documents that are gathered by a condition before the index is asked


def rows(sql: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def source(selection: Selection, *, with_documents: bool, beside: str = "") -> tuple[str, str, list[Any]]:
    """FROM, with what stands `beside` the index, and WHERE of a selection that has no alternatives; the name of the
    position in it; and the values for its placeholders.
    """
    is_indexed = bool(selection.match)
    position = f"{INDEX}.rowid" if is_indexed else "document.position"
    is_set = is_indexed and selection.where == WORD_COUNT and _are_few(selection)
    if not is_indexed:
        tables = "FROM search_document AS document"
    elif with_documents or (selection.where and not is_set):
        # CROSS JOIN keeps SQLite from starting with the documents, which all but loses the index.
        tables = f"FROM {INDEX} CROSS JOIN search_document AS document ON document.position = {INDEX}.rowid"
    else:
        tables = f"FROM {INDEX}"
    conditions: list[str] = []
    values: list[Any] = []
    if selection.bounds_positions:
        conditions.append(f"{position} BETWEEN %s AND %s")
        values += [selection.low, selection.high]
    if is_indexed:
        conditions.append(f"{INDEX} MATCH %s")
        values.append(selection.match)
    if selection.where and is_set:
        # FTS5 would take each of them for a search of its own if it saw what is asked of the rowid.
        few = f"SELECT document.position FROM search_document AS document WHERE {selection.where}"
        conditions.append(f"+{position} IN ({few})")
    elif selection.where:
        conditions.append(selection.where)
    return f"{tables}{beside} WHERE {' AND '.join(conditions) or 'true'}", position, [*values, *selection.values]


def newest(selection: Selection, at_most: int) -> tuple[str, list[Any]]:
    """SQL that reads the `position` of the newest of a selection, the highest first, and its values."""
    if selection.alternatives:
        parts = [newest(part, at_most) for part in selection.alternatives]
        found = f"FROM ({' UNION '.join(f'SELECT * FROM ({sql})' for sql, _ in parts)})"
        position, values = "position", list(chain.from_iterable(values for _, values in parts))
    else:
        found, position, values = source(selection, with_documents=False)
    return f"SELECT {position} AS position {found} ORDER BY {position} DESC LIMIT %s", [*values, at_most]


def count(selection: Selection, at_most: int) -> int:
    if selection.is_everything:
        return int(rows("SELECT coalesce(max(documents), 0) FROM search_state", [])[0][0])
    if selection.alternatives:
        sql, values = newest(selection, at_most)
        return int(rows(f"SELECT count(*) FROM ({sql})", values)[0][0])
    found, _, values = source(selection, with_documents=False)
    return int(rows(f"SELECT count(*) FROM (SELECT 1 {found} LIMIT %s)", [*values, at_most])[0][0])


def _are_few(selection: Selection) -> bool:
    """Whether few documents fulfil what is asked beside the expression, so that they can be looked up before it."""
    return count(Selection(where=selection.where, values=selection.values), MOST_LOOKED_UP) < MOST_LOOKED_UP
