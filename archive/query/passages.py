"""The passage of a text that matches a search best, with its hits marked."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import merge
from itertools import chain

from archive.query import Near, Node, Part, Prefix, Term, Word, terms
from archive.query.preparing import DROPPED, UNSPACED, is_unspaced, prepare, tokens
from archive.query.spellings import is_near, others, spellings

LENGTH = 240  # code points of a passage
LEAD = 70  # code points before the first hit
MOST_HITS = 200  # occurrences of one term that are considered in a text
SCANNED = 20_000  # code points of a text that are scanned word by word

_LINE_BREAK = re.compile(r"\n\s*")
_SENTENCE_BREAK = re.compile(r"[.!?。！？]\s*")
_IS_DROPPED = re.compile(f"[{DROPPED}]")
_BLANK = re.compile(r"\s+")

Segments = list[tuple[str, bool]]


@dataclass(frozen=True)
class _Wanted:
    """A term as prepared tokens. The last token may be any of `forms`; for an open term, any token that starts with
    it."""

    first: tuple[str, ...]
    forms: frozenset[str]
    term: type[Term] = Word
    is_end: bool = False

    @property
    def is_open(self) -> bool:
        return self.term in (Prefix, Part, Near)

    @property
    def begins_within(self) -> bool:
        return self.term is Part

    def is_at(self, found: list[str], place: int) -> bool:
        last = place + len(self.first)
        return last < len(found) and tuple(found[place:last]) == self.first and self.fits(found[last])

    def fits(self, token: str) -> bool:
        """Whether the last token matches this one."""
        if not self.is_open:
            return token in self.forms
        [wanted] = self.forms
        if self.term is Near:
            return is_near(token, wanted)
        if self.term is Prefix:
            return token.startswith(wanted)
        return token.endswith(wanted) if self.is_end else wanted in token


class Marker:
    """Marks search hits in texts. `forms` are the prepared forms of single words."""

    def __init__(self, terms: Iterable[Term], forms: Mapping[str, list[str]]) -> None:
        self._wanted = [wanted for term in terms for wanted in _wanted(term, forms)]
        # Term numbers by first token, and those of terms that may begin with other tokens.
        self._by_token: defaultdict[str, list[int]] = defaultdict(list)
        self._open: list[int] = []
        for number, wanted in enumerate(self._wanted):
            for token in wanted.first[:1] or (() if wanted.is_open else wanted.forms):
                self._by_token[token].append(number)
            if wanted.is_open and not wanted.first:
                self._open.append(number)

    @cached_property
    def _patterns(self) -> list[tuple[int, re.Pattern[str]]]:
        """Patterns for the terms in a levelled text, except for those that can only be matched token by token."""
        return [(number, _pattern(wanted)) for number, wanted in enumerate(self._wanted) if wanted.term is not Near]

    def mark(self, text: str) -> Segments:
        """The whole text, split into segments at the hits."""
        if not self._wanted:
            return [(text, False)]
        return _segments(text, [(start, end) for start, end, _ in self._hits(text)])

    def hits_in(self, text: str) -> Segments | None:
        """The same; None if there are no hits."""
        segments = self.mark(text) if self._wanted else []
        return segments if any(is_hit for _, is_hit in segments) else None

    def places(self, text: str, at_most: int) -> list[tuple[int, int]]:
        """The positions of the first hits, in code points; of overlapping hits, the one that begins first."""
        found: list[tuple[int, int]] = []
        for start, end, _ in self._hits(text) if self._wanted else ():
            if not found or start >= found[-1][1]:
                found.append((start, end))
            if len(found) == at_most:
                break
        return found

    def passage(self, text: str) -> Segments | None:
        """The passage with the most terms, the earliest if there are several; None if there are no hits."""
        places = self._places(text) if self._wanted and text else []
        if not places:
            return None
        start = _beginning(text, _best_first(places))
        end = _end(text, start + LENGTH)
        segments = self.mark(text[start:end].replace("\n", " "))
        if start:
            segments.insert(0, ("… ", False))
        if end < len(text.rstrip()):
            segments.append((" …", False))
        return segments

    def _places(self, text: str) -> list[tuple[int, int]]:
        """The positions of hits with their term numbers, in text order."""
        level = _level(text)
        places = [
            (match.start(), number)
            for number, pattern in self._patterns
            for match in _some(pattern, level)
            if self._wanted[number].begins_within or _begins_token(level, match.start())
        ]
        if not places:
            places = [(start, number) for start, _, number in self._respelled(text)]
        if not places and (len(self._patterns) < len(self._wanted) or _ESCAPING.search(text)):
            places = [(start, number) for start, _, number in self._hits(text[:SCANNED])]
        return sorted(places)

    def _hits(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Where the hits are, each with the number of its term, in the order of the text."""
        if self._has_none(text):
            return iter(())
        respelled = self._respelled(text)
        first = next(respelled, None)
        return merge(self._as_written(text), chain([first], respelled)) if first else self._as_written(text)

    def _has_none(self, text: str) -> bool:
        """Whether a glance at the text tells that there are no hits. Most labels and many titles have none."""
        if self._open or not text.isascii() or "-" in text:
            return False
        lowered = text.lower()
        return not any(token in lowered for token in self._by_token)

    def _as_written(self, text: str) -> Iterator[tuple[int, int, int]]:
        found = tokens(text)
        plain = [token for token, _, _ in found]
        for place, token in enumerate(plain):
            if not self._open and token not in self._by_token:  # as most
                continue
            for number in self._that_may_begin(token):
                wanted = self._wanted[number]
                if wanted.is_at(plain, place):
                    yield found[place][1], found[place + len(wanted.first)][2], number

    def _respelled(self, text: str) -> Iterator[tuple[int, int, int]]:
        for token, start, end in spellings(text):
            for number in self._that_may_begin(token):
                if self._wanted[number].is_at([token], 0):
                    yield start, end, number

    def _that_may_begin(self, token: str) -> Collection[int]:
        numbers = self._by_token.get(token, ())
        return sorted([*numbers, *self._open]) if self._open else numbers


def marked_labels(
    node: Node | None, forms: Mapping[str, list[str]], authors: Iterable[str], others: Iterable[str]
) -> dict[str, Segments]:
    """The names of authors and other labels (tags, publications) that match a search, with the hits marked."""
    if not terms(node, "author"):
        return {}
    in_authors, elsewhere = Marker(terms(node, "author"), forms), Marker(terms(node), forms)
    markers = {**dict.fromkeys(others, elsewhere), **dict.fromkeys(authors, in_authors)}
    return {name: hits for name, marker in markers.items() if (hits := marker.hits_in(name))}


def _wanted(term: Term, forms: Mapping[str, list[str]]) -> Iterator[_Wanted]:
    """Matchers for a term in each of its spellings."""
    is_open = isinstance(term, Prefix | Part | Near)
    for written in (term.text,) if isinstance(term, Part | Near) else dict.fromkeys((term.text, *others(term.text))):
        if not (prepared := prepare(written).split()):
            continue
        *first, last = prepared
        if is_open and not is_unspaced(last):
            yield _Wanted(tuple(first), frozenset([last]), type(term), isinstance(term, Part) and term.is_end)
        else:
            is_single_word = isinstance(term, Word) and not first
            yield _Wanted(tuple(first), frozenset(forms.get(last, [last]) if is_single_word else [last]))


def _pattern(wanted: _Wanted) -> re.Pattern[str]:
    # The common beginning of all forms comes first, so that the regex engine can skip to it.
    common = _common_beginning(wanted.forms)
    rest = "|".join(re.escape(form[len(common) :]) for form in sorted(wanted.forms, reverse=True))
    beginning = "".join(f"{token}[\\W_]{'*' if is_unspaced(token) else '+'}" for token in wanted.first)
    is_cut = wanted.is_open and not wanted.is_end
    end = "" if is_cut or is_unspaced(common) else f"(?![^\\W_{UNSPACED}]|[{DROPPED}])"
    return re.compile(f"{beginning}{re.escape(common)}(?:{rest}){end}")


def _common_beginning(words: Collection[str]) -> str:
    first, last = min(words), max(words)
    return next((first[:length] for length in range(len(first), 0, -1) if last.startswith(first[:length])), "")


def _some(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    for number, match in enumerate(pattern.finditer(text)):
        if number == MOST_HITS:
            return
        yield match


def _begins_token(text: str, place: int) -> bool:
    if not place or is_unspaced(text[place]):
        return True
    before = text[place - 1]
    return not (before.isalnum() or _IS_DROPPED.match(before)) or is_unspaced(before)


def _best_first(places: list[tuple[int, int]]) -> int:
    """The hit at which the passage with the most different terms begins, and among those, the most hits."""
    best, best_worth, last = 0, (0, 0), 0
    within: dict[int, int] = {}  # how many hits of each term the passage from `first` on has
    for first, (place, number) in enumerate(places):
        while last < len(places) and places[last][0] < place + LENGTH - LEAD:
            within[places[last][1]] = within.get(places[last][1], 0) + 1
            last += 1
        worth = (len(within), last - first)
        if worth > best_worth:
            best, best_worth = first, worth
        within[number] -= 1
        if not within[number]:
            del within[number]
    return places[best][0]


def _beginning(text: str, hit: int) -> int:
    """Where to begin the passage with this hit: at the start of its line or sentence if that is near, else between two
    words."""
    lead = text[max(0, hit - LEAD) : hit]
    if hit <= LEAD:
        return 0
    for pattern in (_LINE_BREAK, _SENTENCE_BREAK, _BLANK):
        if breaks := [match.end() for match in pattern.finditer(lead)]:
            return hit - LEAD + breaks[0]
    return hit - LEAD


def _end(text: str, limit: int) -> int:
    """Where to end the passage: between two words before the limit, if there is a space."""
    if limit >= len(text):
        return len(text)
    blank = max(text.rfind(" ", limit - LEAD, limit), text.rfind("\n", limit - LEAD, limit))
    return blank if blank > 0 else limit


# Latin, Greek, Cyrillic, Arabic; ligatures; full-width letters.
_BLOCKS = ((0xC0, 0x250), (0x370, 0x530), (0x620, 0x700), (0x1E00, 0x2000), (0xFB00, 0xFB07), (0xFF10, 0xFF5B))
_LETTERS = [chr(code) for block in _BLOCKS for code in range(*block)]
# Accented lower-case letters, each with its base letter; and letters that become several, or none.
_LEVELS = {letter: level for letter in _LETTERS if len(level := prepare(letter)) == 1 and level != letter.lower()}
_UNEVEN = re.compile(f"[{''.join(_LEVELS)}]")
_ESCAPING = re.compile(f"[{DROPPED}{''.join(letter for letter in _LETTERS if len(prepare(letter)) > 1)}]")


def _level(text: str) -> str:
    """The text without case and accents, with the same length, so that offsets stay valid."""
    if not text.isascii():
        text = _UNEVEN.sub(lambda letter: _LEVELS[letter[0]], text)
    return text.lower()


def _segments(text: str, hits: Iterable[tuple[int, int]]) -> Segments:
    segments: Segments = []
    done = 0
    for start, end in hits:
        if start > done:
            segments.append((text[done:start], False))
        if end > done:
            segments.append((text[max(start, done) : end], True))
            done = end
    if done < len(text):
        segments.append((text[done:], False))
    return segments
