"""Saved searches: beside the list, on their own page, and the number of new articles in each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from archive.accounts.refusing import Refused
from archive.curating import saved_searches as verbs
from archive.curating.models import SavedSearch
from archive.web.library_search import LibrarySearch
from archive.web.people import reader


@dataclass(frozen=True)
class Kept:
    """A saved search as pages show it. `is_here`: the page shows its results."""

    saved: SavedSearch
    search: LibrarySearch
    is_here: bool = False

    @classmethod
    def of(cls, saved: SavedSearch, here: LibrarySearch | None = None) -> Kept:
        return cls(
            saved, LibrarySearch.read(QueryDict(saved.address)), here is not None and here.encoded == saved.address
        )

    @property
    def href(self) -> str:
        return reverse("library") + self.search.href

    @property
    def feed_href(self) -> str:
        return reverse("saved-feed", args=[self.saved.secret])

    def new(self, last_added: int) -> str:
        """The number of its articles added since the last visit, as text; empty if there are none."""
        if self.saved.seen_to >= last_added:
            return ""
        count = verbs.count_new(self.search.query.node, self.saved)
        return f"{verbs.MOST_NEW}+" if count > verbs.MOST_NEW else str(count or "")


def beside_list(request: HttpRequest, here: LibrarySearch) -> list[Kept]:
    """The searches to show beside the list; none for visitors."""
    if not request.user.is_authenticated:
        return []
    return [Kept.of(saved, here) for saved in verbs.kept_by(request.user)]


def visit(kept: list[Kept]) -> str:
    """The number of new articles in the search that the page shows, if it is a saved one; it is then reset."""
    for each in kept:
        if each.is_here and each.saved.seen_to < (last := verbs.last_added()):
            new = each.new(last)
            verbs.visited(each.saved)
            return new
    return ""


@require_safe
@login_required
@never_cache
def saved_searches(request: HttpRequest) -> HttpResponse:
    """All saved searches, to rename and delete, with the addresses of their feeds."""
    return render(request, "saved_searches.html", {"section": "library", "kept": list(_with_news(request))})


@require_safe
@login_required
@never_cache
def news(request: HttpRequest) -> HttpResponse:
    """The counts beside the list, which update themselves."""
    return render(request, "partials/news.html", {"kept": list(_with_news(request))})


def _with_news(request: HttpRequest) -> Iterator[tuple[Kept, str]]:
    last = verbs.last_added()
    for saved in verbs.kept_by(reader(request)):
        kept = Kept.of(saved)
        yield kept, kept.new(last)


@require_POST
@login_required
def keep_search(request: HttpRequest) -> HttpResponse:
    """Save the search of an address under a name, and go back to it."""
    search = LibrarySearch.read(QueryDict(request.POST.get("address", "")))
    try:
        saved = verbs.keep(reader(request), request.POST.get("name", ""), search.encoded)
        messages.success(request, f"“{saved.name}” was saved.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(reverse("library") + search.href)


@require_POST
@login_required
def rename_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a saved search."""
    return _change(request, lambda: verbs.rename(reader(request), pk, request.POST.get("name", "")), "Renamed to “{}”.")


@require_POST
@login_required
def renew_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the feed a new address, for when someone has the old one who should not."""
    said = "The feed of “{}” has a new address. The old one no longer works."
    return _change(request, lambda: verbs.renew_secret(reader(request), pk), said)


@require_POST
@login_required
def delete_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a saved search."""

    saved = verbs.kept_by(reader(request)).filter(pk=pk).first()
    if saved is None:  # for example after a double click
        messages.info(request, "You have no such search.")
    else:
        saved.delete()
        messages.success(request, f"“{saved.name}” was deleted. Its articles are not affected.")
    return redirect("saved-searches")


def _change(request: HttpRequest, change: Callable[[], SavedSearch], said: str) -> HttpResponse:
    try:
        messages.success(request, said.format(change().name))
    except Refused as refusal:
        messages.error(request, str(refusal))
    except SavedSearch.DoesNotExist:
        raise Http404 from None
    return redirect("saved-searches")
