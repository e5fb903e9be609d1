"""Articles about the same: those that share rare words and tags with one."""

from collections import Counter
from collections.abc import Iterable
from heapq import nlargest
from itertools import pairwise
from math import log

from django.core.cache import cache
from tantivy import Occur, Query

from archive.articles.models import Article
from archive.query.preparing import is_unspaced, prepare
from archive.search import labels
from archive.search.searching import Search

MOST_SHOWN = 5
MOST_USED = 25  # words that the article repeats
LONGEST = 35  # words beside them that are long, and so mostly rare
MOST_TAGS = 10
COMMON = 100  # articles with a word or tag, from which on it says nothing
READ = 20_000  # code points of a text
_TITLE_WORTH = 5  # occurrences in the text
_SHORTEST_WORD = 4  # letters


def related(article: Article) -> list[Article]:
    """The articles that have most in common with this one, each shared word or tag weighed by its rarity (the logarithm
    of its inverse document frequency). They have no more than lists show. Remembered until the index changes.
    """
    search = Search(None)
    name = search.name_of("related", article.pk)
    best: list[int] | None = cache.get(name)
    if best is None:
        best = _most_related(search, article)
        cache.set(name, best)
    found = Article.objects.present().select_related("publication").defer("metadata").in_bulk(best) if best else {}
    return [found[pk] for pk in best if pk in found]


def _most_related(search: Search, article: Article) -> list[int]:
    """The ids of the articles, the best first."""
    shown = search.labels([article.pk])
    if not shown:  # it is not in the index
        return []
    searcher, schema = search.snapshot.searcher, search.snapshot.schema
    _, tags = shown[article.pk]
    terms = [("filter", [labels.token("tag", tag)]) for tag in tags[:MOST_TAGS]]
    terms += [("all", word.split()) for word in _telling_words(article)]
    worth = []
    for field, tokens in terms:
        wanted = Query.phrase_query(schema, field, list(tokens)) if tokens[1:] else None
        # A term that no article has but this one, and one that many have, tells nothing.
        uses = search.count_of(wanted) if wanted else searcher.doc_freq(field, tokens[0])
        if 1 < uses < COMMON:
            rarity = log(max(searcher.num_docs, 2) / uses)
            wanted = wanted or Query.term_query(schema, field, tokens[0])
            worth.append((Occur.Should, Query.const_score_query(wanted, rarity)))
    if not worth:
        return []
    itself = Query.term_query(schema, "id", article.pk)
    shared = Query.boolean_query([(Occur.Must, Query.boolean_query(worth)), (Occur.MustNot, itself)])
    hits = searcher.search(shared, MOST_SHOWN, count=False).hits
    ids = searcher.fast_field_values("id", [address for score, address in hits if score > 0])
    return [int(pk or 0) for pk in ids]


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
