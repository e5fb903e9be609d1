"""Asking the index on SQLite. Everything here reads, and nothing grows with the archive but by its own bound.

A search that the index answers is driven by it: rowids come out of FTS5 in either order for nothing, and documents are
looked up one by one. Where the index has nothing to say, an index of the documents leads. The functions are those of
`engine.Engine`.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

from archive.query import Node
from archive.search import sqlite_lengths
from archive.search.engine import Order
from archive.search.personal import NOBODY, Reader
from archive.search.sqlite_match import Selection, both, select
from archive.search.sqlite_schema import INDEX

__all__ = ["count", "count_each", "facets", "page", "ranked", "select", "similar"]

TITLE_CANDIDATES = 100
NEWEST_CANDIDATES = 500
# bm25 counts a hit in the title ten times, in authors, site and tags five times, in description and notes three times.
_WEIGHTS = (10, 3, 5, 5, 5, 1, 0, 3)


def page(selection: Selection, order: Order, bound: tuple[Any, int] | None, size: int) -> list[tuple[Any, int]]:
    source, position, values = _source(selection, with_documents=bool(order.column))
    column = f"document.{order.column}" if order.column else "0"
    direction, comparison = ("DESC", "<") if order.is_descending else ("ASC", ">")
    condition, bound_values, ordering = "", list(bound or ()), f"{position} {direction}"
    if order.column:
        ordering = f"{column} {direction}, {ordering}"
        condition = f"AND ({column}, {position}) {comparison} (%s, %s)"
    elif bound:
        condition, bound_values = f"AND {position} {comparison} %s", [bound[1]]
    sql = f"SELECT {column}, {position} {source} {condition if bound else ''} ORDER BY {ordering} LIMIT %s"
    return _rows(sql, [*values, *bound_values, size])


def count(selection: Selection, at_most: int) -> int:
    if selection.is_everything:
        return int(_rows("SELECT coalesce(max(documents), 0) FROM search_state", [])[0][0])
    source, _, values = _source(selection, with_documents=False)
    return int(_rows(f"SELECT count(*) FROM (SELECT 1 {source} LIMIT %s)", [*values, at_most])[0][0])


def facets(selection: Selection, at_most: int) -> list[str]:
    source, position, values = _source(selection, with_documents=True)
    sql = f"SELECT document.facets {source} ORDER BY {position} DESC LIMIT %s"
    return [row[0] for row in _rows(sql, [*values, at_most])]


def count_each(selection: Selection, nodes: Iterable[Node], at_most: int, reader: Reader = NOBODY) -> Iterator[int]:
    return (count(both(selection, select(node, {}, reader)), at_most) for node in nodes)


def ranked(selection: Selection, titled: Selection, most_counted: int) -> tuple[list[int], int, int]:
    parts: list[str] = []
    values: list[Any] = []
    score, lengths, averages = _score()
    for tier, (part, most) in enumerate(((titled, TITLE_CANDIDATES), (selection, NEWEST_CANDIDATES))):
        source, position, part_values = _source(part, with_documents=False, beside=lengths)
        parts.append(
            f"SELECT * FROM (SELECT {tier} AS tier, {score} AS score, {position} AS position "
            f"{source} ORDER BY {position} DESC LIMIT %s)"
        )
        values += [*averages, *part_values, most]
    source, _, count_values = _source(selection, with_documents=False)
    parts.append(f"SELECT 2, 0, count(*) FROM (SELECT 1 {source} LIMIT %s)")
    *rows, (_, _, total) = _rows(" UNION ALL ".join(parts), [*values, *count_values, most_counted])
    newest = [position for tier, _, position in rows if tier == 1]
    best_first = sorted(rows, key=lambda row: (row[0], row[1], -row[2]))
    lowest = newest[-1] if len(newest) == NEWEST_CANDIDATES else 0
    return list(dict.fromkeys(position for _, _, position in best_first)), lowest, total


def similar(nodes: Iterable[Node], most_each: int) -> list[tuple[int, int]]:
    expressions = [select(node, {}).match for node in nodes]
    parts = (
        f"SELECT * FROM (SELECT {number}, rowid FROM {INDEX} WHERE {INDEX} MATCH %s ORDER BY rowid DESC LIMIT %s)"
        for number in range(len(expressions))
    )
    values = [value for match in expressions for value in (match, most_each)]
    return [(number, position) for number, position in _rows(" UNION ALL ".join(parts), values)] if values else []


def _score() -> tuple[str, str, list[float]]:
    """What candidates are ordered by, what it needs to be joined, and the values for that."""
    average, average_without = sqlite_lengths.averages(INDEX)
    if average == average_without:
        return f"round(bm25({INDEX}, {', '.join(map(str, _WEIGHTS))}), 2)", "", []
    weights = ", ".join(f"{weight} * scale.value" for weight in _WEIGHTS)
    # json_each has the scale worked out once for each candidate, not for each weight.
    lengths = (
        f" CROSS JOIN {INDEX}_docsize AS lengths ON lengths.id = {INDEX}.rowid "
        "CROSS JOIN json_each(archive_scale(lengths.sz, %s, %s)) AS scale"
    )
    return f"round(bm25({INDEX}, {weights}), 2)", lengths, [average, average_without]


def _source(selection: Selection, *, with_documents: bool, beside: str = "") -> tuple[str, str, list[Any]]:
    """FROM, with what stands `beside` the index, and WHERE of a selection; the name of the position in it; and the
    values for its placeholders.
    """
    is_indexed = bool(selection.match)
    position = f"{INDEX}.rowid" if is_indexed else "document.position"
    if not is_indexed:
        source = "FROM search_document AS document"
    elif with_documents or selection.where:
        # CROSS JOIN keeps SQLite from starting with the documents, which all but loses the index.
        source = f"FROM {INDEX} CROSS JOIN search_document AS document ON document.position = {INDEX}.rowid"
    else:
        source = f"FROM {INDEX}"
    conditions: list[str] = []
    values: list[Any] = []
    if selection.bounds_positions:
        conditions.append(f"{position} BETWEEN %s AND %s")
        values += [selection.low, selection.high]
    if is_indexed:
        conditions.append(f"{INDEX} MATCH %s")
        values.append(selection.match)
    if selection.where:
        conditions.append(selection.where)
    return f"{source}{beside} WHERE {' AND '.join(conditions) or 'true'}", position, [*values, *selection.values]


def _rows(sql: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
