"""The articles that answer a search best, on SQLite. docs/decisions/search-ranking.md says why it goes so.

bm25 goes through all articles with each term of its expression, so it is only given terms that are in few, and only the
candidates.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice

from archive.search import sqlite_lengths
from archive.search.sqlite_match import Selection, Term, Terms
from archive.search.sqlite_query import rows, source
from archive.search.sqlite_schema import INDEX

TITLE_CANDIDATES = 100
NEWEST_CANDIDATES = 500
COMMON = 10_000  # documents with a word, from which on it has no weight
MOST_WEIGHED = 20  # words of a search
# bm25 counts a hit in the title ten times, in authors, site and tags five times, in description and notes three times.
_WEIGHTS = (10, 3, 5, 5, 5, 1, 0, 3)


def ranked(selection: Selection, titled: Selection, most_counted: int) -> tuple[list[int], int, int]:
    newest, lowest, total = _newest(selection, NEWEST_CANDIDATES, most_counted)
    if not newest:
        return [], 0, 0
    # Where there are more results than are counted, titles are looked through no farther than that.
    with_title, *_ = _newest(replace(titled, low=max(titled.low, lowest)), TITLE_CANDIDATES, TITLE_CANDIDATES)
    is_rare = _rare(selection.terms)
    best_first = [*_best_first(titled, with_title, is_rare), *_best_first(selection, newest, is_rare)]
    return list(dict.fromkeys(best_first)), newest[-1] if len(newest) == NEWEST_CANDIDATES else 0, total


def _newest(selection: Selection, size: int, most_counted: int) -> tuple[list[int], int, int]:
    """The positions of the newest documents; the lowest position of those that were counted, and how many these are."""
    found, position, values = source(selection, with_documents=False)
    sql = (
        f"WITH counted(position) AS MATERIALIZED (SELECT {position} {found} ORDER BY {position} DESC LIMIT %s) "
        "SELECT * FROM (SELECT position FROM counted ORDER BY position DESC LIMIT %s) "
        "UNION ALL SELECT min(position) FROM counted UNION ALL SELECT count(*) FROM counted"
    )
    *newest, (lowest,), (total,) = rows(sql, [*values, most_counted, size])
    return [position for (position,) in newest], lowest or 0, total


def _best_first(selection: Selection, positions: list[int], is_rare: Mapping[str, bool]) -> list[int]:
    """These of the documents by what they are worth by the terms that tell something, the newer first among equals."""
    telling = _telling(selection.terms, is_rare)
    scores: dict[int, float] = {}
    if telling and positions:
        score, lengths, averages = _score()
        among = Selection(telling, positions[-1], positions[0])
        found, position, values = source(among, with_documents=False, beside=lengths)
        scores = dict(rows(f"SELECT {position}, {score} {found}", [*averages, *values]))
    return sorted(positions, key=lambda position: (scores.get(position, 0), -position))


def _telling(terms: Term | Terms, is_rare: Mapping[str, bool]) -> str:
    """The terms that are not in too many documents to tell something, as an expression; empty if there are none."""
    if isinstance(terms, Term):
        return terms.match if any(is_rare.get(part) for part in terms.parts) else ""
    found = [telling for term in terms.terms if (telling := _telling(term, is_rare))]
    return f"({f' {terms.operator} '.join(found)})" if found else ""


def _rare(terms: Term | Terms) -> dict[str, bool]:
    """Whether the parts of the first MOST_WEIGHED terms are in fewer than COMMON documents."""
    parts = list(dict.fromkeys(islice(_parts(terms), MOST_WEIGHED)))
    if not parts:
        return {}
    counted = f"(SELECT count(*) FROM (SELECT 1 FROM {INDEX} WHERE {INDEX} MATCH %s LIMIT {COMMON}))"
    [counts] = rows(f"SELECT {', '.join([counted] * len(parts))}", parts)
    return {part: number < COMMON for part, number in zip(parts, counts, strict=True)}


def _parts(terms: Term | Terms) -> Iterator[str]:
    if isinstance(terms, Term):
        yield from terms.parts
    else:
        yield from chain.from_iterable(map(_parts, terms.terms))


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
