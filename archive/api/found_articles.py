"""Search results as JSON."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from archive.articles import dates
from archive.search import listing
from archive.search.asking import parsed

SIZE = 50  # articles per page


def found_articles(request: HttpRequest) -> dict[str, Any]:
    """One page of the articles that `q` finds, in the library's order. `next` is the address of the next page."""
    q = request.GET.get("q", "").replace("\0", "")
    page = listing.find(parsed(q), after=request.GET.get("after"), size=SIZE, reader=request.user.pk)
    following = urlencode({"q": q, "after": page.next_cursor})
    return {
        "total": page.total,
        "articles": [_article(request, row) for row in page.rows],
        "next": request.build_absolute_uri(f"?{following}") if page.next_cursor else None,
        "problems": page.problems,
    }


def _article(request: HttpRequest, row: listing.Row) -> dict[str, Any]:
    article = row.article
    published = article.published
    return {
        "id": article.pk,
        "url": request.build_absolute_uri(article.get_absolute_url()),
        "title": article.title,
        "authors": row.authors,
        "publication": article.publication_name,
        "published": dates.machine(published, article.published_precision) if published else None,
        "source_url": article.source_url,
        "language": article.language,
        "tags": row.tags,
        "words": article.word_count,
        "added": article.created_at.isoformat(),
    }
