"""The syntax tree of a search. `str()` of a node is the search that parses to it.

Nodes say what is asked for; how it is found is a compiler's business. What a compiler must know about the meaning of a
node stands in its docstring.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import TypeAlias

from archive.query import dates, lexical


@dataclass(frozen=True)
class Word:
    """A word anywhere in an article, as written: `U.S.` and `C++` are words, so is a run of Chinese.

    Punctuation is kept. A word without a letter or digit (`&`) asks for nothing.
    """

    text: str

    def __str__(self) -> str:
        text = lexical.as_word(self.text)
        return text if lexical.is_bare_word(text) else lexical.quoted(text)


@dataclass(frozen=True)
class Prefix:
    """Any word that begins with the text. The star is not part of it."""

    text: str

    def __str__(self) -> str:
        return f"{self.text}*"


@dataclass(frozen=True)
class Part:
    """Any word that contains the text, or that ends with it. The stars are not part of it."""

    text: str
    is_end: bool = False

    def __str__(self) -> str:
        return f"*{self.text}{'' if self.is_end else '*'}"


@dataclass(frozen=True)
class Near:
    """Any word that is spelled nearly so. The tilde is not part of it."""

    text: str

    def __str__(self) -> str:
        return f"{self.text}~"


@dataclass(frozen=True)
class Phrase:
    """Words that stand next to each other in this order. Blanks are single spaces."""

    text: str

    def __str__(self) -> str:
        return lexical.quoted(self.text)


Term: TypeAlias = Word | Prefix | Part | Near | Phrase


@dataclass(frozen=True)
class TextField:
    """A term sought in one text only. `name` is title, author, notes or highlights."""

    name: str
    term: Term

    def __str__(self) -> str:
        term = self.term
        return f"{self.name}:{lexical.value(term.text) if isinstance(term, Word) else term}"


@dataclass(frozen=True)
class Tag:
    """The tag and all below it: `ai` includes `ai/agents`. Case as written; it does not matter."""

    path: str

    def __str__(self) -> str:
        return f"tag:{lexical.value(self.path)}"


@dataclass(frozen=True)
class Site:
    """A publication, by its host (with all hosts below it, without `www.`) or by its name. In small letters."""

    name: str

    def __str__(self) -> str:
        return f"site:{lexical.value(self.name)}"


@dataclass(frozen=True)
class Lang:
    """A language code in small letters with hyphens. `pt` includes `pt-br`."""

    code: str

    def __str__(self) -> str:
        return f"lang:{self.code}"


@dataclass(frozen=True)
class Path:
    """An imported file, or all files in a folder and below it; relative to the import root, without outer slashes."""

    path: str

    def __str__(self) -> str:
        return f"path:{lexical.value(self.path)}"


@dataclass(frozen=True)
class DateRange:
    """Published on these days, both included; None is open.

    `relative` is the search as written if it counts back from today (`after:7d`), so that a search written out and
    kept still moves with time. It does not take part in comparisons. Raises ValueError if both ends are open.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    relative: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.since is None and self.until is None:
            raise ValueError("a range of dates needs a beginning or an end")

    def __str__(self) -> str:
        return self.relative or dates.write_range(self.since, self.until)


@dataclass(frozen=True)
class WordCount:
    """Articles of this many words, both bounds included; None is open. Raises ValueError if both are."""

    at_least: int | None = None
    at_most: int | None = None

    def __post_init__(self) -> None:
        if self.at_least is None and self.at_most is None:
            raise ValueError("a range of lengths needs a least or a most")

    def __str__(self) -> str:
        if self.at_least is None:
            return f"words:<{(self.at_most or 0) + 1}"
        if self.at_most is None:
            return f"words:>{self.at_least - 1}" if self.at_least else "words:0.."
        if self.at_least == self.at_most:
            return f"words:{self.at_least}"
        return f"words:{self.at_least}..{self.at_most}"


@dataclass(frozen=True)
class Has:
    """Articles with at least one of: highlights, notes, images."""

    what: str

    def __str__(self) -> str:
        return f"has:{self.what}"


@dataclass(frozen=True)
class Is:
    """What an article is to the reader: unread, reading, read, starred, highlighted or noted."""

    what: str

    def __str__(self) -> str:
        return f"is:{self.what}"


@dataclass(frozen=True)
class Collection:
    """The articles in a collection of this name that the reader may see. Case as written; it does not matter."""

    name: str

    def __str__(self) -> str:
        return f"collection:{lexical.value(self.name)}"


@dataclass(frozen=True)
class Import:
    """The articles that an import brought, by the number of its run."""

    run: int

    def __str__(self) -> str:
        return f"import:{self.run}"


@dataclass(frozen=True)
class Not:
    """Everything but this. It may stand alone or in an Or: then it is taken from all articles."""

    node: "Node"

    def __str__(self) -> str:
        text = f"({self.node})" if isinstance(self.node, And | Or | Not) else str(self.node)
        return f"NOT {text}" if text[0] in lexical.MINUS else f"-{text}"


@dataclass(frozen=True)
class And:
    """All of these; at least two, none of them an And, when it comes from `parse` or `conjoin`."""

    nodes: tuple["Node", ...]

    def __str__(self) -> str:
        return " ".join(f"({node})" if isinstance(node, Or) else str(node) for node in self.nodes)


@dataclass(frozen=True)
class Or:
    """Any of these; at least two, none of them an Or, when it comes from `parse` or `disjoin`."""

    nodes: tuple["Node", ...]

    def __str__(self) -> str:
        return " OR ".join(str(node) for node in self.nodes)


Leaf: TypeAlias = Term | TextField | Tag | Site | Lang | Path | DateRange | WordCount | Has | Is | Collection | Import
Node: TypeAlias = Leaf | Not | And | Or


@dataclass(frozen=True)
class Problem:
    """A place in the query that was not understood; `start` and `end` are code points into what was typed."""

    message: str
    start: int
    end: int


@dataclass(frozen=True)
class Query:
    """A search: `node` None asks for everything; `sort` is one of SORTS, after a `-` where reversed; None: not said.

    `str()` is the search in its canonical form, which parses to the same tree.
    """

    node: Node | None = None
    sort: str | None = None
    problems: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        parts = [str(self.node)] if self.node else []
        return " ".join([*parts, f"sort:{self.sort}"] if self.sort else parts)
