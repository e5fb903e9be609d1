"""Asking the index on SQLite. Everything here reads, and nothing grows with the archive but by its own bound.

A search that the index answers is driven by it: rowids come out of FTS5 in either order for nothing, and documents are
looked up one by one. Where the index has nothing to say, an index of the documents leads. The functions are those of
`engine.Engine`.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from archive.query import Node
from archive.search.engine import Order
from archive.search.personal import NOBODY, Reader
from archive.search.sqlite.match import Selection, both, select
from archive.search.sqlite.query import count, newest, rows, source
from archive.search.sqlite.ranking import ranked
from archive.search.sqlite.tables import INDEX

__all__ = ["count", "count_each", "facets", "page", "ranked", "select", "similar"]

MOST_SORTED = 20_000  # documents that are sorted for a page without looking for it first
WALKED = 500  # documents among which it is looked for


def page(selection: Selection, order: Order, bound: tuple[Any, int] | None, size: int) -> list[tuple[Any, int]]:
    if selection.alternatives:
        found_by_each = {row for part in selection.alternatives for row in page(part, order, bound, size)}
        return sorted(found_by_each, reverse=order.is_descending)[:size]
    if order.column and selection.match and selection.is_expression and count(selection, MOST_SORTED) == MOST_SORTED:
        # With so many, a page of them is mostly among the next few documents of all.
        first = _page_of_next(selection, order, bound, size)
        if len(first) == size:
            return first
    found, position, values = source(selection, with_documents=bool(order.column))
    column = f"document.{order.column}" if order.column else "0"
    condition, ordering, bound_values = _after(order, column, position, bound)
    sql = f"SELECT {column}, {position} {found} AND {condition} ORDER BY {ordering} LIMIT %s"
    return rows(sql, [*values, *bound_values, size])


def _page_of_next(
    selection: Selection, order: Order, bound: tuple[Any, int] | None, size: int
) -> list[tuple[Any, int]]:
    """What of a page is among the next WALKED documents of the archive in this order."""
    column, position = f"document.{order.column}", "document.position"
    condition, ordering, values = _after(order, column, position, bound)
    walk = f"SELECT {column} AS value, {position} FROM search_document AS document WHERE {condition} "
    sql = (
        f"SELECT document.* FROM ({walk} ORDER BY {ordering} LIMIT {WALKED}) AS document "
        f"CROSS JOIN {INDEX} ON {INDEX}.rowid = {position} WHERE {INDEX} MATCH %s "
        f"ORDER BY {ordering.replace(column, 'document.value')} LIMIT %s"
    )
    return rows(sql, [*values, selection.match, size])


def _after(order: Order, column: str, position: str, bound: tuple[Any, int] | None) -> tuple[str, str, list[Any]]:
    """Active filters for documents after the bound, what they are ordered by, and the values for the placeholders."""
    direction, comparison = ("DESC", "<") if order.is_descending else ("ASC", ">")
    ordering = f"{position} {direction}"
    if order.column:
        ordering = f"{column} {direction}, {ordering}"
    if not bound:
        return "true", ordering, []
    if order.column:
        return f"({column}, {position}) {comparison} (%s, %s)", ordering, list(bound)
    return f"{position} {comparison} %s", ordering, [bound[1]]


def facets(selection: Selection, at_most: int) -> tuple[list[str], bool]:
    found, values = newest(selection, at_most)
    sql = (
        f"SELECT document.facets FROM ({found}) AS found "
        "CROSS JOIN search_document AS document ON document.position = found.position ORDER BY found.position DESC"
    )
    newest_ones = [row[0] for row in rows(sql, values)]
    return newest_ones, len(newest_ones) < at_most


def count_each(selection: Selection, nodes: Iterable[Node], at_most: int, reader: Reader = NOBODY) -> Iterator[int]:
    return (count(both(selection, select(node, {}, reader)), at_most) for node in nodes)


def similar(nodes: Iterable[Node], most_each: int) -> list[tuple[int, int]]:
    expressions = [select(node, {}).match for node in nodes]
    parts = (
        f"SELECT * FROM (SELECT {number}, rowid FROM {INDEX} WHERE {INDEX} MATCH %s ORDER BY rowid DESC LIMIT %s)"
        for number in range(len(expressions))
    )
    values = [value for match in expressions for value in (match, most_each)]
    return [(number, position) for number, position in rows(" UNION ALL ".join(parts), values)] if values else []
