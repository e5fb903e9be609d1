"""All articles that a search finds, to take out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.exporting.bibliographies import BIBLIOGRAPHIES
from archive.exporting.selecting import found
from archive.exporting.works import works_of
from archive.search import listing
from archive.web.downloads import download
from archive.web.library import count_in_words
from archive.web.library_search import LibrarySearch


@require_safe
def export_articles(request: HttpRequest) -> HttpResponse:
    """The page that offers the formats."""
    search = LibrarySearch.read(request.GET)
    page = listing.find(search.query, size=1, reader=request.user.pk)
    context = {
        "section": "library",
        "search": search,
        "count": count_in_words(page.total, is_least=page.total_is_capped),
        "total": page.total,
        "bibliographies": BIBLIOGRAPHIES.values(),
    }
    return render(request, "export.html", context)


@require_safe
def articles_file(request: HttpRequest, format: str) -> HttpResponseBase:
    """The articles as one file, in the search's order. Raises Http404 for an unknown format."""
    bibliography = BIBLIOGRAPHIES.get(format)
    if bibliography is None:
        raise Http404
    ids = found(LibrarySearch.read(request.GET).query, request.user.pk)
    return download(bibliography.write(works_of(ids)), bibliography.media_type, f"articles.{bibliography.suffix}")
