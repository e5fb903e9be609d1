"""Whether two texts are versions of the same text."""

import re
from collections.abc import Callable
from itertools import islice
from unicodedata import normalize

COMPARED = 20_000  # code points from the start of each text
SHINGLE = 4  # words

# Scripts without spaces between words (Chinese, Japanese, Thai, Lao, Burmese, Khmer): there, each letter is a word.
_LETTERS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[{_LETTERS}]|[^\s{_LETTERS}]+")
_ASCII_WORD = re.compile(r"\w+")
_BARE_WORD = re.compile(rf"[{_LETTERS}]|[^\W{_LETTERS}]+")


def titles_agree(one: str, other: str) -> bool:
    """Whether two titles are the same except for case and white space."""
    return one.casefold().split() == other.casefold().split()


def title_key(title: str) -> str:
    """What two writings of one title have in common: neither case nor white space nor the shape of signs."""
    return "".join(letter for letter in normalize("NFKC", title).casefold() if letter.isalnum())


def texts_agree(one: str, other: str) -> bool:
    """Whether half of the shorter text's four-word shingles are also in the longer text (Broder's containment)."""
    return _share(one, other, min)


def texts_match(one: str, other: str) -> bool:
    """Whether half of the longer text's four-word shingles are also in the shorter text.

    Then neither is an excerpt of the other, or a note that quotes it.
    """
    return _share(one, other, max)


def _share(one: str, other: str, of: Callable[[int, int], int]) -> bool:
    first, second = shingles(one), shingles(other)
    needed = of(len(first), len(second))
    return len(first & second) * 2 >= needed if first and second else not first and not second


def words(text: str, limit: int | None = COMPARED) -> list[str]:
    """The words at the beginning of a text, in lower case; single letters in scripts without spaces."""
    text = text[:limit].casefold()
    return text.split() if text.isascii() else _WORD.findall(text)


def bare_words(text: str) -> list[str]:
    """The words of a text as written, without punctuation; each letter where a script has no spaces."""
    return (_ASCII_WORD if text.isascii() else _BARE_WORD).findall(text)


def shingles(text: str) -> set[tuple[str, ...]]:
    """All runs of four words; for a shorter text, of four letters."""
    found = words(text)
    if len(found) < SHINGLE:
        found = [letter for word in found for letter in word]
    return set(zip(*(islice(found, start, None) for start in range(SHINGLE)), strict=False)) or set(zip(found))
