"""A search made ready to be asked: the forms of its words, and what the engine makes of it."""

from collections.abc import Callable, Collection

from archive import query
from archive.query import Leaf, Node, Term
from archive.query.preparing import is_unspaced, prepare
from archive.search.engines import engine
from archive.search.personal import EVERYBODY, KINDS, NOBODY, Reader
from archive.search.stemming import forms

SHORTEST_PREFIX = 2  # letters
SHORTEST_RANKED_PREFIX = 4
MOST_PREFIXES = 3  # in one search

_UNKNOWN_READER = (
    "Sign in to search your notes and highlights, and what you have read or starred: nothing is found by them."
)
_LOST_PREFIXES = (
    f"A * needs {SHORTEST_PREFIX} letters before it, and a search has {MOST_PREFIXES} of them at most. "
    "It was searched as a plain word."
)


class Search:
    """A search with its words looked up: one query into the vocabulary, if it has words.

    `reader` is the id of the person who searches: notes and highlights that they may see are searched, too.
    """

    def __init__(self, node: Node | None, reader: int | None = None) -> None:
        self.node = _with_few_prefixes(node)
        self._has_lost_prefixes = self.node != node
        self.forms = forms(_words(self.node))
        self.reader = _reader(reader) if is_personal(self.node) else NOBODY
        self.selection = engine().select(self.node, self.forms, self.reader)
        self.titled = engine().select(_in_title(self.node), self.forms, self.reader)
        # What to mark in a text and in a title; also what makes an order by relevance worth while.
        self.terms = query.terms(self.node)
        self.title_terms = query.terms(self.node, "title")
        # The positions of all it finds, once an order has come by them.
        self.found: Collection[int] | None = None

    @property
    def is_ranked(self) -> bool:
        """Whether to look for the articles that answer best. Weighing what a short prefix finds is too dear."""
        has_short_prefix = any(
            isinstance(term, query.Prefix) and len(term.text) < SHORTEST_RANKED_PREFIX for term in self.title_terms
        )
        is_indexed = self.selection.is_indexed and self.titled.is_indexed
        return is_indexed and bool(self.title_terms) and not has_short_prefix

    def problems(self) -> list[str]:
        """What of the search the archive cannot answer, in sentences for the reader."""
        lost = [_LOST_PREFIXES] if self._has_lost_prefixes else []
        return [*lost, _UNKNOWN_READER] if self.reader.id is None and _is_about_reader(self.node) else lost


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


def _words(node: query.Node | None) -> set[str]:
    """The single words of a search, prepared: those that have forms."""
    match node:
        case query.Word():
            prepared = prepare(node.text)
            return {prepared} if prepared and " " not in prepared else set()
        case query.TextField():
            return _words(node.term)
        case query.Not():
            return _words(node.node)
        case query.And() | query.Or():
            return set().union(*(_words(child) for child in node.nodes))
        case _:
            return set()


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


def _reader(reader: int | None) -> Reader:
    """Someone who searches, with whose notes or highlights there are for them to see."""
    if reader is None:
        return NOBODY
    has_any = query.Or((query.Is("noted"), query.Is("highlighted")))
    owners = (reader, EVERYBODY)
    return Reader(reader, tuple(owner for owner in owners if _finds(has_any, Reader(owner))))


def _finds(node: Node, reader: Reader) -> bool:
    return engine().count(engine().select(node, {}, reader), 1) > 0


def is_personal(node: Node | None) -> bool:
    """Whether it makes a difference who searches: where there are words, or what a reader keeps is asked for."""
    return any(
        isinstance(leaf, query.Word | query.Prefix | query.Phrase) or _is_kept_by_reader(leaf)
        for leaf in query.leaves(node)
    )


def _is_about_reader(node: Node | None) -> bool:
    return any(map(_is_kept_by_reader, query.leaves(node)))


def _is_kept_by_reader(leaf: Leaf) -> bool:
    match leaf:
        case query.TextField():
            return leaf.name in KINDS
        case query.Has():
            return leaf.what in KINDS
        case _:
            return isinstance(leaf, query.Is)
