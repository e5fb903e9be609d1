"""The passages that the annotation form offers without a script: an article's paragraphs, their sentences, and its
images."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from archive.anchoring import Selector, describe
from archive.articles.models import Revision
from archive.text import pictures, sentences
from archive.web.parameters import number, plain

LONGEST_SOUGHT = 200  # code points


@dataclass(frozen=True)
class Place:
    """Words with their range (code points), or an image with its address, its description and the length of the text
    before it.

    A paragraph has `sentences` if there are several. `earlier` is where the sentence before the words begins and
    `later` where the one after them ends, if any.
    """

    text: str
    start: int | None = None
    end: int | None = None
    src: str = ""
    sentences: tuple[Place, ...] = ()
    earlier: int | None = None
    later: int | None = None

    @property
    def is_picture(self) -> bool:
        return bool(self.src)

    @property
    def query(self) -> str:
        """The address parameters that select this passage."""
        named = {"image": self.src} if self.src else {"end": self.end}
        return urlencode({"start": self.start, **named})

    @property
    def name(self) -> str:
        """An accessible name."""
        return f"image {self.text}".strip() if self.src else self.text


def sought(parameters: QueryDict) -> str:
    """The search words that offered passages must contain."""
    return plain(parameters.get("words", ""), LONGEST_SOUGHT)


def paragraphs(revision: Revision, words: str = "", language: str = "") -> list[Place]:
    """The paragraphs of the text that contain all of these words, each with its sentences."""
    return _with_words(_paragraphs(revision.text, language), words)


def shown_pictures(revision: Revision, words: str = "", language: str = "") -> list[Place]:
    """The article's images whose descriptions contain these words."""
    there = [Place(picture.alt, picture.place, src=picture.src) for picture in pictures(revision.html)]
    return _with_words(there, words)


def all_places(revision: Revision, words: str = "", language: str = "") -> list[Place]:
    """Paragraphs and images in the order of the article."""
    return sorted(
        [*paragraphs(revision, words, language), *shown_pictures(revision, words)],
        key=lambda place: (place.start or 0, not place.is_picture),
    )


def chosen(parameters: QueryDict, revision: Revision, language: str = "") -> Place | None:
    """The passage selected in the address, if any."""
    start, end = number(parameters.get("start")), number(parameters.get("end"))
    if (src := parameters.get("image")) is not None:
        there = [place for place in shown_pictures(revision) if place.src == src]
        return next((place for place in there if place.start == start), there[0] if there else None)
    return between(revision, start, end, language)


def between(revision: Revision, start: int | None, end: int | None, language: str = "") -> Place | None:
    """The words of a range, with the sentences before and after them; None if there are no words."""
    text = revision.text
    if start is None or end is None or not text[start:end].strip():
        return None
    all_sentences = [each for place in _paragraphs(text, language) for each in place.sentences or (place,)]
    starts = [each.start for each in all_sentences if each.start is not None and each.start < start]
    ends = [each.end for each in all_sentences if each.end is not None and each.end > end]
    return Place(text[start:end], start, end, earlier=max(starts, default=None), later=min(ends, default=None))


def trimmed(form: Mapping[str, str], revision: Revision | None) -> Selector | None:
    """The words of a form located within the range it offered, if they occur there exactly once."""
    start, end = number(form.get("start")), number(form.get("end"))
    exact = form.get("exact", "").replace("\r\n", "\n").strip()
    if revision is None or start is None or end is None or not exact:
        return None
    offered = revision.text[start:end]
    if offered.count(exact) != 1:
        return None
    begin = start + offered.index(exact)
    return describe(revision.text, begin, begin + len(exact))


def _paragraphs(text: str, language: str) -> list[Place]:
    found = []
    for line in re.finditer(r"[^\n]+", text):
        words = line.group().strip()
        if words:
            start = line.start() + line.group().index(words)
            ranges = sentences(words, language)
            parts = [Place(words[begin:end], start + begin, start + end) for begin, end in ranges]
            found.append(Place(words, start, start + len(words), sentences=tuple(parts) if len(parts) > 1 else ()))
    return found


def _with_words(places: list[Place], words: str) -> list[Place]:
    wanted = words.casefold().split()
    return [place for place in places if all(word in place.text.casefold() for word in wanted)]
