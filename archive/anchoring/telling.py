"""The distinctive words of a passage, and how many of them a place has.

In a price list, a table or minutes, every row has the same words except for a few, and those identify the row. There, a
place is not judged by the share of matching letters, most of which every row has, but by the words that are rare in the
text, and by whether the row begins the same way.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Levenshtein, Opcode

from archive.anchoring.meaning import DIGITS, WORD, misspelt
from archive.anchoring.normalise import View
from archive.anchoring.passages import Passage

_BESIDE = 64  # characters around a quote's lines that may belong to the same row, like the cells of a table
_SLACK = 32  # additional characters that are compared with a context
_TEMPLATED = 0.2  # a row follows a template if another similar row has this share of its words
_RARE = 3  # a word is rare in its row if it is this many times less frequent than the row's most frequent word
_ALIKE = 3  # rows that make a template
_PHRASE_WORDS = 3  # words of a phrase, if they have at least
_PHRASE_LETTERS = 8  # this many letters
_HEAD = 2  # rare words at the beginning of a row


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a place matches a passage's distinctive words."""

    run: float
    """How much of the quote, and of the matching words next to it in its row, is unique in the text: 1 for each pair of
    words that occurs once."""
    whole: bool
    """Whether the quote's lines are the same there, as far as they are known."""
    head: bool
    """Whether the rare words at the beginning of the quote's first and last line match."""
    share: float
    """The lowest matching share of distinctive words, in the quote or in any of its lines."""


class Vocabulary:
    """How often each word, pair of words and phrase occurs in the texts."""

    def __init__(self, *texts: str) -> None:
        self._words: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._phrases: Counter[str] = Counter()
        for text in texts:
            words = WORD.findall(text)
            self._words |= Counter(words)
            self._pairs |= Counter(pairwise(words))
            self._phrases |= Counter(phrase for _, _, phrase in _phrases(words))

    def is_of_template(self, passage: Passage) -> bool:
        """Whether the text has other rows like the passage's own."""
        first, last = passage.rows[0][0], passage.rows[-1][1]
        words = WORD.findall(passage.all[max(0, first - _BESIDE) : last + _BESIDE])
        covered = [False] * len(words)
        for start, end, phrase in _phrases(words):
            if self._phrases[phrase] >= _ALIKE:
                covered[start:end] = [True] * (end - start)
        return sum(covered) >= _TEMPLATED * len(words) > 0

    def fit(self, passage: Passage, view: View, start: int, end: int) -> Fit:
        """How well the passage matches that range of the view."""
        words = _compared(passage, view, start, end)
        quote = len(passage.before), len(passage.before) + len(passage.key)
        rows = [self._row(words, *row) for row in passage.rows]
        within = [self._row(words, *quote)]
        if len(rows) > 1:
            within.append(self._row(words, quote[0], passage.rows[0][1]))
            within.append(self._row(words, passage.rows[-1][0], quote[1]))
        return Fit(
            self._run(words, *quote),
            within[0][0] and rows[0][0] and rows[-1][0],
            rows[0][1] and rows[-1][1],
            min(share for _, _, share in (*rows, *within)),
        )

    def _run(self, words: "list[_Word]", start: int, end: int) -> float:
        inside = [number for number, word in enumerate(words) if word.place < end and word.end > start]
        if not inside:
            return 0.0
        first, last = inside[0], inside[-1]
        if not all(word.kept for word in words[first : last + 1]):
            return 0.0
        while first > 0 and words[first - 1].kept:
            first -= 1
        while last + 1 < len(words) and words[last + 1].kept:
            last += 1
        run = [word.text for word in words[first : last + 1]]
        return self._weight(run[0]) + sum(1 / max(1, self._pairs[pair]) for pair in pairwise(run))

    def _row(self, words: "list[_Word]", start: int, end: int) -> tuple[bool, bool, float]:
        first = bisect_right(words, start, key=lambda word: word.end)
        row = words[first : bisect_left(words, end, key=lambda word: word.place)]
        if not row:
            return True, True, 1.0
        total = sum(self._weight(word.text) for word in row)
        kept = sum(self._weight(word.text) for word in row if word.kept)
        added = sum(self._weight(text) for word in row for text in word.added)
        most = max(self._words[word.text] for word in row)
        rare = [word for word in row if self._words[word.text] * _RARE <= most] or row
        whole = all(word.kept and not word.added for word in row)
        return whole, all(word.kept for word in rare[:_HEAD]), kept / max(total, kept + added)

    def _weight(self, word: str) -> float:
        return 1 / max(1, self._words[word])


@dataclass(slots=True)
class _Word:
    """A word of the passage or its context: its position, whether the place has it, and what it has instead."""

    text: str
    place: int
    end: int
    kept: bool
    added: list[str]


def _compared(passage: Passage, view: View, start: int, end: int) -> list[_Word]:
    before, behind = len(passage.before), len(passage.behind)
    return [
        *_words(passage.before, view.key[max(0, start - before - _SLACK) : start], 0),
        *_words(passage.key, view.key[start:end], before),
        *_words(passage.behind, view.key[end : end + behind + _SLACK], before + len(passage.key)),
    ]


def _words(old: str, new: str, offset: int) -> list[_Word]:
    words = [_Word(match[0], match.start() + offset, match.end() + offset, False, []) for match in WORD.finditer(old)]
    there = WORD.findall(new)
    for step in _steps([word.text for word in words], there):
        if step.tag == "equal":
            for word in words[step.src_start : step.src_end]:
                word.kept = True
        elif step.tag == "replace" and misspelt(words[step.src_start].text, there[step.dest_start]):
            words[step.src_start].kept = True
        elif words and step.tag != "delete":
            words[min(step.src_start, len(words) - 1)].added += there[step.dest_start : step.dest_end]
    return words


def _steps(old: list[str], new: list[str]) -> Iterator[Opcode]:
    """The edits from one to the other, with single replacements."""
    for step in Levenshtein.opcodes(old, new):
        if step.tag != "replace":
            yield step
            continue
        for i, j in zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True):
            yield Opcode("replace", i, i + 1, j, j + 1)


def _phrases(words: list[str]) -> Iterator[tuple[int, int, str]]:
    """The shortest phrase starting at each word, ignoring the numbers in it: where it begins and ends."""
    shapes = [DIGITS.sub("0", word) for word in words]
    # A character of a script without spaces, like a digit, says less than a word.
    sizes = [len(shape) if len(shape) > 1 else 0.5 for shape in shapes]
    end, letters = 0, 0.0
    for start, size in enumerate(sizes):
        while end < len(shapes) and (end < start + _PHRASE_WORDS or letters < _PHRASE_LETTERS):
            letters += sizes[end]
            end += 1
        if end < start + _PHRASE_WORDS or letters < _PHRASE_LETTERS:
            return
        yield start, end, " ".join(shapes[start:end])
        letters -= size
