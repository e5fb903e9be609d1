"""The beginning of a word as an FTS5 expression that costs little.

FTS5 goes through all articles with all words that begin so before it hands out the first, unless its prefix index has
them together. That holds beginnings of INDEXED letters: a shorter one is asked as all of those that continue it, a
longer one as the words that begin so, which FTS5 then follows side by side. If they are too many, FTS5 has its way.
"""

from functools import lru_cache

from django.db import connection

from archive.search.models import State
from archive.search.sqlite.tables import INDEXED_PREFIX, TERMS

MOST_WORDS = 500
REMEMBERED = 64  # beginnings; a page asks for the same more than once
_HIGHEST = "\U0010ffff"

# From one to the next, as FTS5 finds the first from any place on at once.
_NEXT = f"SELECT term FROM {TERMS} WHERE term >= %s LIMIT 1"
_ALL = f"""
WITH RECURSIVE found(term) AS (
    SELECT ({_NEXT})
    UNION ALL
    SELECT (SELECT later.term FROM {TERMS} AS later WHERE later.term >= substr(found.term, 1, %s) || %s LIMIT 1)
    FROM found WHERE found.term >= %s AND found.term < %s
)
SELECT term FROM found WHERE term >= %s AND term < %s LIMIT %s"""


def expression(beginning: str) -> str:
    """What finds every word that begins so. In parentheses, if it is more than one."""
    return _expression(beginning, State.current_version())


@lru_cache(maxsize=REMEMBERED)
def _expression(beginning: str, version: int | None) -> str:
    """The same, for one state of the index."""
    if len(beginning) == INDEXED_PREFIX:
        return f'"{beginning}" *'
    if len(beginning) < INDEXED_PREFIX:
        longer = len(beginning) + 1
        firsts = {term[:longer] for term in _terms(beginning, longer, _HIGHEST, -1)}
        found = [f'"{beginning}"', *(_expression(first, version) for first in sorted(firsts - {beginning}))]
    else:
        words = _terms(beginning, len(beginning) + 10_000, "\0", MOST_WORDS + 1)
        found = [f'"{word}"' for word in words] if len(words) <= MOST_WORDS else [f'"{beginning}" *']
    return f"({' OR '.join(found)})" if len(found) > 1 else "".join(found) or f'"{beginning}" *'


def _terms(beginning: str, letters: int, step: str, at_most: int) -> list[str]:
    """The terms that begin so, the first from each on that has other first `letters`. -1: without a bound."""
    end = beginning + _HIGHEST
    with connection.cursor() as cursor:
        # A term that is the beginning and no more has no letter to go by.
        start = beginning if letters > INDEXED_PREFIX else f"{beginning}\0"
        cursor.execute(_ALL, [start, letters, step, start, end, start, end, at_most])
        return [term for (term,) in cursor.fetchall()]
