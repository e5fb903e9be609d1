"""The forms of a word: those of an index's words that have its English stem (Snowball's stemmer, known as Porter2).

The index holds words as they are, so that phrases and beginnings find exactly what was typed.
"""

import re
import threading
from collections.abc import Iterable, Iterator

import Stemmer

from archive.search.kinds import Snapshot

MOST_FORMS = 30  # of one word, the commonest; more than that are misspellings

_IS_ENGLISH = re.compile("[a-z]{3,30}")
# Their stems do not begin as they do.
_EXCEPTIONS = {"die": "dying", "lie": "lying", "tie": "tying"}
_local = threading.local()


def forms(snapshot: Snapshot, word: str) -> list[str]:
    """A prepared word with its forms in the index, itself first."""
    if not _IS_ENGLISH.fullmatch(word):
        return [word]
    return [word, *_akin(snapshot, stem_of(word), but=word)][:MOST_FORMS]


def akin(snapshot: Snapshot, words: Iterable[str]) -> Iterator[str]:
    """The words of the index that have the stem of one of these prepared words."""
    for stem in {stem_of(word) for word in words if _IS_ENGLISH.fullmatch(word)}:
        yield from _akin(snapshot, stem)


def _akin(snapshot: Snapshot, stem: str, but: str = "") -> list[str]:
    found = [term for term, _ in snapshot.searcher.terms_with_prefix("all", shared_beginning(stem))]
    if stem in _EXCEPTIONS and snapshot.searcher.doc_freq("all", _EXCEPTIONS[stem]):
        found.append(_EXCEPTIONS[stem])
    words = [term for term in found if term != but and _IS_ENGLISH.fullmatch(term)]
    return [word for word, its_stem in zip(words, _stemmer().stemWords(words), strict=True) if its_stem == stem]


def shared_beginning(stem: str) -> str:
    """What all words with this stem begin with, but for the exceptions: its last letter may be another in them, as in
    `economy` and `possibility`.
    """
    return stem[:-1] if stem.endswith(("e", "i", "y", "bl")) else stem


def stem_of(word: str) -> str:
    stem: str = _stemmer().stemWord(word)
    return stem


def _stemmer() -> Stemmer.Stemmer:
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("english")  # one for each thread: it is not safe to share
    return _local.stemmer
