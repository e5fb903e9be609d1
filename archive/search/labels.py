"""The labels of an article: what facets count and filters ask for.

A document keeps those that are counted as lines, the kind in the first letter. To filters every label is a token; to
facets it is a key, which is the same for all labels that count as one.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from archive.query.preparing import prepare

TAG, PARENT_TAG, AUTHOR, SITE, MONTH = "tuasm"  # kinds that are counted
LANGUAGE, PATH, HAS = "lph"  # kinds to filter by alone

FACETS = {"tag": TAG, "author": AUTHOR, "site": SITE}
SEPARATOR = "\x1f"  # between the parts of a term of the dictionary: no label contains it
_WRITTEN, _BEGINNING = "=", "~"  # what such a term begins with


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


def facet_keys(facets: str) -> Iterator[tuple[str, str]]:
    """The keys by which the facets count these labels, each with its facet."""
    for facet, kind in FACETS.items():
        for label in _counted(facets, kind):
            if key := facet_key(facet, label):
                yield facet, key


def facet_key(facet: str, label: str) -> str:
    """What all labels of a facet have in common that count as one: to authors, accents make no difference either."""
    return prepare(label) if facet == "author" else key(label)


def dictionary(facets: str) -> Iterator[str]:
    """The terms by which the index knows these labels: how each key is written; and, for every word of a label, what
    begins with it, so that labels can be completed from any of their words.
    """
    for facet, kind in FACETS.items():
        for label in _counted(facets, kind):
            if not (counted_as := facet_key(facet, label)):
                continue
            yield f"{_WRITTEN}{kind}{counted_as}{SEPARATOR}{label}"
            words = prepare(label).split()
            for start in range(len(words)):
                yield f"{_BEGINNING}{kind}{' '.join(words[start:])}{SEPARATOR}{counted_as}"


def written_as(facet: str, counted_as: str) -> str:
    """What the terms of the dictionary begin with that say how a key is written."""
    return f"{_WRITTEN}{FACETS[facet]}{counted_as}{SEPARATOR}"


def beginning(facet: str, prepared: str) -> str:
    """What the terms of the dictionary begin with that are about labels in which a word begins so."""
    return f"{_BEGINNING}{FACETS[facet]}{prepared}"


def after_separator(term: str) -> str:
    """What a term of the dictionary says of its beginning."""
    return term.partition(SEPARATOR)[2]


def _counted(facets: str, kind: str) -> list[str]:
    return of_kind(facets, kind) + (of_kind(facets, PARENT_TAG) if kind == TAG else [])


def filters(facets: str, host: str, language: str, path: str, has_images: bool) -> str:
    """The tokens of all labels of a document."""
    labels = [(line[0], line[1:]) for line in facets.split("\n") if line]
    labels += [(SITE, name) for name in hosts(host)]
    labels += [(LANGUAGE, code) for code in _languages(language)]
    labels += [(PATH, folder) for folder in _folders(path)]
    if has_images:
        labels.append((HAS, "images"))
    return " ".join(token(kind, label) for kind, label in labels)


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
