"""Going through the documents that a selection finds on PostgreSQL, in the order of their positions.

GIN answers with a set, in no order, and its cost is the size of that set. So a search is asked of the newest documents
first, a band of days at a time (see `BAND` in the tables): what they have of it tells how many more to ask, and whether
it is rare enough to be asked of all the others at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from archive.search.postgres.match import Selection
from archive.search.postgres.tables import BAND, BAND_BITS, INDEX, LEXEMES, LONG
from archive.search.selections import Condition

FIRST_LOOK = 2_000  # documents that are asked first
MOST_LOOKED_THROUGH = 20_000  # documents whose texts are looked at for beginnings of words, at 10 us each
MOST_LOOKED_AT_BESIDE = 100_000  # documents with the other words, whose texts are looked at so
MOST_COUNTED_OF = 10_000  # documents that are looked at for a number, at 3 us each
MOST_PASSED_OVER = 100_000  # documents for a number, at 0.3 us each
LEAST_COUNTED = 30  # documents without which no number is given: a page of them
MOST_BANDS = 12
MOST_WALKED_OF_RANGE = 20_000  # documents of a range of time, before all that is found in the archive is asked for
MOST_OUTSIDE = 5_000  # documents in the archive, for that
PASSED_OVER_PER_LOOK = 20  # documents, in the same time

# A position that PostgreSQL does not look up: it is to ask the index of lexemes and nothing else.
_PLACE = "(position + 0)"
# What the index is asked for the next documents: few bands, as each is one more thing to look at for every document.
_BITS = f"""
CASE {" ".join(f"WHEN (last >> {bits}) - (first >> {bits}) < {MOST_BANDS} THEN {bits}" for bits in BAND_BITS[:-1])}
ELSE {BAND_BITS[-1]} END"""
# Asked beside the search and not joined with it, as then the index skips whatever either of the two does not find.
WITHIN_NEXT = f"""
{LEXEMES} @@ (
    SELECT string_agg('{BAND}' || bits || '_' || band, ' | ')::tsquery
    FROM (SELECT *, {_BITS} AS bits FROM span) AS span, generate_series(first >> bits, last >> bits) AS band)"""
# The next so many documents between two positions: their lowest and their highest, and whether they are all there are.
_SPAN = """
among AS NOT MATERIALIZED (SELECT position FROM search_document WHERE position BETWEEN %s AND %s),
ends AS (
    SELECT (SELECT position FROM among ORDER BY position {direction} OFFSET %s - 1 LIMIT 1) AS farthest,
        min(position) AS lowest, max(position) AS highest FROM among),
span AS MATERIALIZED (SELECT farthest IS NULL AS are_all, {first} AS first, {last} AS last FROM ends)"""
SPAN_OF_NEWEST = _SPAN.format(direction="DESC", first="coalesce(farthest, lowest)", last="highest")
_SPAN_OF_OLDEST = _SPAN.format(direction="ASC", first="lowest", last="coalesce(farthest, highest)")


@dataclass(frozen=True)
class Walk:
    """The first positions of a selection. With `cut_at`, what lies beyond this position was not looked at."""

    positions: list[int]
    cut_at: int | None = None


def walk(selection: Selection, most: int, *, is_descending: bool = True, most_looked_at: int | None = None) -> Walk:
    """The first positions of a selection, the highest first or the lowest.

    With `most_looked_at`, once so many documents were looked at and enough found for a number, the others are left.
    """
    if selection.alternatives:
        parts = [
            walk(part, most, is_descending=is_descending, most_looked_at=most_looked_at)
            for part in selection.alternatives
        ]
        cuts = [part.cut_at for part in parts if part.cut_at is not None]
        cut_at = (max(cuts) if is_descending else min(cuts)) if cuts else None
        positions = {position for part in parts for position in part.positions}
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
        seen += share
        looked_at += next_ones.looked_at
        if len(found) >= most or next_ones.are_all:
            return Walk(found)
        is_dear = most_looked_at and (looked_at >= most_looked_at or seen >= MOST_PASSED_OVER)
        if is_dear and len(found) >= LEAST_COUNTED:
            return Walk(found, next_ones.first if is_descending else next_ones.last)
        low, high = (low, next_ones.first - 1) if is_descending else (next_ones.last + 1, high)
        share = int(1.5 * (most - len(found)) * seen / (len(found) + 1)) + FIRST_LOOK
        if most_looked_at and not is_dear:
            share = min(share, int((most_looked_at - looked_at) * seen / (looked_at + 1)) + FIRST_LOOK)
        if selection.has_prefix and not found:  # what begins so is rare, and then gathering it costs little
            return Walk(_found(selection, low, high, most, is_descending))
        total = documents()
        if selection.bounds_positions:  # the index knows nothing of a range: all at once is what there is outside, too
            is_rare = seen > MOST_WALKED_OF_RANGE and looked_at * total <= MOST_OUTSIDE * seen
        else:
            is_rare = PASSED_OVER_PER_LOOK * looked_at * (total - share) <= share * seen
        if is_rare:
            asked = looser if looser.match and looked_at * total <= most_through * seen else selection
            return Walk(found + _found(asked, low, high, most - len(found), is_descending))
        if most_looked_at and not is_dear:
            share = min(share, MOST_PASSED_OVER - seen)


def _found(selection: Selection, low: int, high: int, most: int, is_descending: bool) -> list[int]:
    """The first positions of a selection between two, asked of all documents at once."""
    direction = "DESC" if is_descending else "ASC"
    if not selection.match:
        table = INDEX if selection.where else "search_document"
        condition, values = selection.where or "true", [low, high, *selection.values]
        found = f"SELECT position FROM {table} WHERE position BETWEEN %s AND %s AND {condition}"
        sql = f"SELECT ARRAY({found} ORDER BY position {direction} LIMIT %s)"
    else:
        condition, condition_values = rechecked(selection)
        values = [with_long(selection), low, high, *condition_values]
        found = f"SELECT position FROM {INDEX} WHERE {LEXEMES} @@ %s::tsquery AND {_PLACE} BETWEEN %s AND %s"
        # Else PostgreSQL might walk through all positions instead of asking the index.
        sql = (
            f"WITH found AS MATERIALIZED ({found} AND {condition}) "
            f"SELECT ARRAY(SELECT position FROM found ORDER BY position {direction} LIMIT %s)"
        )
    positions: list[int] = rows(sql, [*values, most])[0][0]
    return positions


@dataclass(frozen=True)
class _Next:
    """What a selection finds among the next documents: whether no others follow, their lowest and highest position, at
    how many of them it was looked, and the first positions found.
    """

    are_all: bool
    first: int
    last: int
    looked_at: int
    positions: list[int]


def _found_among_next(selection: Selection, low: int, high: int, share: int, most: int, is_descending: bool) -> _Next:
    """The first positions a selection finds among the next so many documents between two positions."""
    direction, span = ("DESC", SPAN_OF_NEWEST) if is_descending else ("ASC", _SPAN_OF_OLDEST)
    fits, values = rechecked(selection)
    position, asked = "position", ""
    if selection.match:
        position, asked = _PLACE, f"AND {WITHIN_NEXT} AND {LEXEMES} @@ %s::tsquery"
        values = (*values, with_long(selection))
    sql = f"""
    WITH {span}, looked_at AS MATERIALIZED (
        SELECT position, {fits} AS fits FROM {INDEX}
        WHERE {position} BETWEEN (SELECT first FROM span) AND (SELECT last FROM span) {asked}
    ) SELECT are_all, first, last, (SELECT count(*) FROM looked_at),
        ARRAY(SELECT position FROM looked_at WHERE fits ORDER BY position {direction} LIMIT %s) FROM span"""
    return _Next(*rows(sql, [low, high, share, *values, most])[0])


def with_long(selection: Selection) -> str:
    """Its tsquery, and the texts that have too many lexemes to be asked."""
    return f"({selection.match} | '{LONG}')"


def rechecked(selection: Selection) -> Condition:
    """What is still to be looked at in the rows that the index has found."""
    if not selection.where:
        return "true", ()
    unsaid, values = selection.unsaid
    if unsaid == selection.where:
        return f"({unsaid})", values
    return f"(CASE WHEN is_long THEN {selection.where} ELSE {unsaid or 'true'} END)", (*selection.values, *values)


def array(numbers: Iterable[int]) -> str:
    """These numbers as the value of a placeholder; psycopg would take ten times as long over a list."""
    return f"{{{','.join(map(str, numbers))}}}"


def documents() -> int:
    """How many there are in the archive."""
    return int(rows("SELECT coalesce(max(documents), 0) FROM search_state", [])[0][0])


def rows(sql: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
    """What a query answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
