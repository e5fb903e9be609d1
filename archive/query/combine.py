"""Searches put together and taken apart: filters from clicks joined to typed ones, hits to mark, chips to remove."""

from collections.abc import Iterator
from dataclasses import dataclass

from archive.query.syntax import And, Leaf, Node, Not, Or, Phrase, Prefix, Query, Term, TextField, Word


def conjoin(*nodes: Node | None) -> Node | None:
    """All of these at once. None asks for everything, so it adds nothing; None if nothing is left."""
    parts: list[Node] = []
    for node in nodes:
        if isinstance(node, And):
            parts.extend(node.nodes)
        elif node is not None:
            parts.append(node)
    return And(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


def disjoin(*nodes: Node | None) -> Node | None:
    """Any of these. None, as what is left of an alternative that was not understood, is passed over."""
    parts: list[Node] = []
    for node in nodes:
        if isinstance(node, Or):
            parts.extend(node.nodes)
        elif node is not None:
            parts.append(node)
    return Or(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


def negate(node: Node) -> Node:
    """All but these; of a negation, what it negated."""
    return node.node if isinstance(node, Not) else Not(node)


def within(name: str, node: Node) -> Node:
    """The same search with its words sought only in the text `name`. Words that name their text keep it."""
    match node:
        case Word() | Prefix() | Phrase():
            return TextField(name, node)
        case Not():
            return Not(within(name, node.node))
        case And() | Or():
            return type(node)(tuple(within(name, child) for child in node.nodes))
        case _:
            return node


def leaves(node: Node | None) -> Iterator[Leaf]:
    """Every single condition, asked for or excluded."""
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
    """What to mark as a hit, in the order written, each once: terms that are asked for, not those that are excluded.

    Without `text`, those sought anywhere; with it (title, author, notes, highlights), also those sought in that text.
    """
    return list(dict.fromkeys(_terms(node, text)))


def _terms(node: Node | None, text: str | None) -> Iterator[Term]:
    match node:
        case Word() | Prefix() | Phrase():
            yield node
        case TextField() if node.name == text:
            yield node.term
        case And() | Or():
            for child in node.nodes:
                yield from _terms(child, text)


@dataclass(frozen=True)
class Chip:
    """One condition of a search: as a reader sees it, as a node, and the whole search without it."""

    text: str
    node: Node
    without: str


def chips(query: Query) -> list[Chip]:
    """The conditions that all must hold, each with what removing it leaves. The order of results stays."""
    if query.node is None:
        return []
    nodes = query.node.nodes if isinstance(query.node, And) else (query.node,)
    return [
        Chip(str(node), node, str(Query(conjoin(*nodes[:index], *nodes[index + 1 :]), query.sort)))
        for index, node in enumerate(nodes)
    ]
