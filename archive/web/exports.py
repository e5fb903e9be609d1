"""Files of an article, or of all that a search finds: bibliographies and books."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.exporting.bibliographies import BIBLIOGRAPHIES
from archive.exporting.epub.book import MEDIA_TYPE, MOST_ARTICLES, Wishes, epub
from archive.exporting.recipient import Recipient
from archive.exporting.selecting import found
from archive.exporting.works import works_of
from archive.search import listing
from archive.web.colours import swatches
from archive.web.downloads import download
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
    if format == "epub":
        return _book(request, ids, "articles.epub", ", ".join(chip.label for chip in search.chips) or "Commonplace")
    bibliography = BIBLIOGRAPHIES.get(format)
    if bibliography is None:
        raise Http404
    return download(bibliography.write(works_of(ids)), bibliography.media_type, f"articles.{bibliography.suffix}")


@require_safe
def article_book(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One article as a book."""
    article = readable_article(request, pk, *NOT_SHOWN, "revision__text", "revision__html")
    return _book(request, [article.pk], f"{article.slug}.epub")


def _book(request: HttpRequest, ids: Iterable[int], name: str, title: str = "") -> HttpResponseBase:
    """A book, for those who are signed in with their highlights and notes if they want them."""
    recipient = None
    if request.user.is_authenticated:
        meanings = {swatch.colour: swatch.meaning for swatch in swatches(request.user)}
        recipient = Recipient(request.user.pk, request.build_absolute_uri, meanings)
    wishes = Wishes(title, recipient, with_notes="notes" in request.GET)
    return download(epub(ids, wishes), MEDIA_TYPE, name)
