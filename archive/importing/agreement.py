"""Whether two files tell the same thing."""

from itertools import islice

COMPARED = 20_000  # code points from the start of each text
SHINGLE = 4  # words


def titles_agree(one: str, other: str) -> bool:
    """Whether two titles are the same but for case and white space."""
    return one.casefold().split() == other.casefold().split()


def texts_agree(one: str, other: str) -> bool:
    """Whether half of the shorter text's runs of four words stand in the longer one too (Broder's containment)."""
    first, second = _shingles(one), _shingles(other)
    shorter = min(len(first), len(second))
    return len(first & second) * 2 >= shorter if shorter else not first and not second


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = text[:COMPARED].casefold().split()
    if len(words) < SHINGLE:  # a short text, or one in a script without spaces: by character
        words = [character for word in words for character in word]
    return set(zip(*(islice(words, start, None) for start in range(SHINGLE)), strict=False)) or set(zip(words))
