"""The labels of an article: what facets count and filters ask for.

A document keeps those that are counted as lines, the kind in the first letter. In the index every label is a token,
because a filter beside a search is far dearer than one within it. No word collides with them: prepared text has no `_`.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from archive.query.preparing import prepare

TAG, PARENT_TAG, AUTHOR, SITE, MONTH = "tuasm"  # kinds that are counted
LANGUAGE, PATH, HAS = "lph"  # kinds to filter by alone
EVERYTHING = "_all"  # the token that every article has
NOTHING = "_none"  # the token that none has

NAME_BOUNDARY = " _ "  # so that no phrase runs from one name into the next


def key(label: str) -> str:
    """What two labels have in common that count as one: case and compatible forms make no difference."""
    return unicodedata.normalize("NFKC", label).casefold()


@lru_cache(maxsize=10_000)
def token(kind: str, label: str) -> str:
    """The token by which the index finds the articles with this label."""
    escaped = "".join(letter if letter.isalnum() else f"_{ord(letter):x}_" for letter in key(label))
    return f"_{TAG if kind == PARENT_TAG else kind}_{escaped}"  # a tag is found by those above it, too


def tag_path(name: str) -> str:
    """The path that a tag's name stands for: `ai / agents` is `ai/agents`."""
    return "/".join(part for part in (part.strip() for part in name.split("/")) if part)


def tags_above(path: str) -> list[str]:
    """The tags above one, the highest first."""
    parts = path.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts))]


def lines(*, tags: Iterable[str], authors: Iterable[str], publication: str, published: date | None) -> str:
    """The labels of an article that are counted, as a document keeps them: each once, authors as in the byline."""
    paths = [path for path in map(tag_path, tags) if path]
    found = [(TAG, path) for path in paths]
    found += [(PARENT_TAG, parent) for path in paths for parent in tags_above(path)]
    found += [(AUTHOR, name) for name in authors]
    found += [(SITE, publication)]
    if published:
        found.append((MONTH, published.isoformat()[:7]))
    once: dict[str, str] = {}
    for kind, label in found:
        if label := " ".join(label.split()):
            once.setdefault(token(kind, label), kind + label)
    return "\n".join(once.values())


def of_kind(facets: str, kind: str) -> list[str]:
    """The labels of one kind among those of a document."""
    return [line[1:] for line in facets.split("\n") if line[:1] == kind]


def names(facets: str, kind: str) -> str:
    """Prepared text of the labels of one kind, for their column of the index."""
    return NAME_BOUNDARY.join(map(prepare, of_kind(facets, kind)))


def filters(facets: str, host: str, language: str, path: str, has_images: bool) -> str:
    """The tokens of all labels of a document, for their column of the index."""
    labels = [(line[0], line[1:]) for line in facets.split("\n") if line]
    labels += [(SITE, name) for name in hosts(host)]
    labels += [(LANGUAGE, code) for code in _languages(language)]
    labels += [(PATH, folder) for folder in _folders(path)]
    if has_images:
        labels.append((HAS, "images"))
    return " ".join([EVERYTHING, *(token(kind, label) for kind, label in labels)])


def hosts(host: str) -> Iterator[str]:
    """The host and those above it, down to two labels: `news.bbc.co.uk`, `bbc.co.uk`, `co.uk`."""
    parts = host.split(".")
    for start in range(max(1, len(parts) - 1) if host else 0):
        yield ".".join(parts[start:])


def _languages(code: str) -> Iterator[str]:
    """The language and those it belongs to: `pt-br`, `pt`."""
    parts = code.replace("_", "-").split("-")
    for end in range(len(parts) if code else 0, 0, -1):
        yield "-".join(parts[:end])


def _folders(path: str) -> Iterator[str]:
    """The folders that a file lies in, and the file."""
    parts = path.split("/")
    for end in range(len(parts) if path else 0, 0, -1):
        yield "/".join(parts[:end])
