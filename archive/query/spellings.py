"""Alternative spellings: `e-mail` as `email`, `Müller` as `Mueller`.

Texts are indexed under them too, so that either spelling finds both.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from archive.query.preparing import prepare

MOST_PARTS, LONGEST = 5, 60  # parts of a word with hyphens
_LONG = 8  # letters
_LONGEST_LABEL = 40  # code points; few titles are as short
_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрстуфхцчшщъыьэюяєіїґў", "αβγδεζηθικλμνξοπρστυφχψω")

_HYPHENS = "\\-\u2010\u2011"
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
_TWO_LETTERS = {"ae": "a", "oe": "o", "ue": "u"}
_SIGNS = f"{_HYPHENS}\u0308{''.join(_UMLAUTS)}"
# A run between two spaces that contains such a sign. No character is looked at twice, whatever the length.
_CANDIDATE = re.compile(f"(?<!\\S)[^\\s{_SIGNS}]*+[{_SIGNS}]\\S*+")
_LETTER = "(?:[^\\W_]|\u0308)"
_WORD = re.compile(f"{_LETTER}++(?:[{_HYPHENS}]{_LETTER}++)*+")
_UMLAUT = re.compile(f"[{''.join(_UMLAUTS)}]")
_HYPHEN = re.compile(f"[{_HYPHENS}]")
_WRITTEN_OUT = re.compile("|".join(_TWO_LETTERS))


def spellings(text: str) -> Iterator[tuple[str, int, int]]:
    """The alternative spellings of a text's words, as prepared tokens, each with the word's range (code points)."""
    for candidate in _CANDIDATE.finditer(text):
        for word in _WORD.finditer(text, candidate.start(), candidate.end()):
            for spelling in dict.fromkeys(_of_word(word[0])):
                yield spelling, word.start(), word.end()


def written(text: str) -> tuple[str, ...]:
    """The prepared tokens of a text, then each alternative spelling of its words separately. None are empty."""
    return _ways(text) if len(text) > _LONGEST_LABEL else _ways_of_label(text)


def _ways(text: str) -> tuple[str, ...]:
    ways = (prepare(text), *dict.fromkeys(spelling for spelling, _, _ in spellings(text)))
    return tuple(way for way in ways if way)


_ways_of_label = lru_cache(maxsize=10_000)(_ways)  # cached, since names and tags recur


def others(text: str) -> Iterator[str]:
    """The alternative spellings of a word or phrase as a whole."""
    written_out = _write_out(text)
    if written_out != text:
        yield written_out
    if _WORD.fullmatch(text) and _HYPHEN.search(text):
        yield from dict.fromkeys(_HYPHEN.sub("", each) for each in (text, written_out))


def with_umlauts(token: str) -> str:
    """A prepared token with `ae`, `oe` and `ue` for umlauts replaced by the bare vowels."""
    return _WRITTEN_OUT.sub(lambda letters: _TWO_LETTERS[letters[0]], token)


def most_edits(token: str) -> int:
    """The number of edits by which a similar token may differ; swapping two letters is one edit."""
    return 1 if len(token) < _LONG else 2


def is_near(token: str, wanted: str) -> bool:
    """Whether a token is similar to the wanted one."""
    most = most_edits(wanted)
    return bool(OSA.distance(token, wanted, score_cutoff=most) <= most)


def one_edit_away(word: str) -> set[str]:
    """The spellings one edit away: a letter more, less or different, or two letters swapped, as in Norvig's spelling
    corrector."""
    letters = next((alphabet for alphabet in _ALPHABETS if set(word) & set(alphabet)), "")
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    shorter = {left + right[1:] for left, right in parts if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1}
    other = {left + letter + right[1:] for left, right in parts if right for letter in letters}
    longer = {left + letter + right for left, right in parts for letter in letters}
    return shorter | swapped | other | longer


def _of_word(word: str) -> Iterator[str]:
    parts = _HYPHEN.split(word)
    for part in parts:
        if (written_out := _write_out(part)) != part:
            yield from _single(written_out)
    if 1 < len(parts) <= MOST_PARTS and len(word) <= LONGEST and not all(map(str.isdecimal, parts)):
        yield from _single("".join(parts))
        yield from _single(_write_out("".join(parts)))


def _write_out(text: str) -> str:
    if text.isascii():
        return text
    return _UMLAUT.sub(lambda letter: _UMLAUTS[letter[0]], unicodedata.normalize("NFC", text))


def _single(word: str) -> Iterator[str]:
    """The word as a token, if it is a single one."""
    token = prepare(word)
    if token and " " not in token:
        yield token
