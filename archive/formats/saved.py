"""The common form of other programs' articles and highlights."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from archive.formats.frontmatter import PartialDate

Kind = Literal["fragment", "page", "markdown"]


@dataclass(slots=True)
class SavedNote:
    """A note on a whole article, or a reply to a highlight. A time without a zone is the reader's local time."""

    text: str
    tags: list[str] = field(default_factory=list)
    created: datetime | None = None
    updated: datetime | None = None


@dataclass(slots=True)
class SavedHighlight:
    """A highlighted passage: its words, with its context if the program gives it.

    `colour` is the program's name for it: a word, #rrggbb, or empty. `position` only orders the highlights of an
    article, in whatever unit the program uses. `note` may be Markdown.
    """

    quote: str
    note: str = ""
    colour: str = ""
    tags: list[str] = field(default_factory=list)
    prefix: str = ""
    suffix: str = ""
    created: datetime | None = None
    updated: datetime | None = None
    position: float | None = None
    replies: list[SavedNote] = field(default_factory=list)


@dataclass(slots=True)
class Content:
    """An article's text: an HTML fragment that is the article, a whole HTML page that contains it, or Markdown.

    `data` are the bytes as the program wrote them (UTF-8 if they were within JSON or CSV). `path` is the file they came
    from, below the folder that was read, and empty if they were part of a larger file; images are looked up relative to
    it.
    """

    data: bytes
    kind: Kind = "fragment"
    path: str = ""


@dataclass(slots=True)
class SavedArticle:
    """One article from one program. Unknown values are empty or None.

    `saved` has no zone if the file names none, and is a date if there is no time. `read` and `starred` are None if the
    format cannot say. `progress` is the share read (0 to 1). `collections` are paths, a/b for b within a. `metadata` is
    the record as written, without the text. `row` counts the file's records from 1.
    """

    url: str = ""
    title: str = ""
    authors: list[str] = field(default_factory=list)
    publication: str = ""
    published: PartialDate | None = None
    saved: datetime | date | None = None
    language: str = ""
    description: str = ""
    image: str = ""
    content: Content | None = None
    tags: list[str] = field(default_factory=list)
    read: bool | None = None
    starred: bool | None = None
    progress: float | None = None
    collections: list[str] = field(default_factory=list)
    notes: list[SavedNote] = field(default_factory=list)
    highlights: list[SavedHighlight] = field(default_factory=list)
    metadata: dict[str, Any] = field(default_factory=dict)
    row: int | None = None


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A problem in a file: the record (from 1) if one is to blame, the file's line if known, a sentence for a person,
    and the number of records left out because of it. `file` names one next to the file that was read."""

    message: str
    row: int | None = None
    line: int | None = None
    left_out: int = 1
    file: str = ""
