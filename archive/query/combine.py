"""Combining and taking apart searches: clicked filters joined to typed ones, terms to highlight, conditions."""

from collections.abc import Callable, Iterator
from itertools import filterfalse

from archive.query.syntax import (
    And,
    Collection,
    Has,
    Is,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Part,
    Phrase,
    Prefix,
    Query,
    Term,
    TextField,
    Word,
)

KEPT_TEXTS = ("notes", "highlights")  # texts that readers add to an article


def conjoin(*nodes: Node | None) -> Node | None:
    """All of these at once. None stands for everything and is skipped; returns None if nothing is left."""
    parts: list[Node] = []
    for node in nodes:
        if isinstance(node, And):
            parts.extend(node.nodes)
        elif node is not None:
            parts.append(node)
    return And(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


def disjoin(*nodes: Node | None) -> Node | None:
    """Any of these. None, what is left of an alternative that was not understood, is skipped."""
    parts: list[Node] = []
    for node in nodes:
        if isinstance(node, Or):
            parts.extend(node.nodes)
        elif node is not None:
            parts.append(node)
    return Or(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


def negate(node: Node) -> Node:
    """Everything but this; a double negation cancels out."""
    return node.node if isinstance(node, Not) else Not(node)


def within(name: str, node: Node) -> Node:
    """The search with its words restricted to the text `name`. Words that already name a text keep it."""
    match node:
        case Word() | Prefix() | Part() | Near() | Phrase():
            return TextField(name, node)
        case Not():
            return Not(within(name, node.node))
        case And() | Or():
            return type(node)(tuple(within(name, child) for child in node.nodes))
        case _:
            return node


def change_terms(node: Node | None, change: Callable[[Term], Term]) -> Node | None:
    """The search with `change` applied to every term."""
    match node:
        case Word() | Prefix() | Part() | Near() | Phrase():
            return change(node)
        case TextField():
            return TextField(node.name, change(node.term))
        case Not():
            return Not(change_terms(node.node, change) or node.node)
        case And():
            return conjoin(*(change_terms(child, change) for child in node.nodes))
        case Or():
            return disjoin(*(change_terms(child, change) for child in node.nodes))
        case _:
            return node


def leaves(node: Node | None) -> Iterator[Leaf]:
    """Every condition, required or excluded."""
    match node:
        case None:
            return
        case Not():
            yield from leaves(node.node)
        case And() | Or():
            for child in node.nodes:
                yield from leaves(child)
        case _:
            yield node


def terms(node: Node | None, text: str | None = None) -> list[Term]:
    """The terms to highlight, in the order written and without duplicates; excluded terms are not among them.

    Without `text`, terms searched anywhere; with it (title, author, notes, highlights), also those searched in that
    text.
    """
    return list(dict.fromkeys(_terms(node, text)))


def _terms(node: Node | None, text: str | None) -> Iterator[Term]:
    match node:
        case Word() | Prefix() | Part() | Near() | Phrase():
            yield node
        case TextField() if node.name == text:
            yield node.term
        case And() | Or():
            for child in node.nodes:
                yield from _terms(child, text)


def conditions(node: Node | None) -> tuple[Node, ...]:
    """The parts of a search that must all match, in the order written."""
    if node is None:
        return ()
    return node.nodes if isinstance(node, And) else (node,)


def without(asked: Query, is_unwanted: Callable[[Node], bool]) -> Query:
    """The search without these conditions. The sort order stays."""
    return Query(conjoin(*filterfalse(is_unwanted, conditions(asked.node))), asked.sort)


def is_personal(node: Node | None) -> bool:
    """Whether the results depend on the reader: there are words, or a condition on the reader's own marks."""
    return any(isinstance(leaf, Term) or _is_kept_by_reader(leaf) for leaf in leaves(node))


def is_about_reader(node: Node | None) -> bool:
    """Whether there is a condition on the reader's own marks, notes or collections."""
    return any(map(_is_kept_by_reader, leaves(node)))


def _is_kept_by_reader(leaf: Leaf) -> bool:
    match leaf:
        case TextField():
            return leaf.name in KEPT_TEXTS
        case Has():
            return leaf.what in KEPT_TEXTS
        case _:
            return isinstance(leaf, Is | Collection)
