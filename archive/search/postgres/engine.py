"""Asking the index on PostgreSQL. Everything here reads, and nothing grows with the archive but by its own bound.

GIN answers with a set, in no order, and its cost is the size of that set. So a search is asked of the newest documents
first, a band of days at a time (see `BAND` in the schema): what they have of it tells whether it is rare enough to be
asked of all the others at once, and if not, how many are needed. The functions are those of `engine.Engine`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection

from archive.query import Node
from archive.search.documents import HIGHEST_POSITION
from archive.search.engine import Order
from archive.search.personal import NOBODY, Reader
from archive.search.postgres.match import Selection, Sought, both, select
from archive.search.postgres.tables import BAND, BAND_BITS, INDEX, LEXEMES, LONG
from archive.search.weighing import Candidate, best_first, inverse_frequency

__all__ = ["count", "count_each", "facets", "page", "ranked", "select", "similar"]

TITLE_CANDIDATES = 100
NEWEST_CANDIDATES = 500
FIRST_LOOK = 2_000  # documents that are asked first
MOST_AT_ONCE = 100_000  # documents that are asked at once, a band at a time
MOST_LOOKED_THROUGH = 20_000  # documents whose texts are looked at for beginnings of words, at 10 us each
MOST_WEIGHED = 10  # terms of a search
MOST_BANDS = 12
RARE = 50_000  # documents that a search may find to be asked of all at once
MOST_SORTED = 20_000  # documents

# A position that PostgreSQL does not look up: it is to ask the index of lexemes and nothing else.
_PLACE = "(position + 0)"
_NEXT = "SELECT position FROM search_document WHERE position BETWEEN %s AND %s ORDER BY position {direction} LIMIT %s"
# What the index is asked for the next documents: few bands, as each is one more thing to look at for every document.
_BITS = f"""
CASE {" ".join(f"WHEN (last >> {bits}) - (first >> {bits}) < {MOST_BANDS} THEN {bits}" for bits in BAND_BITS[:-1])}
ELSE {BAND_BITS[-1]} END"""
_WITHIN_NEXT = f"""
SELECT (%s || ' & (' || string_agg('{BAND}' || bits || '_' || band, ' | ') || ')')::tsquery
FROM (SELECT DISTINCT bits, position >> bits AS band FROM next, (SELECT {_BITS} AS bits FROM span) AS width) AS bands"""
_SPAN = "span AS MATERIALIZED (SELECT count(*) AS size, min(position) AS first, max(position) AS last FROM next)"


def page(selection: Selection, order: Order, bound: tuple[Any, int] | None, size: int) -> list[tuple[Any, int]]:
    if not order.column:
        low, high = (bound[1] + 1, HIGHEST_POSITION) if bound and not order.is_descending else (0, HIGHEST_POSITION)
        if bound and order.is_descending:
            high = bound[1] - 1
        found = _walk(both(selection, Selection(low=low, high=high)), size, is_descending=order.is_descending)
        return [(0, position) for position in found]
    direction, comparison = ("DESC", "<") if order.is_descending else ("ASC", ">")
    after, values = f"AND ({order.column}, position) {comparison} (%s, %s)" if bound else "", list(bound or ())
    condition, condition_values = _among(selection)
    sql = (
        f"SELECT {order.column}, position FROM search_document AS document WHERE {condition} {after} "
        f"ORDER BY {order.column} {direction}, position {direction} LIMIT %s"
    )
    return _rows(sql, [*condition_values, *values, size])


def count(selection: Selection, at_most: int) -> int:
    if selection.is_everything:
        return _documents()
    return len(_walk(selection, at_most))


def count_each(selection: Selection, nodes: Iterable[Node], at_most: int, reader: Reader = NOBODY) -> Iterator[int]:
    return (count(both(selection, select(node, {}, reader)), at_most) for node in nodes)


def facets(selection: Selection, at_most: int) -> list[str]:
    if selection.is_everything:
        newest = "SELECT facets FROM search_document ORDER BY position DESC LIMIT %s"
        return [facets for (facets,) in _rows(newest, [at_most])]
    sql = "SELECT facets FROM search_document WHERE position = ANY (%s) ORDER BY position DESC"
    return [facets for (facets,) in _rows(sql, [_walk(selection, at_most)])]


def ranked(selection: Selection, titled: Selection, most_counted: int) -> tuple[list[int], int, int]:
    found = _walk(selection, max(most_counted, NEWEST_CANDIDATES))
    newest = found[:NEWEST_CANDIDATES]
    by_title = _walk(titled, TITLE_CANDIDATES)
    lowest = newest[-1] if len(newest) == NEWEST_CANDIDATES else 0
    sql = f"SELECT position, title, authors, words, personal FROM {INDEX} WHERE position = ANY (%s)"
    candidates = {row[0]: Candidate(*row) for row in _rows(sql, [list({*newest, *by_title})])}
    worths = _worths(selection.terms) if candidates else []
    best = best_first(list(candidates.values()), worths, frozenset(by_title))
    return [candidate.position for candidate in best], lowest, min(len(found), most_counted)


def similar(nodes: Iterable[Node], most_each: int) -> list[tuple[int, int]]:
    # What the newest documents have enough of is common; anything else is so rare that the others can be asked, too.
    selections = dict(enumerate(select(node, {}) for node in nodes))
    newest = _some_of_each(selections, FIRST_LOOK, most_each)
    uses = Counter(number for number, _ in newest)
    rare = {number: selection for number, selection in selections.items() if uses[number] < most_each}
    common = [(number, position) for number, position in newest if number not in rare]
    return common + _some_of_each(rare, None, most_each)


def _some_of_each(selections: Mapping[int, Selection], among: int | None, most_each: int) -> list[tuple[int, int]]:
    """Up to so many documents that each of these finds, with its number, among the newest or (None) among all."""
    parts: list[str] = []
    values: list[object] = []
    for number, selection in selections.items():
        condition, condition_values = _rechecked(selection)
        asked = f"({_WITHIN_NEXT})" if among else "%s::tsquery"
        found = f"SELECT {number}, position FROM {INDEX} WHERE {LEXEMES} @@ {asked} AND {condition} LIMIT %s"
        parts.append(f"({found})")
        values += [_with_long(selection), *condition_values, most_each]
    if not parts:
        return []
    sql = " UNION ALL ".join(parts)
    if among:
        sql = f"WITH next AS MATERIALIZED ({_NEXT.format(direction='DESC')}), {_SPAN} {sql}"
        values = [0, HIGHEST_POSITION, among, *values]
    return [(number, position) for number, position in _rows(sql, values)]


def _walk(selection: Selection, most: int, *, is_descending: bool = True) -> list[int]:
    """The first positions of a selection, the highest first or the lowest."""
    if selection.alternatives:
        found_by_each = {
            position for part in selection.alternatives for position in _walk(part, most, is_descending=is_descending)
        }
        return sorted(found_by_each, reverse=is_descending)[:most]
    low, high = selection.low, selection.high
    if not selection.match:
        return _found(selection, low, high, most, is_descending)
    found: list[int] = []
    seen, share = 0, FIRST_LOOK
    while True:
        size, first, last, some = _found_among_next(selection, low, high, share, most - len(found), is_descending)
        found += some
        seen += size
        if len(found) >= most or size < share:
            return found
        low, high = (low, first - 1) if is_descending else (last + 1, high)
        density = (len(found) + 1) / seen
        if density * _documents() <= RARE:
            return found + _found(selection, low, high, most - len(found), is_descending)
        share = min(MOST_AT_ONCE, int(1.5 * (most - len(found)) / density) + FIRST_LOOK)


def _found(selection: Selection, low: int, high: int, most: int, is_descending: bool) -> list[int]:
    """The first positions of a selection between two, asked of all documents at once."""
    direction = "DESC" if is_descending else "ASC"
    if not selection.match:
        table = INDEX if selection.where else "search_document"
        condition, values = selection.where or "true", [low, high, *selection.values]
        found = f"SELECT position FROM {table} WHERE position BETWEEN %s AND %s AND {condition}"
        sql = f"SELECT ARRAY({found} ORDER BY position {direction} LIMIT %s)"
    else:
        condition, condition_values = _rechecked(selection)
        values = [_with_long(selection), low, high, *condition_values]
        found = f"SELECT position FROM {INDEX} WHERE {LEXEMES} @@ %s::tsquery AND {_PLACE} BETWEEN %s AND %s"
        # Else PostgreSQL might walk through all positions instead of asking the index.
        sql = (
            f"WITH found AS MATERIALIZED ({found} AND {condition}) "
            f"SELECT ARRAY(SELECT position FROM found ORDER BY position {direction} LIMIT %s)"
        )
    positions: list[int] = _rows(sql, [*values, most])[0][0]
    return positions


def _found_among_next(
    selection: Selection, low: int, high: int, share: int, most: int, is_descending: bool
) -> tuple[int, int, int, list[int]]:
    """What a selection finds among the next so many documents between two positions: how many documents those were, the
    lowest and the highest position of them, and the first positions found.
    """
    direction = "DESC" if is_descending else "ASC"
    if selection.has_prefix and share <= MOST_LOOKED_THROUGH:
        # The index would first gather all documents with each of the words that begin so, however old.
        position, condition, condition_values = "position", selection.where, selection.values
    else:
        position, (condition, condition_values) = _PLACE, _rechecked(selection)
        condition = f"{LEXEMES} @@ ({_WITHIN_NEXT}) AND {condition}"
        condition_values = (_with_long(selection), *condition_values)
    sql = f"""
    WITH next AS MATERIALIZED ({_NEXT.format(direction=direction)}), {_SPAN}, found AS MATERIALIZED (
        SELECT position FROM {INDEX}
        WHERE {position} BETWEEN (SELECT first FROM span) AND (SELECT last FROM span) AND {condition}
    ) SELECT size, first, last, ARRAY(SELECT position FROM found ORDER BY position {direction} LIMIT %s) FROM span"""
    values = [low, high, share, *condition_values, most]
    size, first, last, positions = _rows(sql, values)[0]
    return size, first, last, positions


def _with_long(selection: Selection) -> str:
    return f"({selection.match} | '{LONG}')"


def _rechecked(selection: Selection) -> tuple[str, tuple[object, ...]]:
    """What is still to be looked at in the rows that the index has found."""
    if not selection.where:
        return "true", ()
    return f"({'NOT is_long OR ' if selection.is_exact else ''}{selection.where})", selection.values


def _worths(terms: Sequence[Sought]) -> list[tuple[Sought, float]]:
    """The terms, each with what a hit is worth: the rarer among the newest documents, the more."""
    if len(terms) < 2:
        return [(term, 1) for term in terms]
    terms = terms[:MOST_WEIGHED]
    having = f"(SELECT count(*) FROM {INDEX} WHERE {LEXEMES} @@ ({_WITHIN_NEXT}))"
    sql = (
        f"WITH next AS MATERIALIZED ({_NEXT.format(direction='DESC')}), {_SPAN} "
        f"SELECT size, {', '.join([having] * len(terms))} FROM span"
    )
    ((size, *counts),) = _rows(sql, [0, HIGHEST_POSITION, FIRST_LOOK, *(term.match for term in terms)])
    return [(term, inverse_frequency(count, size)) for term, count in zip(terms, counts, strict=True)]


def _among(selection: Selection) -> tuple[str, list[Any]]:
    """A selection as a condition on `document`, for orders that the index knows nothing of."""
    if selection.is_everything:
        return "true", []
    found = _walk(selection, MOST_SORTED)
    if len(found) < MOST_SORTED:
        return "position = ANY (%s)", [found]
    condition, values = selection.as_condition()
    # As a value and not as a condition, so that it is looked at in the order asked for.
    return f"(SELECT {condition} FROM {INDEX} WHERE {INDEX}.position = document.position)", list(values)


def _documents() -> int:
    return int(_rows("SELECT coalesce(max(documents), 0) FROM search_state", [])[0][0])


def _rows(sql: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
