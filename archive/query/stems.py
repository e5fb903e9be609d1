"""Stems of English words (Snowball's Porter2 stemmer)."""

import re
import threading
from collections.abc import Iterable

import Stemmer

_IS_ENGLISH = re.compile("[a-z]{3,30}")
# These do not begin like their stems.
EXCEPTIONS = {"die": "dying", "lie": "lying", "tie": "tying"}
_local = threading.local()


def stem_of(word: str) -> str | None:
    """The stem of a prepared word; None if it is not English."""
    return str(_stemmer().stemWord(word)) if _IS_ENGLISH.fullmatch(word) else None


def with_stem(stem: str, words: Iterable[str]) -> list[str]:
    """Those of these prepared words that have this stem."""
    english = [word for word in words if _IS_ENGLISH.fullmatch(word)]
    return [word for word, its_stem in zip(english, _stemmer().stemWords(english), strict=True) if its_stem == stem]


def shared_beginning(stem: str) -> str:
    """The beginning shared by all words with this stem, except EXCEPTIONS. The stem's last letter may differ in them,
    as in `economy` and `possibility`."""
    return stem[:-1] if stem.endswith(("e", "i", "y", "bl")) else stem


def _stemmer() -> Stemmer.Stemmer:
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("english")  # one per thread, since it is not thread-safe
    return _local.stemmer
