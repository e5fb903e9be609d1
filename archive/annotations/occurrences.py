"""Finds quotes from other programs in a text, when many are looked up and some occur more than once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from archive.anchoring.locating import locate_in
from archive.anchoring.normalise import View
from archive.anchoring.selectors import Selector

Place = tuple[int, int]
MOST_PLACES = 200  # occurrences of one quote that are considered
TELLING = 24  # from this many letters on, a quote may begin within a word
_FIRST_UNSPACED = "\u0e00"  # scripts from Thai on have no spaces between words, or are rare in quotes this short


class Occurrences:
    """A text, and the ranges (code points) that passages already occupy."""

    def __init__(self, text: str, taken: Iterable[Place] = ()) -> None:
        self._text = text
        self._taken = set(taken)

    def find(self, quote: str, prefix: str = "", suffix: str = "") -> Place | None:
        """The range of a quote, which then counts as taken; None if it is not in the text.

        If the context does not tell several occurrences apart, this is the first one that is not taken.
        """
        if not quote.strip() or not self._text:
            return None
        place = self._located(Selector(quote, prefix, suffix)) or self._first_free(quote)
        if place is not None:
            self._taken.add(place)
        return place

    @cached_property
    def _view(self) -> View:
        return View(self._text)

    @cached_property
    def _letters(self) -> tuple[str, list[int]]:
        """The text's key without spaces, and the position of each of its letters in the key."""
        key = self._view.key
        places = [place for place, letter in enumerate(key) if letter != " "]
        return "".join(key[place] for place in places), places

    def _located(self, selector: Selector) -> Place | None:
        found = locate_in(self._view, selector)
        if found.start is None or found.end is None:
            return None
        place = self._trimmed(found.start, found.end)
        # The same words again, without distinguishing context: the program's other highlight is at the other
        # occurrence.
        return None if place in self._taken and not (selector.prefix or selector.suffix) else place

    def _first_free(self, quote: str) -> Place | None:
        """The first free range with these letters, regardless of where programs put white space."""
        letters, places = self._letters
        sought = View(quote).key.replace(" ", "")
        first: Place | None = None
        at = letters.find(sought) if sought else -1
        for _ in range(MOST_PLACES):
            if at < 0:
                break
            found = self._view.to_source_as(places[at], places[at + len(sought) - 1] + 1, quote)
            place = self._trimmed(*found)
            if len(sought) >= TELLING or self._is_of_whole_words(*place):
                if place not in self._taken:
                    return place
                first = first or place
            at = letters.find(sought, at + 1)
        return first

    def _is_of_whole_words(self, start: int, end: int) -> bool:
        text = self._text
        begins_within = start > 0 and _is_letter(text[start - 1]) and _is_letter(text[start])
        ends_within = end < len(text) and _is_letter(text[end - 1]) and _is_letter(text[end])
        return not begins_within and not ends_within

    def _trimmed(self, start: int, end: int) -> Place:
        passage = self._text[start:end]
        start += len(passage) - len(passage.lstrip())
        return start, start + len(passage.strip())


def _is_letter(character: str) -> bool:
    return character.isalnum() and character < _FIRST_UNSPACED
