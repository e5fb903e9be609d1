"""Related articles: those that share rare words and tags with one."""

from math import log

from django.core.cache import cache
from tantivy import Occur, Query

from archive.articles.models import Article
from archive.query import label_terms
from archive.query.keywords import keywords
from archive.search.searching import Search

MOST_SHOWN = 5
MOST_TAGS = 10
COMMON = 100  # articles with a word or tag, from which it says nothing


def related(article: Article) -> list[Article]:
    """The articles that have most in common with this one, weighing each shared word or tag by its rarity (the
    logarithm of its inverse document frequency). Only what lists show is loaded. Cached until the index changes."""
    search = Search(None)
    name = search.name_of("related", article.pk)
    best: list[int] | None = cache.get(name)
    if best is None:
        best = _most_related(search, article)
        cache.set(name, best)
    found = Article.objects.present().select_related("publication").defer("metadata").in_bulk(best) if best else {}
    return [found[pk] for pk in best if pk in found]


def _most_related(search: Search, article: Article) -> list[int]:
    """The ids of the articles, best first."""
    shown = search.labels([article.pk])
    if not shown:  # it is not in the index
        return []
    searcher, schema = search.snapshot.searcher, search.snapshot.schema
    _, tags = shown[article.pk]
    terms = [("filter", [label_terms.token("tag", tag)]) for tag in tags[:MOST_TAGS]]
    text = article.revision.text if article.revision else ""
    terms += [("all", word.split()) for word in keywords(article.title, text)]
    worth = []
    for field, tokens in terms:
        wanted = Query.phrase_query(schema, field, list(tokens)) if tokens[1:] else None
        # A term that only this article has, or that many or all have, says nothing.
        uses = search.count_of(wanted) if wanted else searcher.doc_freq(field, tokens[0])
        if 1 < uses < min(COMMON, searcher.num_docs - 1):  # one document belongs to no article
            rarity = log(searcher.num_docs / uses)
            wanted = wanted or Query.term_query(schema, field, tokens[0])
            worth.append((Occur.Should, Query.const_score_query(wanted, rarity)))
    if not worth:
        return []
    itself = Query.term_query(schema, "id", article.pk)
    shared = Query.boolean_query([(Occur.Must, Query.boolean_query(worth)), (Occur.MustNot, itself)])
    return [pk for (pk,) in search.snapshot.values(shared, "id", at_most=MOST_SHOWN)]
