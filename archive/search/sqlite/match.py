"""A search as SQLite is asked it: an FTS5 expression for all that the index knows, conditions for what it does not.

The parsers of SQLite and of FTS5 give up on deep nesting; `query.DEEPEST` stays below that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import ClassVar

from archive import query
from archive.query.preparing import prepare
from archive.search import labels
from archive.search.documents import HIGHEST_POSITION, outside, span
from archive.search.engine import Forms
from archive.search.filters import token_of
from archive.search.personal import KINDS, NOBODY, Reader
from archive.search.phrases import phrases_of
from archive.search.selections import MOST_ALTERNATIVES, Condition, Selected, all_of, any_of
from archive.search.sqlite import prefixes
from archive.search.sqlite.tables import INDEX

WORD_COUNT = "document.word_count BETWEEN %s AND %s"
_COLUMNS = {"title": "title", "author": "authors"}
_EVERYTHING = f'"{labels.EVERYTHING}"'
_NOTHING = f'"{labels.NOTHING}"'


@dataclass(frozen=True)
class Term:
    """Words that a search asks for, as an expression; they are in no more articles than each of `parts`.

    `texts` are what prepared text with spaces around it may hold of them, in the `column` alone if there is one.
    """

    match: str
    parts: tuple[str, ...]
    texts: tuple[str, ...]
    column: str = ""


@dataclass(frozen=True)
class Terms:
    """Terms of which all are asked for (AND), or one at least (OR)."""

    operator: str
    terms: tuple["Term | Terms", ...]


@dataclass(frozen=True)
class Selection(Selected):
    """With an FTS5 expression to match, and a condition on `document`. Documents can be weighed by the `terms`, which
    are part of the expression.
    """

    position: ClassVar[str] = "document.position"

    terms: Term | Terms = field(default=Terms("AND", ()), compare=False)

    @property
    def is_expression(self) -> bool:
        """Whether the FTS5 expression says it all."""
        return self == Selection(self.match)

    @property
    def matching(self) -> Condition:
        sql = f"{self.position} IN (SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s)"
        return (sql, (self.match,)) if self.match else ("", ())


def select(node: query.Node | None, forms: Forms, reader: Reader = NOBODY) -> Selection:
    """The documents a search asks for. `forms`: the forms of its single words, as prepared."""
    return replace(_select(node, forms, reader) or Selection(), terms=_terms(node, forms, reader))


def _terms(node: query.Node | None, forms: Forms, reader: Reader) -> Term | Terms:
    match node:
        case query.Word() | query.Phrase() if found := _term(node, forms, reader.all_beginnings):
            tokens = phrases_of(node, forms).tokens
            parts = (found,) if len(tokens[0]) == 1 else tuple(f'"{token}"' for token in tokens[0])
            return Term(found, parts, tuple(f" {' '.join(phrase)} " for phrase in tokens))
        case query.Prefix() if prepared := prepare(node.text):
            # A beginning of a word has no parts that could be rare: what it finds is not weighed.
            return Term("", (), (f" {prepared}",))
        case query.TextField() if node.name in _COLUMNS and isinstance(term := _terms(node.term, forms, NOBODY), Term):
            column = _COLUMNS[node.name]
            return replace(term, match=f"{column} : {term.match}", column=column)
        case query.And() | query.Or():
            operator = "AND" if isinstance(node, query.And) else "OR"
            return Terms(operator, tuple(_terms(child, forms, reader) for child in node.nodes))
        case _:
            return Terms("AND", ())


def both(selection: Selection, other: Selection) -> Selection:
    """The documents that fulfil the one and the other."""
    return _together([replace(selection, match=f"({selection.match})" if selection.match else ""), other])


def _select(node: query.Node | None, forms: Forms, reader: Reader) -> Selection | None:
    """None where nothing is asked, as by a word of punctuation alone: it neither finds nor excludes."""
    match node:
        case query.Word() | query.Prefix() | query.Phrase():
            found = _term(node, forms, reader.all_beginnings)
            return Selection(found) if found else None
        case query.TextField():
            return _text_field(node, forms, reader)
        case query.Tag() | query.Site() | query.Lang() | query.Path() | query.Has("images"):
            return Selection(f'"{token_of(node)}"')
        case query.Has():
            return _marks(reader.having(node.what))
        case query.Is("unread"):
            return _all_but(_marks(reader.being("read"))) if reader.id else Selection(_NOTHING)
        case query.Is():
            return _marks(reader.being(node.what))
        case query.DateRange():
            low, high = span(node.since, node.until)
            return Selection(low=low, high=high)
        case query.WordCount():
            bounds = (node.at_least or 0, HIGHEST_POSITION if node.at_most is None else node.at_most)
            return Selection(where=WORD_COUNT, values=bounds)
        case query.Not():
            return _all_but(_select(node.node, forms, reader))
        case query.And():
            return _all(node.nodes, forms, reader)
        case query.Or():
            return _any(node.nodes, forms, reader)
        case _:
            return None


def _marks(tokens: Iterable[str]) -> Selection:
    """The documents with any of these tokens."""
    return Selection(_any_of(f'"{token}"' for token in tokens) or _NOTHING)


def _text_field(node: query.TextField, forms: Forms, reader: Reader) -> Selection | None:
    if node.name in KINDS:
        beginnings = reader.beginnings(node.name)
        return Selection(_term(node.term, forms, beginnings) or _NOTHING) if prepare(node.term.text) else None
    found = _term(node.term, forms, [""])
    return Selection(f"{_COLUMNS[node.name]} : {found}") if found else None


def _term(term: query.Term, forms: Forms, beginnings: Iterable[str]) -> str:
    """A term whose tokens begin with any of these."""
    wanted = phrases_of(term, forms)
    found = []
    for beginning in beginnings:
        for tokens in wanted.beginning_with(beginning).tokens:
            if wanted.is_prefix and len(tokens) == 1 and not beginning:
                found.append(prefixes.expression(tokens[0]))
            else:
                found.append(f'"{" ".join(tokens)}"{" *" if wanted.is_prefix else ""}')
    return _any_of(found)


def _any_of(expressions: Iterable[str]) -> str:
    """One expression for any of these, which binds as tightly as a word."""
    found = list(expressions)
    return f"({' OR '.join(found)})" if len(found) > 1 else "".join(found)


def _all(nodes: Iterable[query.Node], forms: Forms, reader: Reader) -> Selection | None:
    wanted: list[Selection] = []
    excluded: list[str] = []
    for node in nodes:
        if isinstance(node, query.Not) and (inner := _select(node.node, forms, reader)) and inner.is_expression:
            excluded.append(inner.match)  # all that is excluded goes at once, in one walk through the index
        elif selection := _select(node, forms, reader):
            wanted.append(selection)
    if not wanted and not excluded:
        return None
    found = _together(wanted)
    if not excluded:
        return found
    parts = [replace(part, match=f"({part.match or _EVERYTHING}) NOT ({_any_of(excluded)})") for part in found.parts]
    return _either(parts)


def _together(wanted: Sequence[Selection]) -> Selection:
    """What fulfils all of these. Of several with alternatives, the first keeps them."""
    with_alternatives = [selection for selection in wanted if selection.alternatives]
    others = [selection for selection in wanted if not selection.alternatives]
    if not with_alternatives:
        return _all_at_once(others)
    first, *further = with_alternatives
    others += [Selection(where=sql, values=values) for sql, values in (each.as_condition() for each in further)]
    return _either([_all_at_once([part, *others]) for part in first.alternatives])


def _either(parts: Sequence[Selection]) -> Selection:
    return parts[0] if len(parts) == 1 else Selection(alternatives=tuple(parts))


def _all_at_once(wanted: Sequence[Selection]) -> Selection:
    where, values = all_of((selection.where, selection.values) for selection in wanted)
    return Selection(
        match=" AND ".join(selection.match for selection in wanted if selection.match),
        low=max((selection.low for selection in wanted), default=0),
        high=min((selection.high for selection in wanted), default=HIGHEST_POSITION),
        where=where,
        values=values,
    )


def _any(nodes: Iterable[query.Node], forms: Forms, reader: Reader) -> Selection | None:
    selections = [selection for node in nodes if (selection := _select(node, forms, reader))]
    if not selections:
        return None
    if all(selection.is_expression for selection in selections):
        return Selection(_any_of(selection.match for selection in selections))
    expressions = [selection.match for selection in selections if selection.is_expression]
    parts = [Selection(_any_of(expressions))] if expressions else []
    parts += chain.from_iterable(selection.parts for selection in selections if not selection.is_expression)
    if len(parts) <= MOST_ALTERNATIVES:
        return _either(parts)
    sql, values = any_of(selection.as_condition() for selection in selections)
    return Selection(where=sql, values=values)


def _all_but(selection: Selection | None) -> Selection | None:
    if selection is None:
        return None
    if selection.alternatives:
        return _together([other for part in selection.alternatives if (other := _all_but(part))])
    if selection.is_expression:
        return Selection(f"{_EVERYTHING} NOT ({selection.match})")
    if selection.is_range:
        return _either([Selection(low=low, high=high) for low, high in outside(selection.low, selection.high)])
    sql, values = selection.as_condition()
    return Selection(where=f"NOT {sql}", values=values)
