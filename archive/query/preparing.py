"""Text as the index stores it: lower-case tokens of letters and digits, separated by single spaces.

The same function prepares articles, notes and queries, so that whatever looks alike matches. Search engines need no
knowledge of scripts: a token is what is between two spaces.
"""

import re
import unicodedata
from functools import lru_cache

# Scripts without spaces: Thai to Myanmar, Khmer, Hangul (whose endings join the word), Kana, Bopomofo, Han. Each
# character is a token, so a word is a phrase and is found anywhere.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u303c"
    "\u3040-\u318f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\U0001b000-\U0001b16f\U00020000-\U000323af"
)
# Accents of any alphabet, vowel points of Hebrew and Arabic, and the Arabic stroke that only stretches a word.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
# Allowed within a word, not between two.
_UNSEEN = "\u00ad\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
DROPPED = _MARKS + _UNSEEN
# Unicode does not decompose a stroke through a letter or a ligature, but people omit them when typing.
_PLAIN_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"})

_DROPPED = re.compile(f"[{DROPPED}]")
_IS_UNSPACED = re.compile(f"[{UNSPACED}]")
_NOT_ASCII = re.compile("[^\x00-\x7f]+")
_MOSTLY_ASCII = 1.2  # bytes per character
_HALF_WIDTH = re.compile("[\uff61-\uff9f]+")
# The pieces that `prepare` turns into tokens independently: a run of letters, or one character of a script without
# spaces, with the combining marks that follow.
_PIECE = re.compile(
    f"[\uff61-\uff9f]+|[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\uac00-\ud7a3]+|[{UNSPACED}][{DROPPED}\u3099\u309a]*"
    f"|(?:[^\\W_{UNSPACED}]|[^\\x00-\\x7f\\s{UNSPACED}\uff61-\uff9f])+"
)

_ASCII_WORD = re.compile("[a-z0-9]+")


class _Prepared(dict[int, "str | int"]):
    """Maps each character to its prepared form, computed on first use. For `str.translate`."""

    def __missing__(self, code: int) -> str | int:
        character = chr(code)
        result = _prepare_character(character)
        self[code] = code if result == character else result
        return self[code]


def _prepare_character(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).casefold()
    bare = _DROPPED.sub("", unicodedata.normalize("NFD", folded)).translate(_PLAIN_LETTERS)
    composed = unicodedata.normalize("NFC", bare)
    kept = (letter if unicodedata.category(letter)[0] in "LNM" else " " for letter in composed)
    return "".join(f" {letter} " if _IS_UNSPACED.match(letter) else letter for letter in kept)


_PREPARED = _Prepared()


def prepare(text: str) -> str:
    """The tokens of a text, separated by single spaces.

    Compatible forms, case and diacritics are removed (NFKC, case folding, accents dropped). Anything but letters,
    digits and the vowel signs of Indic scripts separates tokens. Characters of scripts without spaces are tokens of
    their own.
    """
    if not text.isascii():
        # NFC quickly finds that most texts need nothing; the table does the rest. Only the voicing marks of half-width
        # kana need composing first.
        text = unicodedata.normalize("NFC", _HALF_WIDTH.sub(_widen, text))
        if len(text.encode("utf-8", "surrogatepass")) < _MOSTLY_ASCII * len(text):
            # Latin text becomes ASCII here, which `translate` then handles in a single fast pass.
            text = _NOT_ASCII.sub(_prepare_run, text)
    return " ".join(text.translate(_PREPARED).split())


def _widen(run: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", run[0])


def _prepare_run(run: re.Match[str]) -> str:
    return run[0].translate(_PREPARED)


def is_unspaced(token: str) -> bool:
    """Whether the token is a character of a script without spaces."""
    return _IS_UNSPACED.match(token) is not None


def tokens(text: str) -> list[tuple[str, int, int]]:
    """The tokens of `prepare(text)` in their order, each with where it comes from: code points, start and end.

    Tokens from one character or one run of jamo share their range.
    """
    if text.isascii():  # the same in half the time
        return [(word[0], *word.span()) for word in _ASCII_WORD.finditer(text.lower())]
    return [(token, *piece.span()) for piece in _PIECE.finditer(text) for token in _tokens_of(piece[0])]


@lru_cache(maxsize=10_000)
def _tokens_of(piece: str) -> tuple[str, ...]:
    return tuple(prepare(piece).split())
