"""The result of rendering."""

from dataclasses import dataclass

RENDERER_VERSION = 11
"""Increased whenever the same source may give different HTML or text, so that stored revisions can be re-rendered."""


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
    """A displayed image. `src` is a path on this site, or a remote address, which is not loaded automatically."""

    src: str
    alt: str


@dataclass(frozen=True, slots=True)
class LocalImage:
    """An image imported with the article: its path on this site and, if known, its size in pixels."""

    path: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """Words between `==` and `==` in the source: a range of the text, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read as written, and what was done about it. `line` counts from 1."""

    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A rendered article.

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
