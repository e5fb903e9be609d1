"""Downloads of one article, of all that a search finds, or of the articles selected in a list."""

from itertools import islice
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from archive.articles.models import Article
from archive.exporting.article_zip import about_bytes
from archive.exporting.bibliographies import BIBLIOGRAPHIES
from archive.exporting.epub.book import MOST_ARTICLES
from archive.exporting.selecting import found
from archive.search import listing
from archive.web.article_files import file_of_articles
from archive.web.library import count_in_words
from archive.web.library_search import LibrarySearch
from archive.web.parameters import way_back
from archive.web.reading import NOT_SHOWN, readable_article
from archive.web.selection import back_to_list, selected

MOST_WEIGHED = 200  # articles: what others will take is judged by these


@require_http_methods(["GET", "HEAD", "POST"])
def export_articles(request: HttpRequest) -> HttpResponse:
    """The page with the formats for a search's results, or for the articles named in the address. A list's form
    redirects to the address with the selected articles."""
    if request.method == "POST":
        return _chosen(request)
    search = LibrarySearch.read(request.GET)
    named = _named(request)
    total = listing.find(search.query, size=1, reader=request.user.pk).total if named is None else len(named)
    asked = search.everything if named is None else [("article", str(pk)) for pk in named]
    context = {
        "section": "library",
        "search": search,
        "is_selection": named is not None,
        "back": way_back(request.GET.get("next", "")) or reverse("library") + (search.href if search.encoded else ""),
        "asked": asked,
        "query": urlencode(asked),
        "count": count_in_words(total),
        "total": total,
        "zip_bytes": about_bytes(
            named if named is not None else list(islice(found(search.query, request.user.pk), MOST_WEIGHED)), total
        ),
        "bibliographies": BIBLIOGRAPHIES.values(),
        "most_in_book": MOST_ARTICLES,
        "catalogue": request.build_absolute_uri(reverse("opds")),
    }
    return render(request, "export.html", context)


@require_safe
def articles_file(request: HttpRequest, format: str) -> HttpResponseBase:
    """The articles as one file, in the search's order. Raises Http404 for an unknown format."""
    search = LibrarySearch.read(request.GET)
    named = _named(request)
    ids = found(search.query, request.user.pk) if named is None else named
    title = ", ".join(chip.label for chip in search.chips) or "Commonplace"
    return file_of_articles(request, ids, format, "articles", title)


@require_safe
def article_file(request: HttpRequest, pk: int, format: str) -> HttpResponseBase:
    """One article as a book or plain files."""
    article = readable_article(request, pk, *NOT_SHOWN, "revision__text", "revision__html")
    return file_of_articles(request, [article.pk], format, article.slug)


def _chosen(request: HttpRequest) -> HttpResponse:
    """Redirect to the address with the articles selected in a list."""
    ids = selected(request.POST)
    if "asked" not in request.POST and not ids:
        messages.error(request, "Select some articles first.")
        return redirect(back_to_list(request))
    chosen = request.POST.get("asked", urlencode({"article": ids, "next": back_to_list(request)}, doseq=True))
    return redirect(reverse("export-articles") + f"?{chosen}")


def _named(request: HttpRequest) -> list[int] | None:
    """The articles named in the address, in its order; None if there are none and the search decides."""
    if "article" not in request.GET:
        return None
    ids = selected(request.GET)
    present = set(Article.objects.present().filter(pk__in=ids).values_list("pk", flat=True))
    return [pk for pk in ids if pk in present]
