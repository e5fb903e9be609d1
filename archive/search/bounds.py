"""What of a search costs too much, and is searched as plain words."""

from archive import query
from archive.query import Node, Term
from archive.query.combine import change_terms
from archive.query.preparing import is_unspaced, prepare
from archive.search.kinds import Snapshot

SHORTEST_PREFIX = 2  # letters
SHORTEST_PART, LONGEST_PART = 3, 60
MOST_OPEN = 3  # in one search
MOST_CONTINUED = 16_000  # words that begin alike at the end of a phrase; the index refuses 16,384

LOST = (
    f"A word* needs {SHORTEST_PREFIX} letters, *part, *part* and word~ need {SHORTEST_PART}, and a search has "
    f"{MOST_OPEN} of these at most. What costs more than that was searched as a plain word."
)


def bounded(node: Node | None, snapshot: Snapshot) -> Node | None:
    """The search with stars and tildes left off where the index would have to go through a large part of itself, and
    beyond MOST_OPEN.
    """
    left = MOST_OPEN

    def as_affordable(term: Term) -> Term:
        nonlocal left
        if isinstance(term, query.Word | query.Phrase):
            return term
        left -= 1
        return term if left >= 0 and _is_affordable(term, snapshot) else query.Word(term.text)

    return change_terms(node, as_affordable)


def _is_affordable(term: Term, snapshot: Snapshot) -> bool:
    *first, last = prepare(term.text).split() or [""]
    if not last or is_unspaced(last):
        return True
    if not isinstance(term, query.Prefix):
        return not first and SHORTEST_PART <= len(last) <= LONGEST_PART
    if len(last) < SHORTEST_PREFIX:
        return False
    return not first or len(snapshot.searcher.terms_with_prefix("all", last, limit=MOST_CONTINUED)) < MOST_CONTINUED
