"""The articles that answer a search best, on SQLite. docs/decisions/search-ranking.md says why it goes so.

bm25 goes through all articles with each term of its expression, so it is only given terms that are in few, and only the
candidates.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import chain, islice

from archive.search.engine import Ranked
from archive.search.sqlite import lengths
from archive.search.sqlite.match import Selection, Term, Terms
from archive.search.sqlite.query import newest, rows, source
from archive.search.sqlite.tables import INDEX

TITLE_CANDIDATES = 100
NEWEST_CANDIDATES = 500
MOST_TITLES = 1_000  # results whose titles are looked at
COMMON = 5_000  # documents with a word, from which on it has no weight
MOST_WEIGHED = 20  # words of a search
# bm25 counts a hit in the title four times, in authors, site and tags five times, in description and notes three times.
_WEIGHTS = (4, 3, 5, 5, 5, 1, 0, 3)


def ranked(selection: Selection, titled: Selection, most_counted: int) -> Ranked:
    newest_ones, with_title, total = _candidates(selection, titled.terms, most_counted)
    if not newest_ones:
        return Ranked([], 0, 0, False)
    if _is_word(selection):  # the index finds it in titles at once, among however many
        with_title = _newest(titled)
    in_title = set(with_title)
    found = sorted({*newest_ones, *in_title})
    scores = _scores(selection, total, found)
    lowest = newest_ones[-1] if len(newest_ones) == NEWEST_CANDIDATES else 0
    # Where no word tells anything, those with the words in the title come first.
    found.sort(key=lambda position: (scores.get(position, 0), position not in in_title, -position))
    return Ranked(found, lowest, total, total >= most_counted)


def _candidates(selection: Selection, in_title: Term | Terms, most_counted: int) -> tuple[list[int], list[int], int]:
    """The positions of the newest documents, of the newest that have the terms in their titles, and how many documents
    there are, all from one walk through the index.
    """
    found, values = newest(selection, most_counted)
    condition, title_values = ("", []) if _is_word(selection) else _in_title(in_title)
    # What is materialized is read in the order in which it was found, as far as is needed.
    sql = f"""
    WITH found(position) AS MATERIALIZED ({found})
    SELECT 0, position FROM (SELECT position FROM found LIMIT %s)
    UNION ALL SELECT 1, position FROM (
        SELECT document.position FROM (SELECT position FROM found LIMIT %s) AS newest
        CROSS JOIN search_document AS document ON document.position = newest.position
        WHERE {condition or "false"} LIMIT %s)
    UNION ALL SELECT 2, count(*) FROM found"""
    limits = (NEWEST_CANDIDATES, MOST_TITLES)
    *candidates, (_, total) = rows(sql, [*values, *limits, *title_values, TITLE_CANDIDATES])
    first = sorted((number for tier, number in candidates if tier == 0), reverse=True)
    with_title = sorted((number for tier, number in candidates if tier == 1), reverse=True)
    return first, with_title, total


def _newest(titled: Selection) -> list[int]:
    """The positions of the newest documents with these titles."""
    return [number for (number,) in rows(*newest(titled, TITLE_CANDIDATES))]


def _is_word(selection: Selection) -> bool:
    """Whether a word is all that is asked for, maybe in several forms."""
    return isinstance(selection.terms, Term) and selection.terms.parts == (selection.match,)


def _in_title(terms: Term | Terms) -> tuple[str, list[str]]:
    """Whether a document has the terms in its title, as a condition, and the values for its placeholders."""
    if isinstance(terms, Term):
        texts = terms.texts if terms.column == "title" else ()
        return " OR ".join(["instr(' ' || document.title_key || ' ', %s)"] * len(texts)), list(texts)
    parts = [part for term in terms.terms if (part := _in_title(term))[0]]
    return f" {terms.operator} ".join(f"({sql})" for sql, _ in parts), [
        value for _, values in parts for value in values
    ]


def _scores(selection: Selection, total: int, positions: list[int]) -> dict[int, float]:
    """What these of the documents are worth by the terms that tell something, the best the least. `total`: how many
    documents there are.
    """
    telling = _telling(selection.terms, _rare(selection, total))
    if not telling:
        return {}
    score, lengths, averages = _score()
    among = Selection(telling, positions[0], positions[-1])
    found, position, values = source(among, with_documents=False, beside=lengths)
    # FTS5 would take each of them for a search of its own if it saw what is asked of the rowid.
    sql = f"SELECT {position}, {score} {found} AND +{position} IN (SELECT value FROM json_each(%s))"
    return dict(rows(sql, [*averages, *values, json.dumps(positions)]))


def _telling(terms: Term | Terms, is_rare: Mapping[str, bool]) -> str:
    """The terms that are not in too many documents to tell something, as an expression; empty if there are none."""
    if isinstance(terms, Term):
        return terms.match if any(is_rare.get(part) for part in terms.parts) else ""
    found = [telling for term in terms.terms if (telling := _telling(term, is_rare))]
    return f"({f' {terms.operator} '.join(found)})" if found else ""


def _rare(selection: Selection, total: int) -> dict[str, bool]:
    """Whether the parts of the first MOST_WEIGHED terms are in fewer than COMMON documents."""
    if _is_word(selection):
        return {selection.match: total < COMMON}
    parts = list(dict.fromkeys(islice(_parts(selection.terms), MOST_WEIGHED)))
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
    average, average_without = lengths.averages(INDEX)
    if average == average_without:
        return f"round(bm25({INDEX}, {', '.join(map(str, _WEIGHTS))}), 2)", "", []
    weights = ", ".join(f"{weight} * scale.value" for weight in _WEIGHTS)
    # json_each has the scale worked out once for each candidate, not for each weight.
    joined = (
        f" CROSS JOIN {INDEX}_docsize AS lengths ON lengths.id = {INDEX}.rowid "
        "CROSS JOIN json_each(archive_scale(lengths.sz, %s, %s)) AS scale"
    )
    return f"round(bm25({INDEX}, {weights}), 2)", joined, [average, average_without]
