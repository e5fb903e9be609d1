"""Splits a search into tokens: parentheses, operators, and terms with their fields already parsed.

A single pass from left to right, linear in the length of the query.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from archive.query import fields, lexical
from archive.query.fields import Content, Value
from archive.query.syntax import Phrase, Problem, Term, Word

MOST_PROBLEMS = 20

TAKEN_AS_WORDS = "It was searched as words."


@dataclass(frozen=True)
class Misread:
    """Something that was not understood, as the words it consists of, if any."""

    words: tuple[Term, ...] = ()


Kind: TypeAlias = Literal["(", ")", "OR", "AND", "NOT", "term"]
_OPERATORS: dict[str, Kind] = {"OR": "OR", "AND": "AND", "NOT": "NOT"}


@dataclass(frozen=True)
class Token:
    """A token from `start` to `end` (code points). A term has its meaning in `content`."""

    kind: Kind
    start: int
    end: int
    content: Term | Content | Misread = Misread()


class Problems:
    """The problems found so far. Once there are MOST_PROBLEMS it is full, and parsing may stop."""

    def __init__(self, q: str) -> None:
        self.length = len(q)
        self.found: list[Problem] = []

    @property
    def full(self) -> bool:
        return len(self.found) >= MOST_PROBLEMS

    def add(self, message: str, start: int, end: int) -> None:
        if self.full:
            return
        if len(self.found) == MOST_PROBLEMS - 1:
            message, end = "Too much of this was not understood. The rest was ignored.", self.length
        self.found.append(Problem(message, start, end))


class Lexer:
    """Yields the tokens of a query in order. Errors go to `problems`; it stops once that is full."""

    def __init__(self, q: str, today: dt.date, problems: Problems) -> None:
        self.q = q
        self.today = today
        self.problems = problems
        self.pos = 0

    def __iter__(self) -> Iterator[Token]:
        while self.pos < len(self.q) and not self.problems.full:
            start, mark = self.pos, self.q[self.pos]
            if blanks := lexical.BLANKS.match(self.q, start):
                self.pos = blanks.end()
            elif mark in lexical.OPEN or mark in lexical.CLOSE:
                self.pos += 1
                yield Token("(" if mark in lexical.OPEN else ")", start, self.pos)
            elif mark in lexical.QUOTATION_BY_MARK:
                if phrase := self._quotation():
                    yield Token("term", start, self.pos, Phrase(phrase))
            else:
                yield from self._run()

    def _quotation(self) -> str | None:
        """The phrase that begins here; None if it is never closed. Advances past what was read."""
        start = self.pos
        family = lexical.QUOTATION_BY_MARK[self.q[start]]
        closing = family.closing.search(self.q, start + 1)
        if closing is None:
            self.pos = start + 1
            self.problems.add("This quotation mark is never closed. It was ignored.", start, self.pos)
            return None
        self.pos = closing.end()
        phrase = lexical.one_line(self.q[start + 1 : closing.start()])
        if not phrase:
            self.problems.add("There is nothing between these quotation marks.", start, self.pos)
        return phrase

    def _run(self) -> Iterator[Token]:
        """The token that begins here: an operator, field or word, or one of these after a minus."""
        start = self.pos
        run = self._match_run()
        if not run.strip(lexical.MINUS):
            yield from self._dashes(start)
            return
        if run in _OPERATORS:
            yield Token(_OPERATORS[run], start, self.pos)
            return
        # `-word` is a negation; `--option` and a dash made of several hyphens are not.
        if run[0] in lexical.MINUS and run[1] not in lexical.MINUS:
            yield Token("NOT", start, start + 1)
            start, run = start + 1, run[1:]
        content = self._field(start, run) or self._word(start, run)
        yield Token("term", start, self.pos, content)

    def _match_run(self) -> str:
        match = lexical.RUN.match(self.q, self.pos)
        if match is None:
            return ""
        self.pos = match.end()
        return match.group()

    def _dashes(self, start: int) -> Iterator[Token]:
        following = self.q[self.pos : self.pos + 1]
        if self.pos == start + 1 and following and following in [*lexical.OPEN, *lexical.QUOTATION_BY_MARK]:
            yield Token("NOT", start, self.pos)
        else:
            message = "This dash excludes nothing: put a word right after it. It was ignored."
            self.problems.add(message, start, self.pos)

    def _word(self, start: int, run: str) -> Term | Misread:
        inner = run.strip(lexical.STAR)
        if not inner:
            self.problems.add("A * needs a part of a word beside it. It was ignored.", start, self.pos)
            return Misread()
        if any(star in inner for star in lexical.STAR):
            self.problems.add("A * works at the beginning and the end of a word only.", start, self.pos)
        return fields.term(run)

    def _field(self, start: int, run: str) -> Content | Misread | None:
        """The meaning of `name:value`, including a quoted value; None if it is just a word with a colon."""
        match = lexical.FIELD.fullmatch(run)
        if match is None:
            return None
        name = fields.canonical_name(match[1])
        before_quotation = not match[2] and self.q[self.pos : self.pos + 1] in lexical.QUOTATION_BY_MARK
        if name not in fields.NAMES:
            if not before_quotation and not lexical.looks_like_field(run):
                return None
            value = self._value(match[2])
            guess = fields.nearest(name, fields.NAMES)
            hint = f" Did you mean {guess}:?" if guess else ""
            message = f"There is no field “{match[1]}:”. {TAKEN_AS_WORDS}{hint}"
        else:
            value = self._value(match[2])
            try:
                return fields.read(name, value, self.today)
            except ValueError as error:
                message = f"{error} {TAKEN_AS_WORDS}"
        self.problems.add(message, start, self.pos)
        return Misread(tuple(_words_of(match[1], value)))

    def _value(self, text: str) -> Value:
        if text or self.q[self.pos : self.pos + 1] not in lexical.QUOTATION_BY_MARK:
            return Value(text)
        phrase = self._quotation()
        return Value(self._match_run()) if phrase is None else Value(phrase, is_phrase=True)


def _words_of(name: str, value: Value) -> Iterator[Term]:
    """The words of a field that was not understood, so that each is read as if it was written alone."""
    yield Word(lexical.as_word(name))
    if value.is_phrase:
        if value.text:
            yield Phrase(value.text)
        return
    for piece in value.text.replace(lexical.COLON[1], lexical.COLON[0]).split(lexical.COLON[0]):
        word = piece.lstrip(lexical.MINUS)
        if word.strip(lexical.STAR):
            yield fields.term(word)
