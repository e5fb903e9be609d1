"""New articles that arrive while a list is open: a line above the list that updates itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from archive.curating.saved_searches import last_added
from archive.search.searching import Search
from archive.web.library_search import LibrarySearch
from archive.web.parameters import number

MOST_COUNTED = 99  # articles; beyond that the exact number does not matter


@require_safe
@never_cache
def arrivals(request: HttpRequest) -> HttpResponse:
    """The number of a list's articles that were added after `since`. Empty if the page shows that number already
    (`told`), so that screen readers announce it once."""
    since, told = number(request.GET.get("since")), number(request.GET.get("told")) or 0
    if since is None or last_added() <= since:
        return HttpResponse(status=204)
    search = LibrarySearch.read(request.GET)
    found = Search(search.query.node, request.user.pk).sorted(("id",), (since,), MOST_COUNTED + 1, is_descending=False)
    if len(found) == told:
        return HttpResponse(status=204)
    context = {"search": search, "since": since, "told": len(found), "most": MOST_COUNTED}
    return render(request, "partials/arrivals.html", context)
