"""Words that indicate what a text is about."""

from collections import Counter
from collections.abc import Iterator
from heapq import nlargest
from itertools import pairwise

from archive.query.preparing import is_unspaced, prepare

MOST_USED = 25  # words that occur repeatedly
LONGEST = 35  # long, and therefore mostly rare, words
READ = 20_000  # code points of a text
_TITLE_WORTH = 5  # counts as this many occurrences in the text
_SHORTEST_WORD = 4  # letters


def keywords(title: str, text: str) -> list[str]:
    """The most frequent words of a text, those in its title, and its longest, prepared; in scripts without spaces,
    pairs of characters."""
    uses = Counter(_words(text[:READ]))
    for word in _words(title):
        uses[word] += _TITLE_WORTH
    most_used = [word for word, _ in uses.most_common(MOST_USED)]
    longest = nlargest(LONGEST, uses.keys() - set(most_used), key=lambda word: (len(word), word))
    return most_used + longest


def _words(text: str) -> Iterator[str]:
    for token, following in pairwise([*prepare(text).split(), ""]):
        if is_unspaced(token):
            if following and is_unspaced(following):
                yield f"{token} {following}"
        elif len(token) >= _SHORTEST_WORD and not token.isdigit():
            yield token
