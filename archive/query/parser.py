"""From tokens to a tree: operators, groups, and the bounds that keep a tree small whatever was typed.

An AND, written or not, binds tighter than OR, as in library catalogues, SQLite and PostgreSQL.
"""

import datetime as dt
from dataclasses import dataclass, field

from archive.query import dates
from archive.query.combine import conjoin, disjoin, negate, within
from archive.query.fields import Scope, Sort
from archive.query.lexer import Lexer, Misread, Problems, Token
from archive.query.syntax import Leaf, Near, Node, Part, Path, Phrase, Prefix, Query, Site, Tag, TextField, Word

# People write two or three groups inside one another.
DEEPEST = 10
MOST_TERMS = 200
LONGEST_TEXT = 2000  # code points of all terms together
# Code points that are read at all. Any tree within the other bounds is written in half of this.
LONGEST_QUERY = 20_000

_TOO_LONG = "This search is too long. From here on it was ignored."


@dataclass
class _Group:
    """The content of a pair of parentheses, or of the whole query, as far as it has been read."""

    start: int
    negated: bool = False
    alternatives: list[list[Node]] = field(default_factory=lambda: [[]])
    joint: Token | None = None  # an OR or AND waiting for its right side
    negation: Token | None = None  # a NOT waiting for its operand
    scope: Token | None = None
    scope_name: str = ""
    is_blank: bool = True

    def take_negation(self) -> bool:
        """Whether the next item is negated. Resets the negation."""
        negated = self.negation is not None
        self.joint = self.negation = None
        self.is_blank = False
        return negated

    def append(self, node: Node | None) -> None:
        if node is not None:
            self.alternatives[-1].append(node)


def parse(q: str, *, today: dt.date | None = None) -> Query:
    """Parse a search as a person typed it.

    `today` is in the reader's time zone, for `7d` and the like; by default, it is in this process's. Never raises: what
    is not understood is taken as words or ignored, and reported in `problems`. Makes one pass over at most
    LONGEST_QUERY code points of `q`. The tree has bounded depth (DEEPEST groups), at most MOST_TERMS terms, and
    LONGEST_TEXT code points of text in them.
    """
    return _Parser(q, today or dates.local_today()).query()


class _Parser:
    def __init__(self, q: str, today: dt.date) -> None:
        self.q = q
        self.problems = Problems(q)
        self.lexer = Lexer(q[:LONGEST_QUERY], today, self.problems)
        self.groups = [_Group(0)]
        self.too_deep = 0  # open parentheses that were ignored
        self.sort: str | None = None
        self.terms = 0
        self.text = 0

    def query(self) -> Query:
        if self._read():
            if len(self.q) > LONGEST_QUERY:
                self.problems.add(_TOO_LONG, LONGEST_QUERY, len(self.q))
            self._report_open_groups()
        while len(self.groups) > 1:
            self._close_group()
        node = self._finish(self.groups[0])
        return Query(node, self.sort, tuple(sorted(self.problems.found, key=lambda problem: problem.start)))

    def _read(self) -> bool:
        """Read all tokens. Returns False if the query was too long to be read to the end."""
        for token in self.lexer:
            if token.kind == "(":
                self._open_group(token)
            elif token.kind == ")":
                self._closing_parenthesis(token)
            elif token.kind == "NOT":
                self._not(token)
            elif token.kind != "term":
                self._join(token)
            elif not self._term(token):
                self.problems.add(_TOO_LONG, token.start, len(self.q))
                return False
        return True

    def _open_group(self, token: Token) -> None:
        if len(self.groups) <= DEEPEST:
            self.groups.append(_Group(token.start, self.groups[-1].take_negation()))
            return
        if not self.too_deep:
            message = f"Parentheses inside more than {DEEPEST} others are ignored."
            self.problems.add(message, token.start, token.end)
        self.too_deep += 1

    def _closing_parenthesis(self, token: Token) -> None:
        if self.too_deep:
            self.too_deep -= 1
        elif len(self.groups) == 1:
            self.problems.add("This parenthesis was never opened. It was ignored.", token.start, token.end)
        else:
            if self.groups[-1].is_blank:
                message = "There is nothing between these parentheses."
                self.problems.add(message, self.groups[-1].start, token.end)
            self._close_group()

    def _close_group(self) -> None:
        group = self.groups.pop()
        self.groups[-1].append(self._finish(group))

    def _report_open_groups(self) -> None:
        if len(self.groups) > 1:
            start = self.groups[1].start
            self.problems.add("This parenthesis is never closed. It was closed at the end.", start, start + 1)

    def _finish(self, group: _Group) -> Node | None:
        self._report_dangling_operators(group)
        node = disjoin(*(conjoin(*nodes) for nodes in group.alternatives))
        if group.scope:
            scoped = within(group.scope_name, node) if node else None
            if scoped == node:
                message = f"in:{group.scope_name} has no words beside it to look for. It was ignored."
                self.problems.add(message, group.scope.start, group.scope.end)
            node = scoped
        return negate(node) if node and group.negated else node

    def _report_dangling_operators(self, group: _Group) -> None:
        for operator in filter(None, (group.joint, group.negation)):
            message = f"There is nothing after this {operator.kind}. It was ignored."
            self.problems.add(message, operator.start, operator.end)
        group.joint = group.negation = None

    def _not(self, token: Token) -> None:
        group = self.groups[-1]
        group.is_blank = False
        group.negation = None if group.negation else token

    def _join(self, token: Token) -> None:
        group = self.groups[-1]
        self._report_dangling_operators(group)
        if not group.alternatives[-1]:
            message = f"There is nothing before this {token.kind}. It was ignored."
            self.problems.add(message, token.start, token.end)
        else:
            group.joint = token
            if token.kind == "OR":
                group.alternatives.append([])
        group.is_blank = False

    def _term(self, token: Token) -> bool:
        """Add a term to the current group. Returns False if there is no room for it."""
        group = self.groups[-1]
        negated = group.take_negation()
        content = token.content
        if isinstance(content, Sort):
            self._sort(token, content, negated)
        elif isinstance(content, Scope):
            self._scope(token, content, negated)
        else:
            for node in _leaves(content, negated):
                if not self._has_room_for(node):
                    return False
                group.append(negate(node) if negated else node)
        return True

    def _has_room_for(self, node: Leaf) -> bool:
        self.terms += 1
        self.text += _text_length(node)
        return self.terms <= MOST_TERMS and self.text <= LONGEST_TEXT

    def _sort(self, token: Token, sort: Sort, negated: bool) -> None:
        key = sort.key.removeprefix("-")
        reverse = sort.key.startswith("-") != negated
        if self.sort:
            self.problems.add(f"There is more than one sort:. This one, by {key}, counts.", token.start, token.end)
        if reverse and key == "relevance":
            self.problems.add("Relevance cannot be reversed. The best come first.", token.start, token.end)
            reverse = False
        self.sort = f"-{key}" if reverse else key

    def _scope(self, token: Token, scope: Scope, negated: bool) -> None:
        group = self.groups[-1]
        if negated:
            message = f"in:{scope.name} cannot be excluded; exclude the word: -{scope.name}:word. It was ignored."
        elif group.scope:
            message = f"There is more than one in:. The first, in:{group.scope_name}, counts."
        else:
            group.scope, group.scope_name = token, scope.name
            return
        self.problems.add(message, token.start, token.end)


def _leaves(content: Leaf | Misread, negated: bool) -> tuple[Leaf, ...]:
    """The terms of one token: one, unless it was not understood and became several words."""
    if not isinstance(content, Misread):
        return (content,)
    if negated and len(content.words) > 1:
        # `-re:invent` must exclude what was written, not every article with one of the words.
        return (Phrase(" ".join(word.text for word in content.words)),)
    return content.words


def _text_length(node: Leaf) -> int:
    match node:
        case Word() | Prefix() | Part() | Near() | Phrase():
            return len(node.text)
        case TextField():
            return len(node.term.text)
        case Tag() | Path():
            return len(node.path)
        case Site():
            return len(node.name)
        case _:
            return 0
