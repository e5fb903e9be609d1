"""Asking the index on SQLite. Everything here reads, and nothing grows with the archive but by its own bound.

A search that the index answers is driven by it: rowids come out of FTS5 in either order for nothing, and documents are
looked up one by one. Where the index has nothing to say, an index of the documents leads.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from archive.search.sqlite_match import Selection, expression, select, words
from archive.search.sqlite_schema import INDEX

__all__ = ["Order", "Selection", "count", "expression", "facets", "page", "ranked", "select", "similar", "words"]

TITLE_CANDIDATES = 100
NEWEST_CANDIDATES = 500
# bm25 counts a hit in the title ten times, in authors, site and tags five times, in the description three times.
_WEIGHTS = "10, 3, 5, 5, 5, 1, 0"


@dataclass(frozen=True)
class Order:
    """An order of documents: by a column, then by position in the same direction; by position alone without one."""

    column: str = ""
    is_descending: bool = True

    def reversed(self) -> "Order":
        return Order(self.column, not self.is_descending)


def page(selection: Selection, order: Order, bound: tuple[Any, int] | None, size: int) -> list[tuple[Any, int]]:
    """Up to `size` documents after the bound, as (value of the column, position)."""
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
    """How many documents there are, counted up to `at_most`; all there are if nothing is asked."""
    if selection.is_everything:
        return _rows("SELECT coalesce(max(documents), 0) FROM search_state", [])[0][0]
    source, _, values = _source(selection, with_documents=False)
    return _rows(f"SELECT count(*) FROM (SELECT 1 {source} LIMIT %s)", [*values, at_most])[0][0]


def facets(selection: Selection, at_most: int) -> list[str]:
    """The labels of the newest documents, as `Document.facets` has them."""
    source, position, values = _source(selection, with_documents=True)
    sql = f"SELECT document.facets {source} ORDER BY {position} DESC LIMIT %s"
    return [row[0] for row in _rows(sql, [*values, at_most])]


def ranked(selection: Selection, titled: Selection, most_counted: int) -> tuple[list[int], int, int]:
    """The candidates for the first places, the best first, as positions; the lowest position that was ranked (0: all
    were); and how many documents there are, counted up to `most_counted`.

    `titled` is the same search with its words sought in the title. Those of its newest come first, then the newest of
    all; each by bm25, the newer first among equals. See docs/decisions/search-ranking.md.
    """
    parts, values = [], []
    for tier, (part, most) in enumerate(((titled, TITLE_CANDIDATES), (selection, NEWEST_CANDIDATES))):
        source, position, part_values = _source(part, with_documents=False)
        score = f"round(bm25({INDEX}, {_WEIGHTS}), 2)"
        parts.append(
            f"SELECT * FROM (SELECT {tier} AS tier, {score} AS score, {position} AS position {source} "
            f"ORDER BY {position} DESC LIMIT %s)"
        )
        values += [*part_values, most]
    source, _, count_values = _source(selection, with_documents=False)
    parts.append(f"SELECT 2, 0, count(*) FROM (SELECT 1 {source} LIMIT %s)")
    *rows, (_, _, total) = _rows(" UNION ALL ".join(parts), [*values, *count_values, most_counted])
    newest = [position for tier, _, position in rows if tier == 1]
    best_first = sorted(rows, key=lambda row: (row[0], row[1], -row[2]))
    lowest = newest[-1] if len(newest) == NEWEST_CANDIDATES else 0
    return list(dict.fromkeys(position for _, _, position in best_first)), lowest, total


def similar(expressions: list[str], most_each: int) -> list[tuple[int, int]]:
    """The newest documents for each of these FTS5 expressions: (number of the expression, position)."""
    parts = (
        f"SELECT * FROM (SELECT {number}, rowid FROM {INDEX} WHERE {INDEX} MATCH %s ORDER BY rowid DESC LIMIT %s)"
        for number in range(len(expressions))
    )
    values = [value for match in expressions for value in (match, most_each)]
    if not expressions:
        return []
    return [(number, position) for number, position in _rows(" UNION ALL ".join(parts), values)]


def _source(selection: Selection, *, with_documents: bool) -> tuple[str, str, list[Any]]:
    """FROM and WHERE of a selection, the name of the position in it, and the values for its placeholders."""
    is_indexed = bool(selection.match)
    position = f"{INDEX}.rowid" if is_indexed else "document.position"
    if not is_indexed:
        source = "FROM search_document AS document"
    elif with_documents or selection.where:
        # CROSS JOIN keeps SQLite from starting with the documents, which all but loses the index.
        source = f"FROM {INDEX} CROSS JOIN search_document AS document ON document.position = {INDEX}.rowid"
    else:
        source = f"FROM {INDEX}"
    conditions, values = [f"{position} BETWEEN %s AND %s"], [selection.low, selection.high]
    if is_indexed:
        conditions.append(f"{INDEX} MATCH %s")
        values.append(selection.match)
    if selection.where:
        conditions.append(selection.where)
    return f"{source} WHERE {' AND '.join(conditions)}", position, [*values, *selection.values]


def _rows(sql: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return cursor.fetchall()
