"""A quote with its context, and how well it matches a place in a text.

A place is scored by the share of matching characters in the quote and in the context. A short quote says little by
itself, so its context counts most; a long one counts more than its context.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from rapidfuzz.distance import Levenshtein

from archive.anchoring.alignment import Tokens
from archive.anchoring.meaning import meaning_lost
from archive.anchoring.normalise import HAN_AND_KANA, View, same_words
from archive.anchoring.selectors import CONTEXT

SHORT = 15  # below this many characters, the quote's context must match too
TELLING = 40  # from this many characters on, an exact match needs no context
FARTHEST = 256  # characters of context on each side that are compared
AGREES = 0.5  # from this share on, two contexts are considered the same

_CHANCE = 0.25  # share that unrelated text has in common with a context
_LARGE = 4000  # characters; longer texts are compared word by word
_HAN_OR_KANA = re.compile(f"[{HAN_AND_KANA}]")


@dataclass(frozen=True)
class Passage:
    """A quote and its context, all three folded."""

    words: str
    key: str
    before: str
    behind: str
    rows: tuple[tuple[int, int], ...] = ((0, 0),)
    """The lines that the quote touches, as ranges of `all`."""
    reach: int = FARTHEST
    """Characters of context on each side used for scoring a place; the rest only decides between similar places."""
    telling: int = TELLING
    """From this many characters on, an exact match of the quote needs no context."""

    @classmethod
    def within(
        cls, view: View, start: int, end: int, *, farthest: int, reach: int = FARTHEST, telling: int = TELLING
    ) -> "Passage":
        """The passage in that range of a view, with this much context."""
        before = view.key[max(0, start - farthest) : start].lstrip()
        behind = view.key[end : end + farthest].rstrip()
        low, high = start - len(before), end + len(behind)
        rows = tuple((max(first, low) - low, min(last, high) - low) for first, last in view.lines(start, end))
        return cls(view.text[start:end], view.key[start:end], before, behind, rows, reach, telling)

    @cached_property
    def all(self) -> str:
        """The quote with all of its context."""
        return self.before + self.key + self.behind

    @property
    def left(self) -> str:
        return self.before[-self.reach :]

    @property
    def right(self) -> str:
        return self.behind[: self.reach]

    @cached_property
    def size(self) -> int:
        """The length of the quote, counting Chinese and Japanese characters twice."""
        return len(self.words) + len(_HAN_OR_KANA.findall(self.words))

    @cached_property
    def is_short(self) -> bool:
        """Whether the words alone are not enough to recognise it."""
        return self.size < SHORT

    @cached_property
    def is_of_whole_words(self) -> bool:
        return not cuts_a_word(self.fragment.text, len(self.left), len(self.left) + len(self.key))

    @cached_property
    def fragment(self) -> Tokens:
        return Tokens(self.left + self.key + self.right)

    @cached_property
    def weight(self) -> int:
        """The number of characters that a place is compared with."""
        return len(self.key) + len(self.left) + len(self.right)


@dataclass(frozen=True, slots=True)
class Place:
    """A range of a view, and how well a passage matches it. Shares are from 0 to 1.

    `context` is None if the passage has none; `needed` is the minimum context share for the place to be acceptable.
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


def weigh(passage: Passage, view: View, start: int, end: int, agrees: float = AGREES, certain: int = 0) -> Place:
    """How well the passage matches that range of the view.

    `agrees` is the share from which the context is considered the same. For an exact match, the required share falls
    with the length of the words and the context that matches exactly. `certain` characters next to the range are known
    to be its context.
    """
    verbatim = same_words(passage.words, view.text[start:end])
    words = 1.0 if verbatim else _same_meaning(passage, view, start, end)
    left = _agreement(passage.left, view.key[max(0, start - len(passage.left)) : start], at_end=True)
    right = _agreement(passage.right, view.key[end : end + len(passage.right)], at_end=False)
    around = len(passage.left) + len(passage.right)
    agreeing = max(left * len(passage.left) + right * len(passage.right), min(certain, around))
    context = agreeing / around if around else None
    if verbatim:
        before = _shared(reversed(passage.left[-CONTEXT:]), reversed(view.key[max(0, start - CONTEXT) : start]))
        behind = _shared(passage.right[:CONTEXT], view.key[end : end + CONTEXT])
        beside = passage.left[len(passage.left) - before :] + passage.right[:behind]
        # Other rows may have the same neighbours: there, letters count half, and Chinese and Japanese characters twice.
        together = passage.size + (len(beside) + 3 * len(_HAN_OR_KANA.findall(beside))) / 2
        agrees *= min(1.0, max(0.0, (passage.telling - together) / (passage.telling - SHORT)))
    return Place(start, end, verbatim, words, context, agrees, (words * len(passage.key) + agreeing) / passage.weight)


def _same_meaning(passage: Passage, view: View, start: int, end: int) -> float:
    """The matching share of the quote, where numbers, names and negations weigh more than their letters."""
    alike = similarity(passage.key, view.key[start:end])
    return max(0.0, alike - meaning_lost(passage.words, view.text[start:end]) / max(len(passage.key), end - start))


def cuts_a_word(text: str, start: int, end: int) -> bool:
    """Whether a range begins or ends within a word."""
    low = max(0, start - 1)
    around = Tokens(text[low : end + 1])
    edges = (start - low, end - low)
    spans = zip(around.starts, around.ends, strict=True)
    return any(first < edge < behind for first, behind in spans for edge in edges)


def similarity(one: str, other: str) -> float:
    """The matching share of two texts: 1 minus the edit distance over the length of the longer one."""
    if max(len(one), len(other)) > _LARGE:
        return float(Levenshtein.normalized_similarity(Tokens(one).words, Tokens(other).words))
    return float(Levenshtein.normalized_similarity(one, other))


def _agreement(context: str, text: str, *, at_end: bool) -> float:
    """The matching share of the context right next to the quote, less what unrelated texts have in common."""
    if not context or not text:
        return 0.0
    text = text[-len(context) :] if at_end else text[: len(context)]
    chance = min(0.9, _CHANCE + 1 / len(context))
    return max(0.0, (similarity(context, text) - chance) / (1 - chance))


def _shared(one: Iterable[str], other: Iterable[str]) -> int:
    """The length of the common prefix."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
