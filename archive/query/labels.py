"""The labels that searches filter by: which are equal, which contain others, and what a click on one searches for."""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from archive.query.preparing import prepare
from archive.query.syntax import DateRange, Has, Lang, Node, Path, Phrase, Site, Tag, TextField, Word


def key(label: str) -> str:
    """The key of equal labels: case and compatible forms make no difference."""
    return unicodedata.normalize("NFKC", label).casefold()


def facet_key(facet: str, label: str) -> str:
    """The key of labels that are equal in a facet: for authors, accents make no difference either."""
    return prepare(label) if facet == "author" else key(label)


def each_once(labels: Iterable[str]) -> list[str]:
    """The labels with single spaces, and only the first of those that are equal."""
    once: dict[str, str] = {}
    for label in labels:
        if label := " ".join(label.split()):
            once.setdefault(key(label), label)
    return list(once.values())


def tag_path(name: str) -> str:
    """The path of a tag's name: `ai / agents` becomes `ai/agents`."""
    return "/".join(part for part in (part.strip() for part in name.split("/")) if part)


def tags_above(path: str) -> list[str]:
    """The tags above this one, topmost first."""
    parts = path.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts))]


def hosts(host: str) -> Iterator[str]:
    """The host and its parent domains, down to two labels: `news.bbc.co.uk`, `bbc.co.uk`, `co.uk`."""
    parts = host.split(".")
    for start in range(max(1, len(parts) - 1) if host else 0):
        yield ".".join(parts[start:])


def languages(code: str) -> Iterator[str]:
    """The language and the ones that contain it: `pt-br`, `pt`."""
    yield from _beginnings(code.replace("_", "-"), "-")


def folders(path: str) -> Iterator[str]:
    """A file and the folders that contain it."""
    yield from _beginnings(path, "/")


def filter_by(facet: str, value: str) -> Node | None:
    """The condition that a click on a label adds to the search; None if it is invalid."""
    if facet == "tag" and (path := tag_path(value)):
        return Tag(path)
    if facet == "site" and value.strip():
        return Site(value.strip().lower())
    if facet == "author" and prepare(value):
        return TextField("author", Phrase(" ".join(value.split())))
    if facet == "year" and value.isascii() and value.isdigit() and len(value) <= 4 and int(value):
        return DateRange(date(int(value), 1, 1), date(int(value), 12, 31))
    return None


def asked(condition: Tag | Site | Lang | Path | Has) -> tuple[str, str]:
    """The kind and label that a condition asks for, including labels below it."""
    match condition:
        case Tag():
            return "tag", tag_path(condition.path)
        case Site():
            return "site", condition.name
        case Lang():
            return "lang", condition.code
        case Path():
            return "path", condition.path
        case Has():
            return "has", condition.what


def label_of(node: Node) -> tuple[str, str] | None:
    """The facet and key of the label for which `filter_by` would make this condition; None for other conditions.

    A one-word author name counts even without quotation marks.
    """
    match node:
        case Tag():
            return "tag", key(tag_path(node.path))
        case Site():
            return "site", key(node.name)
        case TextField("author", Phrase() | Word()):
            return "author", prepare(node.term.text)
        case DateRange(date(year=year, month=1, day=1), date(month=12, day=31) as last) if last.year == year:
            return "year", f"{year:04}"
    return None


def _beginnings(path: str, separator: str) -> Iterator[str]:
    parts = path.split(separator)
    for end in range(len(parts) if path else 0, 0, -1):
        yield separator.join(parts[:end])
