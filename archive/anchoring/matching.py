"""Places in a text where a passage may be, how well each fits, and whether the best is good enough.

A place is scored by the share of the passage's characters, and of those around it, that agree. A short quote says
little by itself, so its context weighs most of it; a long one weighs more than its context. Words that differ are
never taken on the strength of the context alone, nor a place that another one comes close to.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from archive.anchoring.alignment import Alignment, Tokens
from archive.anchoring.normalise import HAN_AND_KANA, View, same_words
from archive.anchoring.selectors import CONTEXT

SHORT = 15  # characters under which a quote needs its context to agree
FARTHEST = 256  # characters of context on each side that are looked at
TELLING = 40  # characters from which on a quote that stands as it is needs no context
AGREES = 0.5  # share of the context from which on it is the same context
SURE = 0.9  # share of the context from which on nothing better is looked for
SIMILAR = 0.6  # least share of an edited quote that must have stayed
SIMILAR_SHORT = 0.7
ENOUGH = 0.7  # least score of an edited passage
ALONE = 0.85  # least share that must have stayed where no context is known
MARGIN = 6  # characters by which the best of several places must be ahead, and
MARGIN_FAR = 0.15  # the share of all context, where that near the quote does not tell, or
MARGIN_EDITED = 0.06  # the share of quote and context, where one of the two was edited

_NEEDLE = 120  # characters; longer quotes are sought by their beginning, middle and end
_SOUGHT = 62.0  # per cent; unrelated English text has 50 to 56
_RANKED = 40  # places, at most, that are compared with each other
_OCCURRENCES = 300  # a quote in more places than that is sought together with its context only
_LARGE = 4000  # characters; above, texts are compared by their words

_HAN_OR_KANA = re.compile(f"[{HAN_AND_KANA}]")


@dataclass(frozen=True)
class Passage:
    """A quote between its context, all three folded."""

    words: str
    key: str
    before: str
    behind: str
    reach: int = FARTHEST
    """Characters of the context on each side that a place is scored by; the rest only decides between places alike."""
    telling: int = TELLING
    """Characters from which on a quote that stands somewhere as it is needs no context to be known."""

    @property
    def left(self) -> str:
        return self.before[-self.reach :]

    @property
    def right(self) -> str:
        return self.behind[: self.reach]

    @cached_property
    def size(self) -> int:
        """The length of the quote, where a Chinese or Japanese character counts for two."""
        return len(self.words) + len(_HAN_OR_KANA.findall(self.words))

    @cached_property
    def is_short(self) -> bool:
        """Whether it is too short to be known by its words."""
        return self.size < SHORT

    @cached_property
    def fragment(self) -> Tokens:
        return Tokens(self.left + self.key + self.right)

    @cached_property
    def weight(self) -> int:
        """Characters that a place is compared with."""
        return len(self.key) + len(self.left) + len(self.right)


@dataclass(frozen=True, slots=True)
class Place:
    """A range of a view, and how well a passage fits there. The shares are from 0 to 1.

    `context` is None where the passage has none; `needed` is the least of it that makes the place acceptable.
    """

    start: int
    end: int
    verbatim: bool
    words: float
    context: float | None
    needed: float
    score: float

    def overlaps(self, other: "Place") -> bool:
        shared = min(self.end, other.end) - max(self.start, other.start)
        return 2 * shared > min(self.end - self.start, other.end - other.start)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The place that was chosen, if any, and all of them, best first. `tied`: several were too close to choose."""

    place: Place | None
    tied: bool
    ranking: list[Place]


def weigh(passage: Passage, view: View, start: int, end: int, agrees: float = AGREES, certain: int = 0) -> Place:
    """How well the passage fits that range of the view.

    `agrees` is the share of the context from which on it is taken for the same one. Words that stand there as they are
    need the less of it, the longer they are together with what stands beside them to the letter. `certain` characters
    beside the range are known to be its context.
    """
    verbatim = same_words(passage.words, view.text[start:end])
    words = 1.0 if verbatim else similarity(passage.key, view.key[start:end])
    left = _agreement(passage.left, view.key[max(0, start - len(passage.left) - CONTEXT) : start], at_end=True)
    right = _agreement(passage.right, view.key[end : end + len(passage.right) + CONTEXT], at_end=False)
    around = len(passage.left) + len(passage.right)
    agreeing = max(left * len(passage.left) + right * len(passage.right), min(certain, around))
    context = agreeing / around if around else None
    if verbatim:
        flush = _shared(reversed(passage.left[-CONTEXT:]), reversed(view.key[max(0, start - CONTEXT) : start]))
        flush += _shared(passage.right[:CONTEXT], view.key[end : end + CONTEXT])
        agrees *= min(1.0, max(0.0, (passage.telling - passage.size - flush) / (passage.telling - SHORT)))
    return Place(start, end, verbatim, words, context, agrees, (words * len(passage.key) + agreeing) / passage.weight)


def choose(passage: Passage, view: View, places: Iterable[Place], preferred: Callable[[Place], bool]) -> Verdict:
    """The best place if it is good enough and none comes close; of places that are tied the preferred one, if any."""
    ranking: list[Place] = []
    for place in sorted(places, key=lambda place: (-place.score, not preferred(place), not place.verbatim))[:_RANKED]:
        if not any(place.overlaps(better) for better in ranking):
            ranking.append(place)
    if not ranking or not _acceptable(passage, view, ranking[0]):
        return Verdict(None, False, ranking)
    best = ranking[0]
    tied = [best]
    tied += [place for place in ranking[1:] if _close(passage, best, place) and _acceptable(passage, view, place)]
    if len(tied) == 1:
        return Verdict(best, False, ranking)
    settled = _by_close_context(passage, view, tied) or _by_all_context(passage, view, tied)
    settled = settled or next(filter(preferred, tied), None)
    return Verdict(settled, settled is None, ranking)


def similarity(one: str, other: str) -> float:
    """The share of two texts that is equal: 1 less the edit distance over the length of the longer one."""
    if max(len(one), len(other)) > _LARGE:
        return float(Levenshtein.normalized_similarity(Tokens(one).words, Tokens(other).words))
    return float(Levenshtein.normalized_similarity(one, other))


def verbatim(passage: Passage, view: View) -> list[tuple[int, int]]:
    """Where the passage's words stand in the view."""
    needles = [("", "")]
    if view.text.count(passage.words) > _OCCURRENCES:
        needles = [(passage.left, ""), ("", passage.right)]
    found: dict[int, None] = {}
    for before, behind in needles:
        # With context the search is in lower case, as the context is kept.
        text, needle = (view.key, before + passage.key + behind) if before or behind else (view.text, passage.words)
        for start in _occurrences(text, needle):
            found[start + len(before)] = None
    return [(start, start + len(passage.words)) for start in found]


def whole(passage: Passage, view: View) -> tuple[int, int] | None:
    """Where the passage stands with all of its context, if that is in one place only."""
    needle = passage.before + passage.key + passage.behind
    start = view.key.find(needle)
    if start < 0 or view.key.find(needle, start + 1) >= 0:
        return None
    start += len(passage.before)
    return start, start + len(passage.key)


@dataclass(frozen=True, slots=True)
class Stretches:
    """The parts of a view's key that are searched, one after the other with a NUL between them."""

    text: str
    places: list[int]  # where each begins in the text
    origins: list[int]  # and in the key

    @classmethod
    def of(cls, key: str, ranges: Iterable[tuple[int, int]]) -> "Stretches":
        parts, places, origins = [], [], []
        place = 0
        for start, end in ranges:
            parts.append(key[start:end])
            places.append(place)
            origins.append(start)
            place += end - start + 1
        return cls("\0".join(parts), places, origins)

    def origin(self, place: int) -> int:
        stretch = bisect_right(self.places, place) - 1
        return self.origins[stretch] + place - self.places[stretch]


def find_similar(passage: Passage, view: View, searched: Stretches, agrees: float = AGREES) -> list[Place]:
    """The places that resemble the passage, so many that the best is among them and the next best too."""
    quote_start, quote_end = len(passage.left), len(passage.left) + len(passage.key)
    slack = CONTEXT + len(passage.key) // 4
    places: list[Place] = []
    seen: list[int] = []
    for start in _starts(passage, searched):
        if any(abs(start - other) < CONTEXT // 2 for other in seen):
            continue
        seen.append(start)
        low = max(0, start - slack)
        window = Tokens(view.key[low : max(0, start + len(passage.fragment.text) + slack)])
        carried = Alignment(passage.fragment, window).carry(quote_start, quote_end)
        if carried:
            places.append(weigh(passage, view, low + carried[0], low + carried[1], agrees))
    return places


def _starts(passage: Passage, searched: Stretches) -> Iterator[int]:
    """Where in the view the passage's fragment may begin: by the two best places of each of some parts of it."""
    text = searched.text
    for offset, length in _needles(passage):
        needle = passage.fragment.text[offset : offset + length]
        hit = fuzz.partial_ratio_alignment(needle, text, score_cutoff=_SOUGHT) if text and needle else None
        if hit is None:
            continue
        yield searched.origin(hit.dest_start) - hit.src_start - offset
        without = text[: hit.dest_start] + "\0" * (hit.dest_end - hit.dest_start) + text[hit.dest_end :]
        hit = fuzz.partial_ratio_alignment(needle, without, score_cutoff=_SOUGHT)
        if hit is not None:
            yield searched.origin(hit.dest_start) - hit.src_start - offset


def _needles(passage: Passage) -> list[tuple[int, int]]:
    """Parts of the fragment to look for: offset and length."""
    start, length = len(passage.left), len(passage.key)
    needles = [(0, start + min(length, CONTEXT)), (start + max(0, length - CONTEXT), len(passage.fragment.text))]
    if length <= _NEEDLE:
        return [(start, length), *needles]
    return [*((start + (length - _NEEDLE) * part // 2, _NEEDLE) for part in range(3)), *needles]


def _occurrences(text: str, needle: str) -> Iterator[int]:
    start = text.find(needle)
    for _ in range(_OCCURRENCES):
        if start < 0:
            return
        yield start
        start = text.find(needle, start + 1)


def _agreement(context: str, text: str, *, at_end: bool) -> float:
    """The share of the context that stands in the text beside the quote, less what unrelated text has in common."""
    if not context:
        return 0.0
    reach = len(context) + min(len(context), CONTEXT)
    text = text[-reach:] if at_end else text[:reach]
    chance = min(0.9, 0.5 + 1.6 / len(context))
    return max(0.0, (fuzz.partial_ratio(context, text) / 100 - chance) / (1 - chance)) if text else 0.0


def _shared(one: Iterable[str], other: Iterable[str]) -> int:
    """How many characters the two have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _acceptable(passage: Passage, view: View, place: Place) -> bool:
    """Whether a place is good enough, were it the only one."""
    if place.verbatim:
        if place.context is None:
            return not (passage.is_short and _cuts_a_word(view, place))
        return place.context >= place.needed
    if place.context is None:
        return not passage.is_short and place.words >= ALONE
    least = SIMILAR_SHORT if passage.is_short else SIMILAR
    return place.words >= least and place.context >= place.needed and place.score >= ENOUGH


def _cuts_a_word(view: View, place: Place) -> bool:
    first, behind = Tokens(view.text[max(0, place.start - 1) : place.end + 1]), place.end - max(0, place.start - 1)
    starts = place.start - max(0, place.start - 1)
    return any(
        start < starts < end or start < behind < end for start, end in zip(first.starts, first.ends, strict=True)
    )


def _close(passage: Passage, best: Place, other: Place) -> bool:
    ahead = (best.score - other.score) * passage.weight
    if best.verbatim and other.verbatim:
        return ahead < MARGIN
    return ahead < max(MARGIN, MARGIN_EDITED * passage.weight)


def _by_close_context(passage: Passage, view: View, tied: list[Place]) -> Place | None:
    """The one of them that stands right between the least context, to the letter."""
    flush = [
        place
        for place in tied
        if view.key.endswith(passage.left, 0, place.start) and view.key.startswith(passage.right, place.end)
    ]
    return flush[0] if len(flush) == 1 and all(place.verbatim for place in tied) else None


def _by_all_context(passage: Passage, view: View, tied: list[Place]) -> Place | None:
    """The one of them whose farther context agrees best, if the passage has any and it is well ahead."""
    size = len(passage.before) + len(passage.behind)
    if size == len(passage.left) + len(passage.right):
        return None

    def agreeing(place: Place) -> float:
        before = view.key[max(0, place.start - len(passage.before)) : place.start]
        behind = view.key[place.end : place.end + len(passage.behind)]
        return similarity(passage.before, before) * len(passage.before) + (
            similarity(passage.behind, behind) * len(passage.behind)
        )

    first, second = sorted(((agreeing(place), place) for place in tied), key=lambda pair: -pair[0])[:2]
    return first[1] if first[0] - second[0] >= max(MARGIN, MARGIN_FAR * size) else None
