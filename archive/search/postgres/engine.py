"""Asking the index on PostgreSQL. Everything here reads, and nothing grows with the archive but by its own bound.

GIN answers with a set, in no order, and its cost is the size of that set. So a search is asked of the newest documents
first, a band of days at a time (see `BAND` in the schema): what they have of it tells whether it is rare enough to be
asked of all the others at once, and if not, how many are needed. The functions are those of `engine.Engine`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from archive.query import Node
from archive.search.documents import HIGHEST_POSITION
from archive.search.engine import Order, Ranked
from archive.search.personal import NOBODY, Reader
from archive.search.postgres.match import Selection, Sought, both, select
from archive.search.postgres.tables import BAND, BAND_BITS, INDEX, LEXEMES, LONG
from archive.search.weighing import Candidate, best_first, inverse_frequency

__all__ = ["count", "count_each", "facets", "page", "ranked", "select", "similar"]

TITLE_CANDIDATES = 100
NEWEST_CANDIDATES = 500
MOST_TITLES = 1_000  # results among which those with several words in the title are looked for
FIRST_LOOK = 2_000  # documents that are asked first
MOST_LOOKED_THROUGH = 20_000  # documents whose texts are looked at for beginnings of words, at 10 us each
MOST_LOOKED_AT_BESIDE = 100_000  # documents with the other words, whose texts are looked at so
MOST_COUNTED_OF = 10_000  # documents that are looked at for a number, at 3 us each
LEAST_COUNTED = 30  # documents without which no number is given: a page of them
MOST_WEIGHED = 10  # terms of a search
MOST_BANDS = 12
DEAREST = 20  # documents that are passed over in the time of looking at one
MOST_SORTED = 5_000  # documents

# A position that PostgreSQL does not look up: it is to ask the index of lexemes and nothing else.
_PLACE = "(position + 0)"
# What the index is asked for the next documents: few bands, as each is one more thing to look at for every document.
_BITS = f"""
CASE {" ".join(f"WHEN (last >> {bits}) - (first >> {bits}) < {MOST_BANDS} THEN {bits}" for bits in BAND_BITS[:-1])}
ELSE {BAND_BITS[-1]} END"""
_WITHIN_NEXT = f"""
SELECT (%s || ' & (' || string_agg('{BAND}' || bits || '_' || band, ' | ') || ')')::tsquery
FROM (SELECT *, {_BITS} AS bits FROM span) AS span, generate_series(first >> bits, last >> bits) AS band"""
_SPAN = """span AS MATERIALIZED (
    SELECT count(*) AS size, min(position) AS first, max(position) AS last FROM (
        SELECT position FROM search_document WHERE position BETWEEN %s AND %s ORDER BY position {direction} LIMIT %s
    ) AS next)"""
_SPAN_OF_NEWEST = _SPAN.format(direction="DESC")


@dataclass(frozen=True)
class Walk:
    """The first positions of a selection. With `cut_at`, what lies beyond this position was not looked at."""

    positions: list[int]
    cut_at: int | None = None


def page(selection: Selection, order: Order, bound: tuple[Any, int] | None, size: int) -> list[tuple[Any, int]]:
    if not order.column:
        low, high = (bound[1] + 1, HIGHEST_POSITION) if bound and not order.is_descending else (0, HIGHEST_POSITION)
        if bound and order.is_descending:
            high = bound[1] - 1
        found = _walk(both(selection, Selection(low=low, high=high)), size, is_descending=order.is_descending)
        return [(0, position) for position in found.positions]
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
    return len(_walk(selection, at_most).positions)


def count_each(
    selection: Selection, nodes: Iterable[Node], at_most: int, reader: Reader = NOBODY
) -> Iterator[int | None]:
    for node in nodes:
        found = _walk(both(selection, select(node, {}, reader)), at_most, most_looked_at=MOST_COUNTED_OF)
        yield len(found.positions) if found.cut_at is None else None


def facets(selection: Selection, at_most: int) -> tuple[list[str], bool]:
    if selection.is_everything:
        newest = "SELECT facets FROM search_document ORDER BY position DESC LIMIT %s"
        found = [facets for (facets,) in _rows(newest, [at_most])]
        return found, len(found) < at_most
    walk = _walk(selection, at_most, most_looked_at=MOST_COUNTED_OF)
    sql = "SELECT facets FROM search_document WHERE position = ANY (%s) ORDER BY position DESC"
    found = [facets for (facets,) in _rows(sql, [walk.positions])]
    return found, walk.cut_at is None and len(walk.positions) < at_most


def ranked(selection: Selection, titled: Selection, most_counted: int) -> Ranked:
    found = _walk(selection, max(most_counted, NEWEST_CANDIDATES), most_looked_at=MOST_COUNTED_OF)
    newest = found.positions[:NEWEST_CANDIDATES]
    if len(titled.terms) > 1 and len(found.positions) >= MOST_TITLES:
        titled = both(titled, Selection(low=found.positions[MOST_TITLES - 1]))
    by_title = _walk(titled, TITLE_CANDIDATES).positions
    lowest = newest[-1] if len(newest) == NEWEST_CANDIDATES else found.cut_at or 0
    sql = f"SELECT position, title, authors, words, personal FROM {INDEX} WHERE position = ANY (%s)"
    candidates = {row[0]: Candidate(*row) for row in _rows(sql, [list({*newest, *by_title})])}
    worths = _worths(selection.terms) if candidates else []
    best = best_first(list(candidates.values()), worths, frozenset(by_title))
    total = min(len(found.positions), most_counted)
    is_least = found.cut_at is not None or total == most_counted
    return Ranked([candidate.position for candidate in best], lowest, total, is_least)


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
        sql = f"WITH {_SPAN_OF_NEWEST} {sql}"
        values = [0, HIGHEST_POSITION, among, *values]
    return [(number, position) for number, position in _rows(sql, values)]


def _walk(selection: Selection, most: int, *, is_descending: bool = True, most_looked_at: int | None = None) -> Walk:
    """The first positions of a selection, the highest first or the lowest.

    With `most_looked_at`, once so many documents were looked at and enough found for a number, the others are left.
    """
    if selection.alternatives:
        walks = [
            _walk(part, most, is_descending=is_descending, most_looked_at=most_looked_at)
            for part in selection.alternatives
        ]
        cuts = [walk.cut_at for walk in walks if walk.cut_at is not None]
        cut_at = (max(cuts) if is_descending else min(cuts)) if cuts else None
        positions = {position for walk in walks for position in walk.positions}
        if cut_at is not None:
            positions = {position for position in positions if (position >= cut_at) == is_descending}
        return Walk(sorted(positions, reverse=is_descending)[:most], cut_at)
    low, high = selection.low, selection.high
    if not selection.match:
        return Walk(_found(selection, low, high, most, is_descending))
    looser = selection.without_prefixes
    found: list[int] = []
    seen = looked_at = 0
    share = FIRST_LOOK
    while True:
        # For beginnings of words the index would first gather all documents with each of those words, however old.
        most_through = MOST_LOOKED_AT_BESIDE if looser.match else MOST_LOOKED_THROUGH
        asked = looser if looked_at * share <= most_through * seen else selection
        next_ones = _found_among_next(asked, low, high, share, most - len(found), is_descending)
        found += next_ones.positions
        seen += next_ones.size
        looked_at += next_ones.looked_at
        if len(found) >= most or next_ones.size < share:
            return Walk(found)
        if most_looked_at and looked_at >= most_looked_at and len(found) >= LEAST_COUNTED:
            return Walk(found, next_ones.first if is_descending else next_ones.last)
        low, high = (low, next_ones.first - 1) if is_descending else (next_ones.last + 1, high)
        share = int(1.5 * (most - len(found)) * seen / (len(found) + 1)) + FIRST_LOOK
        if most_looked_at and looked_at < most_looked_at:
            share = min(share, int((most_looked_at - looked_at) * seen / (looked_at + 1)) + FIRST_LOOK)
        documents = _documents()
        if DEAREST * looked_at * (documents - share) <= share * seen:
            asked = looser if looser.match and looked_at * documents <= most_through * seen else selection
            return Walk(found + _found(asked, low, high, most - len(found), is_descending))


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


@dataclass(frozen=True)
class _Next:
    """What a selection finds among the next documents: how many those were, their lowest and highest position, at how
    many of them it was looked, and the first positions found.
    """

    size: int
    first: int
    last: int
    looked_at: int
    positions: list[int]


def _found_among_next(selection: Selection, low: int, high: int, share: int, most: int, is_descending: bool) -> _Next:
    """The first positions a selection finds among the next so many documents between two positions."""
    direction = "DESC" if is_descending else "ASC"
    fits, values = _rechecked(selection)
    position, asked = "position", ""
    if selection.match:
        position, asked, values = _PLACE, f"AND {LEXEMES} @@ ({_WITHIN_NEXT})", (*values, _with_long(selection))
    sql = f"""
    WITH {_SPAN.format(direction=direction)}, looked_at AS MATERIALIZED (
        SELECT position, {fits} AS fits FROM {INDEX}
        WHERE {position} BETWEEN (SELECT first FROM span) AND (SELECT last FROM span) {asked}
    ) SELECT size, first, last, (SELECT count(*) FROM looked_at),
        ARRAY(SELECT position FROM looked_at WHERE fits ORDER BY position {direction} LIMIT %s) FROM span"""
    return _Next(*_rows(sql, [low, high, share, *values, most])[0])


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
    sql = f"WITH {_SPAN_OF_NEWEST} SELECT size, {', '.join([having] * len(terms))} FROM span"
    ((size, *counts),) = _rows(sql, [0, HIGHEST_POSITION, FIRST_LOOK, *(term.match for term in terms)])
    return [(term, inverse_frequency(count, size)) for term, count in zip(terms, counts, strict=True)]


def _among(selection: Selection) -> tuple[str, list[Any]]:
    """A selection as a condition on `document`, for orders that the index knows nothing of."""
    if selection.is_everything:
        return "true", []
    found = _walk(selection, MOST_SORTED).positions
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
