"""The syntax tree of a search. `str()` of a node is a search that parses to the same node.

Nodes say what to find; how is up to a compiler. Their docstrings state what a compiler must know about their meaning.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import TypeAlias

from archive.query import dates, lexical


@dataclass(frozen=True)
class Word:
    """A word anywhere in an article, as written: `U.S.` and `C++` are words, and so is a run of Chinese.

    Punctuation is kept. A word without a letter or digit (`&`) imposes no condition.
    """

    text: str

    def __str__(self) -> str:
        text = lexical.as_word(self.text)
        return text if lexical.is_bare_word(text) else lexical.quoted(text)


@dataclass(frozen=True)
class Prefix:
    """Any word that begins with the text. The star is not included."""

    text: str

    def __str__(self) -> str:
        return f"{self.text}*"


@dataclass(frozen=True)
class Part:
    """Any word that contains the text, or ends with it. The stars are not included."""

    text: str
    is_end: bool = False

    def __str__(self) -> str:
        return f"*{self.text}{'' if self.is_end else '*'}"


@dataclass(frozen=True)
class Near:
    """Any word with a similar spelling. The tilde is not included."""

    text: str

    def __str__(self) -> str:
        return f"{self.text}~"


@dataclass(frozen=True)
class Phrase:
    """Words next to each other in this order. White space is normalised to single spaces."""

    text: str

    def __str__(self) -> str:
        return lexical.quoted(self.text)


Term: TypeAlias = Word | Prefix | Part | Near | Phrase


@dataclass(frozen=True)
class TextField:
    """A term searched in one text only. `name` is title, author, notes or highlights."""

    name: str
    term: Term

    def __str__(self) -> str:
        term = self.term
        return f"{self.name}:{lexical.value(term.text) if isinstance(term, Word) else term}"


@dataclass(frozen=True)
class Tag:
    """The tag and all tags nested under it: `ai` includes `ai/agents`. Case as written; it makes no difference."""

    path: str

    def __str__(self) -> str:
        return f"tag:{lexical.value(self.path)}"


@dataclass(frozen=True)
class Site:
    """A publication by host (including subdomains, without `www.`) or by name, in lower case."""

    name: str

    def __str__(self) -> str:
        return f"site:{lexical.value(self.name)}"


@dataclass(frozen=True)
class Lang:
    """A language code in lower case with hyphens. `pt` includes `pt-br`."""

    code: str

    def __str__(self) -> str:
        return f"lang:{self.code}"


@dataclass(frozen=True)
class Path:
    """An imported file, or all files in a folder and its subfolders; relative to the import root, without outer
    slashes."""

    path: str

    def __str__(self) -> str:
        return f"path:{lexical.value(self.path)}"


@dataclass(frozen=True)
class DateRange:
    """Published on these days, both included; None means open.

    `relative` is the search as written if it counts back from today (`after:7d`), so that a saved search moves with
    time. It is ignored in comparisons. Raises ValueError if both ends are open.
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
    """Articles with this many words, both bounds included; None means open. Raises ValueError if both are open."""

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
    """Articles with at least one highlight, note or image."""

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
    """The articles in a collection with this name that the reader can see. Case as written; it makes no difference."""

    name: str

    def __str__(self) -> str:
        return f"collection:{lexical.value(self.name)}"


@dataclass(frozen=True)
class Import:
    """The articles created by an import, by the number of its run."""

    run: int

    def __str__(self) -> str:
        return f"import:{self.run}"


@dataclass(frozen=True)
class Not:
    """Everything but this. It may stand alone or in an Or: it is then subtracted from all articles."""

    node: "Node"

    def __str__(self) -> str:
        text = f"({self.node})" if isinstance(self.node, And | Or | Not) else str(self.node)
        return f"NOT {text}" if text[0] in lexical.MINUS else f"-{text}"


@dataclass(frozen=True)
class And:
    """All of these. From `parse` or `conjoin`, there are at least two, none of them an And."""

    nodes: tuple["Node", ...]

    def __str__(self) -> str:
        return " ".join(f"({node})" if isinstance(node, Or) else str(node) for node in self.nodes)


@dataclass(frozen=True)
class Or:
    """Any of these. From `parse` or `disjoin`, there are at least two, none of them an Or."""

    nodes: tuple["Node", ...]

    def __str__(self) -> str:
        return " OR ".join(str(node) for node in self.nodes)


Leaf: TypeAlias = Term | TextField | Tag | Site | Lang | Path | DateRange | WordCount | Has | Is | Collection | Import
Node: TypeAlias = Leaf | Not | And | Or


@dataclass(frozen=True)
class Problem:
    """A part of the query that was not understood. `start` and `end` are code points into what was typed."""

    message: str
    start: int
    end: int


@dataclass(frozen=True)
class Query:
    """A search. `node` None matches everything; `sort` is one of SORTS, with a `-` in front if reversed; None means
    unspecified.

    `str()` is the search in canonical form, which parses to the same tree.
    """

    node: Node | None = None
    sort: str | None = None
    problems: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        parts = [str(self.node)] if self.node else []
        return " ".join([*parts, f"sort:{self.sort}"] if self.sort else parts)
