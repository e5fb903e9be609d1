"""The library: all articles, narrowed by search and filters."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from archive.curating.saved_searches import last_added
from archive.search import listing
from archive.search.facets import are_quick, facets, mine
from archive.search.listing import Page
from archive.search.searching import Search
from archive.web import remote_images
from archive.web.charts import Chart
from archive.web.facets import TITLES, chosen_panels, collections_panel, own_collections, panels
from archive.web.library_search import ENDS, Chip, LibrarySearch
from archive.web.reading import from_list
from archive.web.saved_searches import beside_list, visit
from archive.web.templatetags.pages import plural
from archive.web.zotero import coins_of

SORTS = (
    ("published", "newest first"),
    ("-published", "oldest first"),
    ("added", "recently added"),
    ("clipped", "recently clipped"),
    ("title", "title, A to Z"),
    ("length", "longest first"),
    ("-length", "shortest first"),
)
OTHER_SORTS = {
    "relevance": "best match",
    "-added": "added, oldest first",
    "-clipped": "clipped, oldest first",
    "-title": "title, Z to A",
}

MOST_TRIED = 10  # searches with one condition removed

# The labels of the previous and next page, by sort order: those by time have names of their own.
SIDES = {"published": ("Newer", "Older"), "-published": ("Older", "Newer")}


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The list with its filters. htmx gets the part that changes, other clients the whole page."""
    search = LibrarySearch.read(request.GET)
    if any(name in request.GET for name in ENDS):
        return redirect(reverse("library") + search.href)
    after, before = request.GET.get("after"), request.GET.get("before")
    page = listing.find(search.query, after=after, before=before, reader=request.user.pk)
    saved = beside_list(request, search)
    collections = own_collections(request)
    context = {
        "section": "library",
        "search": search,
        "page": page,
        "cited": coins_of(page.rows),
        "count": count_in_words(page.total),
        "hints": page.problems,
        "sorts": _sorts(page, search),
        "from_list": from_list(search, after, before),
        "suggestion_href": search.for_text(page.suggestion or ""),
        "sides": SIDES.get(page.sort, ("Previous", "Next")),
        "is_empty": search.is_empty and not page.total,
        "saved": saved,
        "is_saved": any(kept.is_here for kept in saved),
        "new": visit(saved),
        "last_added": last_added(),
        "collections": collections,
        "on_page": ",".join(str(row.article.pk) for row in page.rows),
        "shows_pictures": (shows_pictures := remote_images.are_allowed(request)),
    }
    if not page.total:
        context["ways_out"] = _ways_out(search, request.user.pk)
    if page.total and not are_quick(page.search):
        context |= {"filters_href": reverse("filters") + search.href, "facet_titles": TITLES}
    elif page.total:
        found = facets(search.query, page.search)
        shown = panels(found, search, mine(page.search)) + collections_panel(collections, search, page.search)
        context |= {"facets": shown, "chart": Chart.of(found.months, search)}
    elif not search.is_empty:
        context["facets"] = chosen_panels(search)
    swaps = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    response = render(request, "partials/library.html" if swaps else "library.html", context)
    patch_vary_headers(response, ["HX-Request"])
    if shows_pictures:
        remote_images.allow_in(response)
    return response


def count_in_words(number: int) -> str:
    """The number of articles as text: `1 article`, `1,284 articles`, `No articles`."""
    return plural(number, "article,articles") if number else "No articles"


def _ways_out(search: LibrarySearch, reader: int | None) -> list[tuple[Chip, str]]:
    """For a search without results, the conditions whose removal gives results, each with the number of results."""
    if len(search.chips) < 2:  # without its only condition it finds everything, which the page offers anyway
        return []
    tried = [(chip, Search(less.query.node, reader).total) for chip, less in search.lessened[:MOST_TRIED]]
    return [(chip, count_in_words(number)) for chip, number in tried if number]


def _sorts(page: Page, search: LibrarySearch) -> list[tuple[str, str]]:
    """The sort orders to choose from: relevance if there are search words, and always the current one."""
    offered = dict(SORTS)
    if search.text:
        offered = {"relevance": OTHER_SORTS["relevance"], **offered}
    return list((offered | {page.sort: {**OTHER_SORTS, **offered}[page.sort]}).items())
