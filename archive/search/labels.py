"""What the index knows labels by: tokens to filter by, and a dictionary of how they are written, to complete them."""

from collections.abc import Iterator
from functools import lru_cache

from archive import query
from archive.query.labels import facet_key, key, tag_path
from archive.query.preparing import prepare

FACETS = ("tag", "author", "site")  # the fields that have the keys of an article's labels
_SEPARATOR = "\x1f"  # between the parts of a term of the dictionary: no label contains it
_WRITTEN, _BEGINNING = "=", "~"  # what such a term begins with


@lru_cache(maxsize=10_000)
def token(kind: str, label: str) -> str:
    """The token by which the index finds the articles with this label."""
    escaped = "".join(letter if letter.isalnum() else f"_{ord(letter):x}_" for letter in key(label))
    return f"_{kind}_{escaped}"


def token_of(condition: query.Tag | query.Site | query.Lang | query.Path | query.Has) -> str:
    """The token by which the index finds the articles that a condition on labels asks for."""
    match condition:
        case query.Tag():
            return token("tag", tag_path(condition.path))
        case query.Site():
            return token("site", condition.name)
        case query.Lang():
            return token("lang", condition.code)
        case query.Path():
            return token("path", condition.path)
        case query.Has():
            return token("has", condition.what)


def dictionary(facet: str, label: str) -> Iterator[str]:
    """The terms by which the index knows a label: how its key is written; and, for every word of it, what begins with
    that, so that it can be completed from any of them.
    """
    if counted_as := facet_key(facet, label):
        yield f"{written_as(facet, counted_as)}{label}"
        words = prepare(label).split()
        for start in range(len(words)):
            yield f"{beginning(facet, ' '.join(words[start:]))}{_SEPARATOR}{counted_as}"


def written_as(facet: str, counted_as: str) -> str:
    """What the terms of the dictionary begin with that say how a key is written."""
    return f"{_WRITTEN}{facet}{_SEPARATOR}{counted_as}{_SEPARATOR}"


def beginning(facet: str, prepared: str) -> str:
    """What the terms of the dictionary begin with that are about labels in which a word begins so."""
    return f"{_BEGINNING}{facet}{_SEPARATOR}{prepared}"


def said(term: str) -> str:
    """What a term of the dictionary says: the last of its parts."""
    return term.rpartition(_SEPARATOR)[2]
