"""The places of an article that a form without a script offers to choose from: its paragraphs and its pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from archive.articles.models import Revision
from archive.text import pictures
from archive.web.parameters import number, plain

LONGEST_SOUGHT = 200  # code points


@dataclass(frozen=True)
class Place:
    """Words with their range (code points), or a picture with its address, description and how much text is before it.

    `further` is where the paragraph after the words ends, if there is one.
    """

    text: str
    start: int | None = None
    end: int | None = None
    src: str = ""
    further: int | None = None

    @property
    def is_picture(self) -> bool:
        return bool(self.src)

    @property
    def query(self) -> str:
        """What an address says to choose this place."""
        named = {"image": self.src} if self.src else {"end": self.end}
        return urlencode({"start": self.start, **named})

    @property
    def name(self) -> str:
        """For those who hear the page."""
        return f"picture {self.text}".strip() if self.src else self.text


def sought(parameters: QueryDict) -> str:
    """The words that the places are to hold."""
    return plain(parameters.get("words", ""), LONGEST_SOUGHT)


def paragraphs(revision: Revision, words: str = "") -> list[Place]:
    """The lines of the text that hold words, and all of these words."""
    return _with_words(_lines(revision.text), words)


def shown_pictures(revision: Revision, words: str = "") -> list[Place]:
    """The article's pictures, by their descriptions."""
    there = [Place(picture.alt, picture.place, src=picture.src) for picture in pictures(revision.html)]
    return _with_words(there, words)


def all_places(revision: Revision, words: str = "") -> list[Place]:
    """Paragraphs and pictures in the order of the article."""
    return sorted(
        [*paragraphs(revision, words), *shown_pictures(revision, words)],
        key=lambda place: (place.start or 0, not place.is_picture),
    )


def chosen(parameters: QueryDict, revision: Revision) -> Place | None:
    """The place that an address names, if there is such a one."""
    start, end = number(parameters.get("start")), number(parameters.get("end"))
    if (src := parameters.get("image")) is not None:
        there = [place for place in shown_pictures(revision) if place.src == src]
        return next((place for place in there if place.start == start), there[0] if there else None)
    text = revision.text
    if start is None or end is None or not text[start:end].strip():
        return None
    following = next(iter(_lines(text[end:])), None)
    return Place(text[start:end], start, end, further=end + (following.end or 0) if following else None)


def _lines(text: str) -> list[Place]:
    found = []
    for line in re.finditer(r"[^\n]+", text):
        words = line.group().strip()
        if words:
            start = line.start() + line.group().index(words)
            found.append(Place(words, start, start + len(words)))
    return found


def _with_words(places: list[Place], words: str) -> list[Place]:
    wanted = words.casefold().split()
    return [place for place in places if all(word in place.text.casefold() for word in wanted)]
