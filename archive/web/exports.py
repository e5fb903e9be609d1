"""Files of an article, or of all that a search finds."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.exporting.bibliographies import BIBLIOGRAPHIES
from archive.exporting.epub.book import MOST_ARTICLES
from archive.exporting.selecting import found
from archive.search import listing
from archive.web.article_files import file_of_articles
from archive.web.library import count_in_words
from archive.web.library_search import LibrarySearch
from archive.web.reading import NOT_SHOWN, readable_article


@require_safe
def export_articles(request: HttpRequest) -> HttpResponse:
    """The page that offers the formats."""
    search = LibrarySearch.read(request.GET)
    page = listing.find(search.query, size=1, reader=request.user.pk)
    context = {
        "section": "library",
        "search": search,
        "count": count_in_words(page.total),
        "total": page.total,
        "bibliographies": BIBLIOGRAPHIES.values(),
        "most_in_book": MOST_ARTICLES,
    }
    return render(request, "export.html", context)


@require_safe
def articles_file(request: HttpRequest, format: str) -> HttpResponseBase:
    """The articles as one file, in the search's order. Raises Http404 for an unknown format."""
    search = LibrarySearch.read(request.GET)
    ids = found(search.query, request.user.pk)
    title = ", ".join(chip.label for chip in search.chips) or "Commonplace"
    return file_of_articles(request, ids, format, "articles", title)


@require_safe
def article_file(request: HttpRequest, pk: int, format: str) -> HttpResponseBase:
    """One article as a book or as plain files."""
    article = readable_article(request, pk, *NOT_SHOWN, "revision__text", "revision__html")
    return file_of_articles(request, [article.pk], format, article.slug)
