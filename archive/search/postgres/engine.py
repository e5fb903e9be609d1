"""Asking the index on PostgreSQL. Everything here reads, and nothing grows with the archive but by its own bound.

The functions are those of `engine.Engine`; how documents are gone through is in `walking`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from archive.query import Node
from archive.search.documents import HIGHEST_POSITION
from archive.search.engine import Order, Ranked
from archive.search.personal import NOBODY, Reader
from archive.search.postgres.match import Selection, Sought, both, select
from archive.search.postgres.tables import INDEX, LEXEMES
from archive.search.postgres.walking import (
    FIRST_LOOK,
    MOST_COUNTED_OF,
    SPAN_OF_NEWEST,
    WITHIN_NEXT,
    array,
    documents,
    rechecked,
    rows,
    walk,
    with_long,
)
from archive.search.weighing import Candidate, best_first, inverse_frequency

__all__ = ["count", "count_each", "facets", "page", "ranked", "select", "similar"]

TITLE_CANDIDATES = 100
NEWEST_CANDIDATES = 300
MOST_TITLES = 1_000  # results among which those with several words in the title are looked for
MOST_WEIGHED = 10  # terms of a search
MOST_SORTED = 5_000  # documents


def page(selection: Selection, order: Order, bound: tuple[Any, int] | None, size: int) -> list[tuple[Any, int]]:
    if not order.column:
        low, high = (bound[1] + 1, HIGHEST_POSITION) if bound and not order.is_descending else (0, HIGHEST_POSITION)
        if bound and order.is_descending:
            high = bound[1] - 1
        found = walk(both(selection, Selection(low=low, high=high)), size, is_descending=order.is_descending)
        return [(0, position) for position in found.positions]
    direction, comparison = ("DESC", "<") if order.is_descending else ("ASC", ">")
    after, values = f"AND ({order.column}, position) {comparison} (%s, %s)" if bound else "", list(bound or ())
    condition, condition_values = _among(selection)
    sql = (
        f"SELECT {order.column}, position FROM search_document AS document WHERE {condition} {after} "
        f"ORDER BY {order.column} {direction}, position {direction} LIMIT %s"
    )
    return rows(sql, [*condition_values, *values, size])


def count(selection: Selection, at_most: int) -> int:
    if selection.is_everything:
        return documents()
    return len(walk(selection, at_most).positions)


def count_each(
    selection: Selection, nodes: Iterable[Node], at_most: int, reader: Reader = NOBODY
) -> Iterator[int | None]:
    for node in nodes:
        found = walk(both(selection, select(node, {}, reader)), at_most, most_looked_at=MOST_COUNTED_OF)
        yield len(found.positions) if found.cut_at is None else None


def facets(selection: Selection, at_most: int) -> tuple[list[str], bool]:
    if selection.is_everything:
        newest = "SELECT facets FROM search_document ORDER BY position DESC LIMIT %s"
        found = [facets for (facets,) in rows(newest, [at_most])]
        return found, len(found) < at_most
    walked = walk(selection, at_most, most_looked_at=MOST_COUNTED_OF)
    sql = "SELECT facets FROM search_document WHERE position = ANY (%s) ORDER BY position DESC"
    found = [facets for (facets,) in rows(sql, [array(walked.positions)])]
    return found, walked.cut_at is None and len(walked.positions) < at_most


def ranked(selection: Selection, titled: Selection, most_counted: int) -> Ranked:
    found = walk(selection, max(most_counted, NEWEST_CANDIDATES), most_looked_at=MOST_COUNTED_OF)
    newest = found.positions[:NEWEST_CANDIDATES]
    by_title = _titled(titled, found.positions)
    lowest = newest[-1] if len(newest) == NEWEST_CANDIDATES else found.cut_at or 0
    sql = f"SELECT position, title, authors, words, personal FROM {INDEX} WHERE position = ANY (%s)"
    candidates = {row[0]: Candidate(*row) for row in rows(sql, [array({*newest, *by_title})])}
    worths = _worths(selection.terms) if candidates else []
    best = best_first(list(candidates.values()), worths, frozenset(by_title))
    total = min(len(found.positions), most_counted)
    is_least = found.cut_at is not None or total == most_counted
    return Ranked([candidate.position for candidate in best], lowest, total, is_least)


def _titled(titled: Selection, found: list[int]) -> list[int]:
    """The newest of those with the words in their titles, which are among those found."""
    if len(titled.terms) < 2:  # the index knows them
        return walk(titled, TITLE_CANDIDATES).positions
    condition, values = titled.as_condition()
    sql = f"SELECT position FROM {INDEX} WHERE position = ANY (%s) AND {condition} ORDER BY position DESC LIMIT %s"
    return [position for (position,) in rows(sql, [array(found[:MOST_TITLES]), *values, TITLE_CANDIDATES])]


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
        condition, condition_values = rechecked(selection)
        within = f"{WITHIN_NEXT} AND " if among else ""
        asked = f"{within}{LEXEMES} @@ %s::tsquery AND {condition}"
        found = f"SELECT {number}, position FROM {INDEX} WHERE {asked} LIMIT %s"
        parts.append(f"({found})")
        values += [with_long(selection), *condition_values, most_each]
    if not parts:
        return []
    sql = " UNION ALL ".join(parts)
    if among:
        sql = f"WITH {SPAN_OF_NEWEST} {sql}"
        values = [0, HIGHEST_POSITION, among, *values]
    return [(number, position) for number, position in rows(sql, values)]


def _worths(terms: Sequence[Sought]) -> list[tuple[Sought, float]]:
    """The terms, each with what a hit is worth: the rarer among the newest documents, the more."""
    if len(terms) < 2:
        return [(term, 1) for term in terms]
    terms = terms[:MOST_WEIGHED]
    size = "(SELECT count(*) FROM search_document WHERE position BETWEEN first AND last)"
    having = f"(SELECT count(*) FROM {INDEX} WHERE {WITHIN_NEXT} AND {LEXEMES} @@ %s::tsquery)"
    sql = f"WITH {SPAN_OF_NEWEST} SELECT {size}, {', '.join([having] * len(terms))} FROM span"
    ((size, *counts),) = rows(sql, [0, HIGHEST_POSITION, FIRST_LOOK, *(term.match for term in terms)])
    return [(term, inverse_frequency(count, size)) for term, count in zip(terms, counts, strict=True)]


def _among(selection: Selection) -> tuple[str, list[Any]]:
    """A selection as a condition on `document`, for orders that the index knows nothing of."""
    if selection.is_everything:
        return "true", []
    found = walk(selection, MOST_SORTED).positions
    if len(found) < MOST_SORTED:
        return "position = ANY (%s)", [array(found)]
    condition, values = selection.as_condition()
    # As a value and not as a condition, so that it is looked at in the order asked for.
    return f"(SELECT {condition} FROM {INDEX} WHERE {INDEX}.position = document.position)", list(values)
