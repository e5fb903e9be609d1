"""English words by their stems (Snowball's stemmer, known as Porter2)."""

import re
import threading
from collections.abc import Iterable

import Stemmer

_IS_ENGLISH = re.compile("[a-z]{3,30}")
# Their stems do not begin as they do.
EXCEPTIONS = {"die": "dying", "lie": "lying", "tie": "tying"}
_local = threading.local()


def stem_of(word: str) -> str | None:
    """The stem of a prepared word; None if it is no English one."""
    return str(_stemmer().stemWord(word)) if _IS_ENGLISH.fullmatch(word) else None


def with_stem(stem: str, words: Iterable[str]) -> list[str]:
    """Those of these prepared words that have this stem."""
    english = [word for word in words if _IS_ENGLISH.fullmatch(word)]
    return [word for word, its_stem in zip(english, _stemmer().stemWords(english), strict=True) if its_stem == stem]


def shared_beginning(stem: str) -> str:
    """What all words with this stem begin with, but for EXCEPTIONS: its last letter may be another in them, as in
    `economy` and `possibility`.
    """
    return stem[:-1] if stem.endswith(("e", "i", "y", "bl")) else stem


def _stemmer() -> Stemmer.Stemmer:
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("english")  # one for each thread: it is not safe to share
    return _local.stemmer
