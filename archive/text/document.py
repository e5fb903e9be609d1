"""What rendering gives back."""

from dataclasses import dataclass

RENDERER_VERSION = 11
"""Goes up whenever the same source may give other HTML or text, so that stored revisions can be made again."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading for the outline. `level` is its depth below the page's own h1: 2 to 6, without gaps."""

    level: int
    text: str
    id: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link a reader can follow. `href` is absolute, or `#id` within the article."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Image:
    """An image shown. `src` is a path on this site, or the remote address that is not loaded by itself."""

    src: str
    alt: str


@dataclass(frozen=True, slots=True)
class LocalImage:
    """A picture that came with the article: its path on this site and, where known, its size in pixels."""

    path: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """Words that the source has between `==` and `==`: a range of the text, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read as written, and what was done about it. `line` counts from 1."""

    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """An article made fit for a page.

    `html` is safe and balanced. `text` is exactly the textContent a browser computes for `html`; offsets into it are
    Unicode code points.
    """

    html: str
    text: str
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    marked: tuple[Marked, ...] = ()
    problems: tuple[Problem, ...] = ()
