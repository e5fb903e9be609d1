"""Replaces the parts of a search that are too expensive with plain words."""

from collections.abc import Callable

from archive.query.combine import change_terms
from archive.query.preparing import is_unspaced, prepare
from archive.query.syntax import Node, Phrase, Prefix, Term, Word

SHORTEST_PREFIX, SHORTEST_PART = 2, 3  # letters
LONGEST = 50  # letters of either; the automaton for more would be too large
MOST_OPEN = 3  # per search

LOST = (
    f"A word* needs {SHORTEST_PREFIX} letters, *part, *part* and word~ need {SHORTEST_PART}; {LONGEST} are the most, "
    f"and a search has {MOST_OPEN} of these at most. Anything beyond that was searched as a plain word."
)


def bounded(node: Node | None, is_common: Callable[[str], bool]) -> Node | None:
    """The search without wildcards that would scan a large part of an index, and without those beyond MOST_OPEN.
    `is_common`: whether too many words begin like this to try them all at the end of a phrase."""
    left = MOST_OPEN

    def as_affordable(term: Term) -> Term:
        nonlocal left
        if isinstance(term, Word | Phrase):
            return term
        left -= 1
        return term if left >= 0 and _is_affordable(term, is_common) else Word(term.text)

    return change_terms(node, as_affordable)


def _is_affordable(term: Term, is_common: Callable[[str], bool]) -> bool:
    *first, last = prepare(term.text).split() or [""]
    if not last or is_unspaced(last):
        return True
    if isinstance(term, Prefix):
        return SHORTEST_PREFIX <= len(last) <= LONGEST and not (first and is_common(last))
    return not first and SHORTEST_PART <= len(last) <= LONGEST
