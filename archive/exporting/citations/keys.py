"""Cite keys: `okafor2023peace`, from what is known when one is first needed."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import count
from urllib.parse import urlsplit

from archive.exporting.citations.names import folded
from archive.exporting.citations.work import Work

_SMALL = frozenset(
    """a an and are as at be but by can das de der die do does for from had has have how i if in into is it its la le
    les my no not of on or our so that the their they this to un une was we were what when where which who why will with
    you your""".split()  # noqa: SIM905  # a list of words reads better so
)
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_LONGEST = 24  # letters of a part


def proposed_key(work: Work) -> str:
    """Family name, year and the first significant word of the title, as far as they have Latin letters."""
    first = work.authors[0] if work.authors else None
    names = [first.family, first.literal] if first else []
    names += [work.container, _host(work.url)]
    name = next((found for written in names if (found := _words(written)[:1])), [""])[0]
    word = next((word for word in _words(work.title) if word != name), "")
    year = str(work.issued[0]) if work.issued else ""
    return f"{name[:_LONGEST]}{year}{word[:_LONGEST]}" if name or word else f"article{year}"


def free_key(proposed: str, taken: Container[str]) -> str:
    """This key, with a number added if it is taken."""
    if proposed not in taken:
        return proposed
    return next(key for number in count(2) if (key := f"{proposed}-{number}") not in taken)


def _words(text: str) -> list[str]:
    """The significant words in ASCII letters; those before and after `Harbour Post` count as one each."""
    found = [folded(word) for word in _WORD.findall(text)]
    return [word for word in found if word and word not in _SMALL]


def _host(url: str) -> str:
    """The name in a host: `example` for `https://www.example.org/a`."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    labels = host.removeprefix("www.").split(".")
    return labels[-2] if len(labels) > 1 else labels[0]
