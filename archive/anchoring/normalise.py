"""A folded view of a text, without the differences between two printings of the same words, that maps back to the text.

It folds Unicode normal forms (to NFC), runs of white space (to one space, or none next to Chinese and Japanese
characters), dashes with the space around them, the shapes of quotation marks, the ellipsis, and invisible characters
(soft hyphens, zero-width spaces and joiners, direction marks).
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

HAN_AND_KANA = (
    "\u2e80-\u30ff\u3100-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff9f\U00020000-\U0003ffff"
)
_DASHES = "\\-\u058a\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_SINGLE_QUOTES = "`\u00b4\u02bc\u2018-\u201b\u2032\u2039\u203a"
_DOUBLE_QUOTES = "\u00ab\u00bb\u201c-\u201f\u2033\u301d-\u301f"

# A single plain space, the most common case, is only matched next to a Chinese or Japanese character.
_FOLDED = re.compile(
    rf"""(?P<gap>
            (?: [ ](?=[\s{_DASHES}{_UNSEEN}{HAN_AND_KANA}]) | (?<=[{HAN_AND_KANA}])[ ] | [^\S ] | [{_DASHES}{_UNSEEN}] )
            [\s{_DASHES}{_UNSEEN}]*
        )
        | (?P<single>[{_SINGLE_QUOTES}]) | (?P<double>[{_DOUBLE_QUOTES}]) | (?P<ellipsis>\u2026)""",
    re.VERBOSE,
)
_HAN_OR_KANA = re.compile(f"[{HAN_AND_KANA}]")
_DASH = re.compile(f"[{_DASHES}]")
_WORD = re.compile(r"\s+|\S+")
_BREAK = re.compile(r"\n")
_SEEN = re.compile(rf"[^\s{_UNSEEN}]")


class View:
    """A folded text made of pieces, each of which stands for a source range: letter for letter, or as a whole.

    `key` is `text` in lower case, with the same length.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self._places: list[int] = []  # start of each piece in the view
        self._starts: list[int] = []  # and in the source
        self._ends: list[int] = []
        self._plain: list[bool] = []  # whether the piece is the source text itself
        pieces: list[str] = []
        place = 0
        for start, end, folded in _pieces(source):
            piece = source[start:end] if folded is None else folded
            pieces.append(piece)
            self._places.append(place)
            self._starts.append(start)
            self._ends.append(end)
            self._plain.append(folded is None)
            place += len(piece)
        self.text = "".join(pieces)
        self.key = _lower(self.text)

    @cached_property
    def breaks(self) -> list[int]:
        """Where in the view the source's lines end."""
        return [self.from_source(match.start(), match.end())[1] for match in _BREAK.finditer(self.source)]

    def line_around(self, start: int, end: int) -> tuple[int, int]:
        """The range in the view of the lines that a range touches."""
        number = bisect_right(self.breaks, start)
        first = self.breaks[number - 1] if number else 0
        number = bisect_left(self.breaks, end)
        return first, self.breaks[number] if number < len(self.breaks) else len(self.text)

    def lines(self, start: int, end: int) -> list[tuple[int, int]]:
        """The lines that a range of the view touches, as ranges of the view."""
        inner = self.breaks[bisect_right(self.breaks, start) : bisect_left(self.breaks, end)]
        first, last = self.line_around(start, end)
        return list(pairwise([first, *inner, last]))

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The source range of a range of the view, which must not be empty."""
        first, last = bisect_right(self._places, start) - 1, bisect_right(self._places, end - 1) - 1
        source_start, source_end = self._starts[first], self._ends[last]
        if self._plain[first]:
            source_start += start - self._places[first]
        if self._plain[last]:
            source_end = self._starts[last] + end - self._places[last]
        return source_start, source_end

    def to_source_as(self, start: int, end: int, exact: str, place: int | None = None) -> tuple[int, int]:
        """The same, but including the white space at the ends of `exact` if the source has it there, and no more of a
        run of dashes or similar characters than `exact` has: the one at `place`, if there is one."""
        first, last = self.to_source(start, end)
        lead = exact.find(self.source[first:last])
        if 0 <= lead <= first and self.source.startswith(exact, first - lead):
            return first - lead, first - lead + len(exact)
        lead, words = _without_blanks(exact)
        if place is not None:
            place += lead
            if first <= place and place + len(words) <= last and self.source.startswith(words, place):
                first = place
        inner = self.source.find(words, first, last)
        if inner >= 0 and not unicodedata.combining(self.source[inner + len(words) : inner + len(words) + 1] or " "):
            if lead <= inner and self.source.startswith(exact, inner - lead):
                return inner - lead, inner - lead + len(exact)
            return inner, inner + len(words)
        return first, last

    def from_source(self, start: int, end: int) -> tuple[int, int]:
        """The range in the view of a source range, without white space at its ends."""
        piece = bisect_right(self._ends, start)
        first = self._places[piece] if piece < len(self._places) else len(self.text)
        if piece < len(self._places) and self._plain[piece]:
            first += max(0, start - self._starts[piece])
        piece = bisect_left(self._starts, end)
        last = self._places[piece] if piece < len(self._places) else len(self.text)
        if piece and self._plain[piece - 1]:
            last = min(last, self._places[piece - 1] + end - self._starts[piece - 1])
        while first < last and self.text[first] == " ":
            first += 1
        while last > first and self.text[last - 1] == " ":
            last -= 1
        return first, max(first, last)


def same_words(one: str, other: str) -> bool:
    """Whether two folded texts differ only in white space."""
    return one == other or one.replace(" ", "") == other.replace(" ", "")


def _without_blanks(text: str) -> tuple[int, str]:
    """The number of leading invisible characters, and the text without invisible characters at its ends."""
    first, last = _SEEN.search(text), _SEEN.search(text[::-1])
    if first is None or last is None:
        return 0, ""
    return first.start(), text[first.start() : len(text) - last.start()]


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def _pieces(source: str) -> Iterator[tuple[int, int, str | None]]:
    """Source ranges in order, with what they fold to; None where they stay the same. Dropped characters are omitted."""
    composed = unicodedata.is_normalized("NFC", source)
    position = 0
    for match in _FOLDED.finditer(source):
        start, end = match.span()
        if position < start:
            yield from _plain(source, position, start, composed)
        position = end
        match match.lastgroup:
            case "single":
                yield start, end, "'"
            case "double":
                yield start, end, '"'
            case "ellipsis":
                yield start, end, "..."
            case _:
                yield from _gap(source, start, end)
    if position < len(source):
        yield from _plain(source, position, len(source), composed)


def _gap(source: str, start: int, end: int) -> Iterator[tuple[int, int, str | None]]:
    """A run of white space, dashes and invisible characters folds to a dash, a space or nothing."""
    dashes = [start + match.start() for match in _DASH.finditer(source[start:end])]
    if dashes:
        yield dashes[0], dashes[-1] + 1, "-"
    elif any(character.isspace() for character in source[start:end]):
        before = start - 1
        while before > 0 and unicodedata.combining(source[before]):  # normal forms differ in which mark comes last
            before -= 1
        beside_han = _HAN_OR_KANA.match(source, end) or (start and _HAN_OR_KANA.match(source, before))
        if not beside_han:
            yield start, end, " "


def _plain(source: str, start: int, end: int, composed: bool) -> Iterator[tuple[int, int, str | None]]:
    if composed or unicodedata.is_normalized("NFC", source[start:end]):
        yield start, end, None
        return
    for match in _WORD.finditer(source, start, end):
        if unicodedata.is_normalized("NFC", match[0]):
            yield *match.span(), None
        else:
            yield from _clusters(source, *match.span())


def _clusters(source: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """A word cut wherever composing the two parts separately gives the same result as composing it whole (also between
    jamo)."""
    cluster, position = "", start
    for index in range(start, end):
        character = source[index]
        apart = not unicodedata.combining(character) and unicodedata.normalize("NFC", cluster + character) == (
            unicodedata.normalize("NFC", cluster) + unicodedata.normalize("NFC", character)
        )
        if apart and cluster:
            yield position, index, unicodedata.normalize("NFC", cluster)
            cluster, position = "", index
        cluster += character
    yield position, end, unicodedata.normalize("NFC", cluster)
