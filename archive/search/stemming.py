"""The forms of a word: English stems, looked up in the vocabulary of the archive.

The index holds words as they are, so that phrases and prefixes find exactly what was typed; a single word of a search
is widened to the words of the archive that have its stem (Snowball's English stemmer, known as Porter2).
"""

import re
import threading
from collections.abc import Iterable
from itertools import islice

import Stemmer
from django.db import DEFAULT_DB_ALIAS

from archive.search.engines import schema
from archive.search.models import State, Word

MOST_FORMS = 30  # of one word; more than that are misspellings
MOST_WIDENED = 20  # words of one search
MOST_REMEMBERED = 300_000  # tokens, which take about 30 MB

_IS_ENGLISH = re.compile("[a-z]{3,30}")
_IS_WORD = re.compile(r"[^\W\d_]{3,30}")
_local = threading.local()


def forms(words: Iterable[str]) -> dict[str, list[str]]:
    """Each of these prepared words with its forms in the archive, itself first. One query, if any can have forms.

    Of a search of more than MOST_WIDENED words, the first are widened.
    """
    found = {word: [word] for word in words}
    by_stem: dict[str, list[str]] = {}
    for word in islice(filter(_IS_ENGLISH.fullmatch, found), MOST_WIDENED):
        by_stem.setdefault(_stems([word])[0], []).append(word)
    if by_stem:
        for form, stem in Word.objects.filter(stem__in=by_stem).values_list("word", "stem"):
            for word in by_stem[stem]:
                if form != word and len(found[word]) < MOST_FORMS:
                    found[word].append(form)
    return found


def akin(words: Iterable[str]) -> list[str]:
    """The words of the archive that have the stem of one of these prepared words."""
    stems = set(_stems(list(filter(_IS_ENGLISH.fullmatch, words))))
    return list(Word.objects.filter(stem__in=stems).values_list("word", flat=True))


class Vocabulary:
    """The words of the archive, as one writer adds to them. Those it has just added cost nothing.

    What it remembers holds while the index is in the state that it left: anyone else's change draws a new version, and
    a rollback brings back an old one.
    """

    def __init__(self, using: str = DEFAULT_DB_ALIAS) -> None:
        self._using = using
        self._known: set[str] = set()
        self._version: int | None = None

    def begin(self) -> None:
        """Look whether what is remembered still holds. To be called before documents are written."""
        if self._version is None or self._version != State.current_version() or len(self._known) > MOST_REMEMBERED:
            self._known.clear()

    def add(self, texts: Iterable[str]) -> None:
        """Add the words of these prepared texts."""
        tokens = {token for text in texts for token in text.split()} - self._known
        new = sorted(filter(_IS_WORD.fullmatch, tokens))
        schema(self._using).add_words(self._using, new, _stems(new))
        self._known |= tokens

    def settle(self) -> None:
        """Remember the state of the index. To be called after documents are written."""
        self._version = State.current_version()


def _stems(words: list[str]) -> list[str]:
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("english")  # one for each thread: it is not safe to share
    stems: list[str] = _local.stemmer.stemWords(words)
    return stems
