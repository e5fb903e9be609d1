"""What the index knows labels by: tokens to filter by, and a dictionary of how they are written, to complete them."""

from functools import lru_cache

from archive.query.labels import facet_key, key
from archive.query.preparing import prepare

FACETS = ("tag", "author", "site")  # the fields that have the keys of an article's labels
SEPARATOR = "\x1f"  # between the parts of a term of the dictionary: no label contains it
_WRITTEN, _BEGINNING = "=", "~"  # what such a term begins with


@lru_cache(maxsize=10_000)
def token(kind: str, label: str) -> str:
    """The token by which the index finds the articles with a label of this kind (see `query.labels.asked`)."""
    escaped = "".join(letter if letter.isalnum() else f"_{ord(letter):x}_" for letter in key(label))
    return f"_{kind}_{escaped}"


@lru_cache(maxsize=10_000)
def dictionary(facet: str, label: str) -> tuple[str, ...]:
    """The terms by which the index knows a label: how its key is written; and, for every word of it, what begins with
    that, so that it can be completed from any of them.
    """
    counted_as, words = facet_key(facet, label), prepare(label).split()
    if not counted_as:
        return ()
    beginnings = (beginning(facet, " ".join(words[start:])) for start in range(len(words)))
    return f"{written_as(facet, counted_as)}{label}", *(f"{each}{SEPARATOR}{counted_as}" for each in beginnings)


def written_as(facet: str, counted_as: str) -> str:
    """What the terms of the dictionary begin with that say how a key is written."""
    return f"{_WRITTEN}{facet}{SEPARATOR}{counted_as}{SEPARATOR}"


def beginning(facet: str, prepared: str) -> str:
    """What the terms of the dictionary begin with that are about labels in which a word begins so."""
    return f"{_BEGINNING}{facet}{SEPARATOR}{prepared}"


def said(term: str) -> str:
    """What a term of the dictionary says: the last of its parts."""
    return term.rpartition(SEPARATOR)[2]
