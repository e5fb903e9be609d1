"""A search made ready to be asked: the forms of its words, and what the engine makes of it."""

from collections.abc import Callable

from archive import query
from archive.query import Node, Term
from archive.search.engine import engine
from archive.search.preparing import is_unspaced, prepare
from archive.search.stemming import forms

SHORTEST_PREFIX = 2  # letters
SHORTEST_RANKED_PREFIX = 4
MOST_PREFIXES = 3  # in one search

_NOT_YET = {
    "highlights": "Highlights cannot be searched yet, so nothing is found by them.",
    "notes": "Notes cannot be searched yet, so nothing is found by them.",
    "read": "What you have read or starred is not kept yet, so nothing is found by it.",
}
_LOST_PREFIXES = (
    f"A * needs {SHORTEST_PREFIX} letters before it, and a search has {MOST_PREFIXES} of them at most. "
    "Without that, the word was sought as it stands."
)
_NOT_YET["unread"] = _NOT_YET["starred"] = _NOT_YET["read"]


class Search:
    """A search with its words looked up: one query into the vocabulary, if it has words."""

    def __init__(self, node: Node | None) -> None:
        self.node = _with_few_prefixes(node)
        self._has_lost_prefixes = self.node != node
        self.forms = forms(engine().words(self.node))
        self.selection = engine().select(self.node, self.forms)
        self.titled = engine().select(_in_title(self.node), self.forms)
        # What to mark in a text and in a title; also what makes an order by relevance worth while.
        self.terms = query.terms(self.node)
        self.title_terms = query.terms(self.node, "title")

    @property
    def is_ranked(self) -> bool:
        """Whether to look for the articles that answer best. Weighing what a short prefix finds is too dear."""
        has_short_prefix = any(
            isinstance(term, query.Prefix) and len(term.text) < SHORTEST_RANKED_PREFIX for term in self.title_terms
        )
        return bool(self.selection.match and self.titled.match and self.title_terms) and not has_short_prefix

    def problems(self) -> list[str]:
        """What of the search the archive cannot answer, in sentences for the reader."""
        lost = [_LOST_PREFIXES] if self._has_lost_prefixes else []
        return [*lost, *dict.fromkeys(_not_yet(self.node))]


def change_terms(node: Node | None, change: Callable[[Term], Term]) -> Node | None:
    """The search with every term changed so."""
    match node:
        case query.Word() | query.Prefix() | query.Phrase():
            return change(node)
        case query.TextField():
            return query.TextField(node.name, change(node.term))
        case query.Not():
            return query.Not(change_terms(node.node, change) or node.node)
        case query.And():
            return query.conjoin(*(change_terms(child, change) for child in node.nodes))
        case query.Or():
            return query.disjoin(*(change_terms(child, change) for child in node.nodes))
        case _:
            return node


def _with_few_prefixes(node: Node | None) -> Node | None:
    """The search with prefixes that are too short, and those beyond MOST_PREFIXES, taken as words.

    The index goes through every word that begins so: for one letter, a large part of itself.
    """
    left = MOST_PREFIXES

    def bounded(term: Term) -> Term:
        nonlocal left
        if not isinstance(term, query.Prefix):
            return term
        left -= 1
        letters = prepare(term.text).rpartition(" ")[2]
        is_long_enough = len(letters) >= SHORTEST_PREFIX or is_unspaced(letters[-1:])
        return term if left >= 0 and is_long_enough else query.Word(term.text)

    return change_terms(node, bounded)


def _in_title(node: Node | None) -> Node | None:
    """The search with the words that are asked for sought in titles alone. It finds nothing that the search does not:
    of alternatives, those without words are left out if others have some.
    """
    match node:
        case query.Word() | query.Prefix() | query.Phrase():
            return query.TextField("title", node)
        case query.And():
            return query.conjoin(*map(_in_title, node.nodes))
        case query.Or():
            with_words = [child for child in node.nodes if query.terms(child)]
            return query.disjoin(*map(_in_title, with_words)) if with_words else node
        case _:
            return node


def _not_yet(node: Node | None) -> list[str]:
    match node:
        case query.TextField():
            asked = node.name
        case query.Has() | query.Is():
            asked = node.what
        case query.Not():
            return _not_yet(node.node)
        case query.And() | query.Or():
            return [problem for child in node.nodes for problem in _not_yet(child)]
        case _:
            return []
    return [_NOT_YET[asked]] if asked in _NOT_YET else []
