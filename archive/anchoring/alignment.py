"""Aligns the words of two texts.

It starts from words that are certain: runs of four that occur once in both texts, in the longest common order (Bram
Cohen's patience diff), each extended as far as the texts agree. What remains between two of them is small and is
aligned by Levenshtein distance over whole words. Linear in the length of the texts except for those gaps, whose size is
limited.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from archive.anchoring.normalise import HAN_AND_KANA

# Scripts without spaces between words: each character is a token.
UNSPACED = f"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff{HAN_AND_KANA}"
_TOKEN = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+|[^\w\s]")

_RUN = 4  # runs of this many words that occur once in both texts are taken to be the same
_WORD_PAIRS = 4_000_000  # the largest gap compared word by word (old words times new words): about 10 ms, 1 MB
_CHARACTER_PAIRS = 4_000_000  # the largest gap compared character by character

Block = tuple[int, int, int]  # first old token, first new token, number of equal tokens


class Tokens:
    """The words and punctuation of a text, with their offsets."""

    def __init__(self, text: str) -> None:
        self.text = text
        spans = [match.span() for match in _TOKEN.finditer(text)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.words = [text[start:end] for start, end in spans]

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The tokens that the range touches, from the first to one past the last."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)


@dataclass(slots=True)
class Alignment:
    """Two tokenised texts and which of their words correspond.

    `image[i]` is the new token of old token i, `origin[j]` the reverse; -1 where there is none. `blocks` are contiguous
    runs of equal words, and `block[i]` is the index of old token i's block. `certain` are the blocks with words that
    occur once in both texts, as opposed to once in a gap. `loose[i]` is true where a repetition was inserted or removed
    next to the token, so that two images are equally good.
    """

    old: Tokens
    new: Tokens
    image: list[int] = field(init=False)
    origin: list[int] = field(init=False)
    block: list[int] = field(init=False)
    blocks: list[Block] = field(init=False)
    certain: list[bool] = field(init=False)
    loose: bytearray = field(init=False)
    _before: list[int] = field(init=False)
    _behind: list[int] = field(init=False)

    def __post_init__(self) -> None:
        size = len(self.old.words)
        self.image, self.block = [-1] * size, [-1] * size
        self.origin = [-1] * len(self.new.words)
        certain = _certain(self.old.words, self.new.words)
        self.blocks = _joined(_blocks(self.old.words, self.new.words, certain))
        self.loose = _loose(self.old.words, self.new.words, self.blocks)
        for number, (i, j, length) in enumerate(self.blocks):
            self.image[i : i + length] = range(j, j + length)
            self.origin[j : j + length] = range(i, i + length)
            self.block[i : i + length] = [number] * length
        self.certain = [False] * len(self.blocks)
        for i, _, _ in certain:
            self.certain[self.block[i]] = True
        self._before, self._behind = [-1] * size, [size] * size
        for i in range(1, size):
            self._before[i] = i - 1 if self.image[i - 1] >= 0 else self._before[i - 1]
        for i in range(size - 2, -1, -1):
            self._behind[i] = i + 1 if self.image[i + 1] >= 0 else self._behind[i + 1]

    def carry(self, start: int, end: int) -> tuple[int, int] | None:
        """The new range of an old range; None if nothing of it is left or it cannot be determined."""
        first, behind = self.old.within(start, end)
        if first >= behind:
            return None
        new_start = self._carry_start(start, first)
        new_end = self._carry_end(end, behind - 1)
        if new_start is None or new_end is None or new_start >= new_end:
            return None
        return new_start, new_end

    def _carry_start(self, start: int, first: int) -> int | None:
        image = self.image[first]
        if image >= 0:
            return self.new.starts[image] + max(0, start - self.old.starts[first])
        gap = self._gap(first)
        place = gap.place(start, at_start=True)
        if place is None or start > self.old.starts[first]:
            return place
        token, _ = self.new.within(place, place + 1)  # the whole word, if the old range began with a whole word
        return self.new.starts[token] if token < len(self.new.starts) else None

    def _carry_end(self, end: int, last: int) -> int | None:
        image = self.image[last]
        if image >= 0:
            return self.new.ends[image] - max(0, self.old.ends[last] - end)
        gap = self._gap(last)
        place = gap.place(end, at_start=False)
        if place is None or end < self.old.ends[last]:
            return place
        _, behind = self.new.within(place - 1, place)
        return self.new.ends[behind - 1] if behind > 0 else None

    def _gap(self, token: int) -> "_Gap":
        before, behind = self._before[token], self._behind[token]
        has_end = behind < len(self.image)
        return _Gap(
            self.old.text,
            self.new.text,
            self.old.ends[before] if before >= 0 else 0,
            self.old.starts[behind] if has_end else len(self.old.text),
            self.new.ends[self.image[before]] if before >= 0 else 0,
            self.new.starts[self.image[behind]] if has_end else len(self.new.text),
        )


@dataclass(frozen=True, slots=True)
class _Gap:
    """The text between two neighbouring unchanged words, in both texts."""

    old: str
    new: str
    old_start: int
    old_end: int
    new_start: int
    new_end: int

    def place(self, offset: int, *, at_start: bool) -> int | None:
        """The new position of a range boundary at that old offset; None if there is too much to compare.

        Text inserted right at the boundary stays outside.
        """
        if self.new_start == self.new_end:
            return self.new_start
        if (self.old_end - self.old_start) * (self.new_end - self.new_start) > _CHARACTER_PAIRS:
            return None
        old, new = self.old[self.old_start : self.old_end], self.new[self.new_start : self.new_end]
        offset -= self.old_start
        for step in Levenshtein.opcodes(old, new):
            inside = step.src_start <= offset < step.src_end if at_start else step.src_start < offset <= step.src_end
            if inside:
                return self.new_start + min(step.dest_start + offset - step.src_start, step.dest_end)
        return self.new_end if at_start else self.new_start


def _blocks(old: list[str], new: list[str], certain: list[Block]) -> Iterator[Block]:
    """The runs of equal words in order: the certain ones, and the equal words found between them."""
    i = j = 0
    for block_i, block_j, length in [*certain, (len(old), len(new), 0)]:
        yield from _gap_blocks(old, new, i, block_i, j, block_j)
        if length:
            yield block_i, block_j, length
        i, j = block_i + length, block_j + length


def _gap_blocks(old: list[str], new: list[str], i1: int, i2: int, j1: int, j2: int) -> Iterator[Block]:
    """The equal words between two runs. First the runs are extended, beginning with the one that can be extended
    further."""
    room = min(i2 - i1, j2 - j1)
    head = tail = 0
    while head < room and old[i1 + head] == new[j1 + head]:
        head += 1
    while tail < room and old[i2 - 1 - tail] == new[j2 - 1 - tail]:
        tail += 1
    if head > tail:
        tail = min(tail, room - head)
    else:
        head = min(head, room - tail)
    if head:
        yield i1, j1, head
    i1, i2, j1, j2 = i1 + head, i2 - tail, j1 + head, j2 - tail
    if 0 < (i2 - i1) * (j2 - j1) <= _WORD_PAIRS:
        for step in Levenshtein.opcodes(old[i1:i2], new[j1:j2]):
            if step.tag == "equal":
                yield i1 + step.src_start, j1 + step.dest_start, step.src_end - step.src_start
    if tail:
        yield i2, j2, tail


def _joined(blocks: Iterable[Block]) -> list[Block]:
    """The same blocks, with adjacent ones merged."""
    joined: list[Block] = []
    for i, j, length in blocks:
        if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + length)
        else:
            joined.append((i, j, length))
    return joined


def _loose(old: list[str], new: list[str], blocks: list[Block]) -> bytearray:
    """Old words with two equally good images.

    Text inserted (or removed) between two runs can slide over words that repeat it. If it can slide by its own length,
    nobody can tell which of the two is the repetition.
    """
    loose = bytearray(len(old))
    for (i, j, length), (next_i, next_j, next_length) in pairwise([(0, 0, 0), *blocks, (len(old), len(new), 0)]):
        end_i, end_j = i + length, j + length
        if (end_i == next_i) == (end_j == next_j):
            continue
        words, start, end = (new, end_j, next_j) if end_i == next_i else (old, end_i, next_i)
        left = right = 0
        while left < length and words[start - 1 - left] == words[end - 1 - left]:
            left += 1
        while right < next_length and words[start + right] == words[end + right]:
            right += 1
        if left + right >= end - start:
            loose[end_i - left : next_i + right] = b"\1" * (next_i + right - end_i + left)
    return loose


def _certain(old: list[str], new: list[str]) -> list[Block]:
    """Runs of words that occur once in both texts, in an order common to both."""
    if old == new:
        return [(0, 0, len(old))] if old else []
    places = _once(new)
    pairs = [(i, places[run]) for run, i in _once(old).items() if run in places]
    blocks: list[Block] = []
    for i, j in _longest_rising(pairs):
        if blocks and i - blocks[-1][0] == j - blocks[-1][1] and i <= blocks[-1][0] + blocks[-1][2]:
            first_i, first_j, _ = blocks[-1]
            blocks[-1] = (first_i, first_j, i + _RUN - first_i)
        elif not blocks or (i >= blocks[-1][0] + blocks[-1][2] and j >= blocks[-1][1] + blocks[-1][2]):
            blocks.append((i, j, _RUN))
    return blocks


def _once(words: list[str]) -> dict[int, int]:
    """The runs of words that occur once, by their hash, which takes less memory, with their positions."""
    places: dict[int, int] = {}
    for place, run in enumerate(map(hash, zip(*(words[shift:] for shift in range(_RUN)), strict=False))):
        places[run] = -1 if run in places else place
    return {run: place for run, place in places.items() if place >= 0}


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of pairs, sorted by their first parts, whose second parts increase too (patience sorting)."""
    tops: list[int] = []
    top_index: list[int] = []
    previous: list[int] = []
    for index, (_, j) in enumerate(pairs):
        pile = len(tops) if not tops or j > tops[-1] else bisect_left(tops, j)
        previous.append(top_index[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(j)
            top_index.append(index)
        else:
            tops[pile] = j
            top_index[pile] = index
    chain: list[tuple[int, int]] = []
    index = top_index[-1] if top_index else -1
    while index >= 0:
        chain.append(pairs[index])
        index = previous[index]
    return chain[::-1]
