"""Articles about the same: those that share rare words and tags with one."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from heapq import nlargest
from itertools import pairwise
from math import log
from time import thread_time

from django.core.cache import cache

from archive import query
from archive.articles.models import Article
from archive.query.preparing import is_unspaced, prepare
from archive.search import labels
from archive.search.engines import engine
from archive.search.models import Document, State
from archive.search.remembering import name_of

MOST_SHOWN = 5
MOST_USED = 25  # words that the article repeats
LONGEST = 35  # words beside them that are long, and so mostly rare
MOST_TAGS = 10
COMMON = 100  # articles with a word or tag, from which on it says nothing
READ = 20_000  # code points of a text
BUDGET = 0.01  # seconds of work for which terms are looked up; what is left then is left out
AT_ONCE = 20  # terms
_TITLE_WORTH = 5  # occurrences in the text
_SHORTEST_WORD = 4  # letters


def related(article: Article) -> list[Article]:
    """The articles that have most in common with this one, each shared word or tag weighed by its rarity (the logarithm
    of its inverse document frequency). They have no more than lists show. Remembered until the index changes.
    """
    version, total = State.objects.values_list("version", "documents").first() or (0, 0)
    name = name_of("related", version, article.pk)
    best: list[int] | None = cache.get(name)
    if best is None:
        best = _most_related(article, total)
        cache.set(name, best)
    if not best:
        return []
    documents = Document.objects.select_related("article__publication").defer("article__metadata", "personal")
    by_position = documents.in_bulk(best)
    return [by_position[position].article for position in best if position in by_position]


def _most_related(article: Article, total: int) -> list[int]:
    """The positions of their documents, the best first. `total` is the number of documents."""
    document = Document.objects.filter(article=article).only("facets").first()
    if document is None:
        return []
    terms: list[query.Node] = [query.Tag(path) for path in labels.of_kind(document.facets, labels.TAG)[:MOST_TAGS]]
    terms += [query.Phrase(word) for word in _telling_words(article)]
    found = _similar(terms)
    uses = Counter(number for number, _ in found)
    worth: defaultdict[int, float] = defaultdict(float)
    for number, position in found:
        if uses[number] < COMMON:
            worth[position] += log(max(total, 2) / uses[number])
    worth.pop(document.pk, None)
    best = sorted(worth.items(), key=lambda item: (-item[1], -item[0]))[:MOST_SHOWN]
    return [position for position, value in best if value > 0]


def _similar(terms: list[query.Node]) -> list[tuple[int, int]]:
    """(number of the term, position) for the newest documents with each term.

    The letters of an unspaced script are common each, and walking through two of them grows with the archive: those
    pairs are looked up one by one, while there is time.
    """
    pairs = [number for number, term in enumerate(terms) if isinstance(term, query.Phrase) and " " in term.text]
    begins = sorted({*range(0, len(terms), AT_ONCE), *pairs, *(pair + 1 for pair in pairs)})
    found: list[tuple[int, int]] = []
    begun = thread_time()
    for first, end in pairwise([*begins, len(terms)]):
        if thread_time() - begun > BUDGET:
            break
        found += [(first + number, position) for number, position in engine().similar(terms[first:end], COMMON)]
    return found


def _telling_words(article: Article) -> list[str]:
    """The words that may tell what the article is about: those that it uses most or has in its title, and its longest;
    of unspaced scripts pairs of letters.
    """
    text = article.revision.text if article.revision else ""
    uses = Counter(_words(prepare(text[:READ]).split()))
    for word in _words(prepare(article.title).split()):
        uses[word] += _TITLE_WORTH
    most_used = [word for word, _ in uses.most_common(MOST_USED)]
    longest = nlargest(LONGEST, uses.keys() - set(most_used), key=lambda word: (len(word), word))
    return most_used + longest


def _words(tokens: Iterable[str]) -> Iterable[str]:
    for token, following in pairwise([*tokens, ""]):
        if is_unspaced(token):
            if following and is_unspaced(following):
                yield f"{token} {following}"
        elif len(token) >= _SHORTEST_WORD and not token.isdigit():
            yield token
