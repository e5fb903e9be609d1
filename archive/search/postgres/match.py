"""A search as PostgreSQL is asked it: a tsquery that all it finds fulfil, and a condition on rows that is exact.

The tsquery is what the GIN index answers. Where it says less than the search does (a phrase: its words are all there;
a length: it begins with this digit), the condition decides, by looking at the rows that are left.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from archive import query
from archive.search import labels
from archive.search.documents import HIGHEST_POSITION, outside, span
from archive.search.engine import Forms
from archive.search.filters import token_of
from archive.search.personal import KINDS, NOBODY, Reader
from archive.search.phrases import Phrases, phrases_of
from archive.search.postgres.tables import (
    AUTHOR_MARK,
    LONGEST_LEXEME,
    TITLE_MARK,
    is_pair,
    length_lexemes,
    pair_lexeme,
)
from archive.search.selections import MOST_ALTERNATIVES, Condition, Selected, all_of, any_of

# Where a term is sought: the columns (between two of them there are two spaces, so no phrase runs from one into the
# next), and for a field the mark of its lexemes.
_TEXTS = ("title", "authors", "words")
_EVERYTHING = f"'{labels.EVERYTHING}'"
_LEXEME = re.compile("'[^']*'")
_PREFIX = re.compile(r"'[^']*':\*")
_ALL_SAID: Condition = ("", ())
_FIELDS = {"title": (TITLE_MARK, ("title",)), "author": (AUTHOR_MARK, ("authors",))}


@dataclass(frozen=True)
class Sought:
    """A term as it is weighed: the texts to be counted, each after the columns it is sought in, and its tsquery."""

    texts: tuple[tuple[tuple[str, ...], str], ...]
    match: str


@dataclass(frozen=True)
class Selection(Selected):
    """With a tsquery to match, and a condition on rows of the index. `unsaid` is what of the condition the tsquery does
    not say; empty, where it says it all. `terms` are what documents can be weighed by.
    """

    unsaid: Condition = _ALL_SAID
    terms: tuple[Sought, ...] = ()

    @property
    def is_said(self) -> bool:
        """Whether the tsquery says it all."""
        return bool(self.match) and not (self.unsaid[0] or self.bounds_positions)

    @property
    def has_prefix(self) -> bool:
        """Whether the tsquery asks for beginnings of words."""
        return ":*" in self.match

    @property
    def without_prefixes(self) -> "Selection":
        """The same, its tsquery asking only for what stands beside the beginnings of words, if it asks for any."""
        if not self.has_prefix:
            return self
        beside = _PREFIX.sub(_EVERYTHING, self.match)  # none that is excluded may stand for everything
        is_something = "!" not in beside and _LEXEME.search(beside.replace(_EVERYTHING, ""))
        return replace(self, match=beside if is_something else "", unsaid=(self.where, self.values))


def select(node: query.Node | None, forms: Forms, reader: Reader = NOBODY) -> Selection:
    """The documents a search asks for. `forms`: the forms of its single words, as prepared."""
    return _select(node, forms, reader) or Selection()


def both(selection: Selection, other: Selection) -> Selection:
    """The documents that fulfil the one and the other."""
    wanted = [part for part in (selection, other) if not part.is_everything]
    terms = tuple(chain.from_iterable(part.terms for part in wanted))
    if selection.alternatives and other.alternatives:
        sql, values = other.as_condition()
        other = Selection(where=sql, values=values, unsaid=(sql, values))
    if selection.alternatives or other.alternatives:
        parts = [both(part, another) for part in selection.parts for another in other.parts]
        return Selection(alternatives=tuple(parts), terms=terms)
    where, values = all_of((part.where, part.values) for part in wanted)
    return Selection(
        match=_joined(" & ", [part.match for part in wanted if part.match]),
        low=max((part.low for part in wanted), default=0),
        high=min((part.high for part in wanted), default=HIGHEST_POSITION),
        where=where,
        values=values,
        unsaid=all_of(part.unsaid for part in wanted),
        terms=terms,
    )


def _select(node: query.Node | None, forms: Forms, reader: Reader) -> Selection | None:
    """None where nothing is asked, as by a word of punctuation alone: it neither finds nor excludes."""
    match node:
        case query.Word() | query.Prefix() | query.Phrase():
            phrases = phrases_of(node, forms)
            beginnings = reader.all_beginnings[1:]
            return _any([_sought(phrases, "", _TEXTS), *_in_personal(phrases, beginnings)]) if phrases.tokens else None
        case query.TextField():
            phrases = phrases_of(node.term, forms)
            if not phrases.tokens:
                return None
            if node.name in KINDS:
                return _any(_in_personal(phrases, reader.beginnings(node.name))) or _labels([])
            return _sought(phrases, *_FIELDS[node.name])
        case query.Tag() | query.Site() | query.Lang() | query.Path() | query.Has("images"):
            return _labels([token_of(node)])
        case query.Has():
            return _marks(reader.having(node.what))
        case query.Is("unread"):
            return _all_but(_marks(reader.being("read"))) if reader.id else _labels([])
        case query.Is():
            return _marks(reader.being(node.what))
        case query.DateRange():
            low, high = span(node.since, node.until)
            return Selection(low=low, high=high)
        case query.WordCount():
            return _length(node.at_least or 0, HIGHEST_POSITION if node.at_most is None else node.at_most)
        case query.Not():
            return _all_but(_select(node.node, forms, reader))
        case query.And():
            return _all(list(_selected(node.nodes, forms, reader)))
        case query.Or():
            return _any(list(_selected(node.nodes, forms, reader)))
        case _:
            return None


def _selected(nodes: Iterable[query.Node], forms: Forms, reader: Reader) -> Iterator[Selection]:
    return (selection for node in nodes if (selection := _select(node, forms, reader)))


def _labels(tokens: Sequence[str], column: str = "filters") -> Selection:
    """The documents with any of these tokens."""
    tokens = tokens or [labels.NOTHING]
    where = f"({' OR '.join([f'strpos({column}, %s) > 0'] * len(tokens))})"
    values = tuple(f" {token} " for token in tokens)
    is_said = all(len(token) < LONGEST_LEXEME for token in tokens)
    match = _joined(" | ", [_lexeme(token) for token in tokens])
    return _asked(match, is_said, where, values)


def _marks(tokens: Sequence[str]) -> Selection:
    return _labels(tokens, "personal")


def _length(at_least: int, at_most: int) -> Selection:
    lexemes = length_lexemes(at_least, at_most) or [labels.NOTHING]
    match = _joined(" | ", [_lexeme(lexeme) for lexeme in lexemes])
    return _asked(match, False, "word_count BETWEEN %s AND %s", (at_least, at_most))


def _asked(
    match: str, is_said: bool, where: str, values: tuple[object, ...], terms: tuple[Sought, ...] = ()
) -> Selection:
    """A condition, with a tsquery that matches all that fulfil it and, if that is said, nothing else."""
    unsaid = _ALL_SAID if is_said else (where, values)
    return Selection(match=match, where=where, values=values, unsaid=unsaid, terms=terms)


def _in_personal(phrases: Phrases, beginnings: Iterable[str]) -> list[Selection]:
    return [_sought(phrases.beginning_with(beginning), "", ("personal",)) for beginning in beginnings]


def _sought(phrases: Phrases, mark: str, columns: tuple[str, ...]) -> Selection:
    """The documents with any of these phrases in one of the columns."""
    lexemes = [list(_lexemes(phrase, mark, phrases.is_prefix)) for phrase in phrases.tokens]
    match = _joined(" | ", [_joined(" & ", some) for some in lexemes])
    texts = [f" {' '.join(phrase)}{'' if phrases.is_prefix else ' '}" for phrase in phrases.tokens]
    where = " OR ".join([f"strpos({' || '.join(columns)}, %s) > 0"] * len(texts))
    is_said = all(len(phrase) == 1 and len(phrase[0]) < LONGEST_LEXEME for phrase in phrases.tokens)
    terms = (Sought(tuple((columns, text) for text in texts), match),)
    return _asked(match, is_said, f"({where})", tuple(texts), terms)


def _lexemes(phrase: Sequence[str], mark: str, is_prefix: bool) -> Iterator[str]:
    """Lexemes of a text that has this phrase: of its pairs of short tokens, and of the tokens that are in none."""
    in_pair = False
    for number, (token, following) in enumerate(pairwise([*phrase, ""])):
        is_last = number == len(phrase) - 1
        begins_pair = is_pair(token, following) and not (is_prefix and number == len(phrase) - 2)
        if begins_pair:
            yield _lexeme(pair_lexeme(token, following), mark)
        elif not in_pair:
            yield _lexeme(token, mark, is_prefix=is_prefix and is_last)
        in_pair = begins_pair


def _lexeme(text: str, mark: str = "", *, is_prefix: bool = False) -> str:
    return f"'{mark}{text[:LONGEST_LEXEME]}'{':*' if is_prefix else ''}"


def _joined(operator: str, parts: Sequence[str]) -> str:
    """One tsquery of these, which binds as tightly as a lexeme."""
    return f"({operator.join(parts)})" if len(parts) > 1 else "".join(parts)


def _all(parts: Sequence[Selection]) -> Selection | None:
    if not parts:
        return None
    found = parts[0]
    for part in parts[1:]:
        found = both(found, part)
    return found


def _any(parts: Sequence[Selection]) -> Selection | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    matched = [part for part in parts if part.match]
    others = list(chain.from_iterable(part.parts for part in parts if not part.match))
    terms = tuple(chain.from_iterable(part.terms for part in parts))
    if others and len(others) < MOST_ALTERNATIVES:
        return Selection(alternatives=(*filter(None, [_any(matched)]), *others), terms=terms)
    sql, values = any_of(part.as_condition() for part in parts)
    match = "" if others else _joined(" | ", [part.match for part in parts])
    return _asked(match, all(part.is_said for part in parts), sql, values, terms)


def _all_but(selection: Selection | None) -> Selection | None:
    if selection is None:
        return None
    if selection.alternatives:
        return _all([other for part in selection.alternatives if (other := _all_but(part))])
    if selection.is_range:
        return _any([Selection(low=low, high=high) for low, high in outside(selection.low, selection.high)])
    sql, values = selection.as_condition()
    match = f"({_EVERYTHING} & !{selection.match})" if selection.is_said else ""
    return _asked(match, selection.is_said, f"NOT {sql}", values)
