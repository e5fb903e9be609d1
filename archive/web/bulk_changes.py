"""Changing all articles that a search finds: the page with the possible changes, and a page per change, where it runs
one second at a time and can be undone."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.accounts.refusing import Refused
from archive.curating import bulk_changes as verbs
from archive.curating import collections
from archive.curating.models import RENAMES, BulkChange, Stage, Verb
from archive.search.searching import Search
from archive.web.editing import typed_tags
from archive.web.form_keys import sending_key
from archive.web.library_search import LibrarySearch
from archive.web.people import reader
from archive.web.selection import back_to_list, change_selected
from archive.web.templatetags.pages import plural

OWN = (Verb.STAR, Verb.UNSTAR, Verb.READ, Verb.UNREAD)  # everyone may; the rest is for staff
SHOWN = 50  # changes


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def change_articles(request: HttpRequest) -> HttpResponse:
    """The number of articles the address's search finds, and the changes to choose from; POST makes the change. Moving
    to the trash asks for confirmation with the number, and again if the number changed meanwhile.

    A form without a search is about the articles selected in the list (see `selection`).
    """
    if request.method != "POST":
        return _ask(request, LibrarySearch.read(request.GET))
    if request.POST.get("verb") not in Verb.values or request.POST["verb"] in RENAMES:
        return HttpResponseBadRequest("No such change.")
    verb = Verb(request.POST["verb"])
    _check(request, verb)
    tags = typed_tags(request.POST.get("tags", ""))
    if "asked" not in request.POST:
        return change_selected(request, verb, tags)
    search = LibrarySearch.read(QueryDict(request.POST["asked"]))
    key = sending_key(request)
    if (sent := verbs.begun_by(reader(request), key)) is not None:
        return redirect(_going(sent.pk))
    if verb == Verb.TRASH and request.POST.get("confirmed") != str(verbs.count(reader(request), search.query.node)):
        return _ask(request, search, is_confirming=True)
    try:
        begun = verbs.begin(reader(request), verb, search.query.node, search.encoded, tags, key=key)
    except Refused as refusal:
        return _ask(request, search, str(refusal))
    verbs.work(reader(request), begun.pk)
    return redirect(_going(begun.pk))


@require_safe
@login_required
@never_cache
def changes(request: HttpRequest) -> HttpResponse:
    """One's own changes that can still be undone."""
    return render(request, "bulk_changes.html", {"section": "library", "made": verbs.made_by(reader(request))[:SHOWN]})


@require_safe
@login_required
@never_cache
def bulk_change(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress of a change. It continues by itself if it was just started or continued."""
    return render(request, "bulk_change.html", _shown(_own(request, pk), is_going="going" in request.GET))


@require_POST
@login_required
def continue_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Work on the change for another second. htmx gets the progress, other clients the page."""
    before = _own(request, pk)
    after = verbs.work(reader(request), pk)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(_going(pk))
    context = _shown(after, is_going=True)
    has_ended = before.stage != after.stage
    is_told = has_ended or context["tenth"] != _shown(before, is_going=True)["tenth"]
    return render(request, "partials/bulk_change.html", {**context, "is_told": is_told})


@require_POST
@login_required
def undo_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo what was changed so far, and return to the list if it was started there."""
    _own(request, pk)
    try:
        verbs.begin_undo(reader(request), pk)
    except Refused:
        if "next" not in request.POST:
            return redirect("bulk-change", pk)
    change = verbs.work(reader(request), pk)
    if "next" not in request.POST or change.stage != Stage.UNDONE:
        return redirect(_going(pk))
    messages.success(request, f"Undone: {plural(change.changed, 'article,articles')} restored; later edits kept.")
    return redirect(back_to_list(request))


def _ask(
    request: HttpRequest, search: LibrarySearch, refusal: str = "", *, is_confirming: bool = False
) -> HttpResponse:
    person = reader(request)
    count = verbs.count(person, search.query.node)
    problems = [problem.message for problem in search.query.problems]
    context = {
        "section": "library",
        "search": search,
        "count": count,
        "most": verbs.MOST_AT_ONCE,
        "is_too_much": count > verbs.MOST_AT_ONCE,
        "hints": problems + Search(search.query.node, person.pk).problems(),
        "given": request.POST,
        "refusal": refusal,
        "is_confirming": is_confirming,
        "collections": collections.kept_by(person),
        "back": reverse("library") + search.href,
    }
    return render(request, "change_articles.html", context, status=400 if refusal else 200)


def _shown(change: BulkChange, *, is_going: bool) -> dict[str, Any]:
    is_undoing = change.stage in (Stage.UNDOING, Stage.UNDONE)
    done, total = (change.taken_back, change.done) if is_undoing else (change.done, change.total)
    return {
        "section": "library",
        "change": change,
        "search": LibrarySearch.read(QueryDict(change.address)),
        "is_undoing": is_undoing,
        "is_running": change.stage in (Stage.DOING, Stage.UNDOING),
        "can_undo": change.stage == Stage.DOING or (change.stage == Stage.DONE and change.changed > 0),
        "is_going": is_going,
        "done": done,
        "total": total,
        "tenth": 10 * done // max(total, 1),
    }


def _own(request: HttpRequest, pk: int) -> BulkChange:
    """Raises Http404 for other people's changes, and PermissionDenied for those the person may no longer make."""
    change = verbs.made_by(reader(request)).filter(pk=pk).first()
    if change is None:
        raise Http404
    _check(request, Verb(change.verb))
    return change


def _check(request: HttpRequest, verb: Verb) -> None:
    if verb not in OWN and not reader(request).is_staff:
        raise PermissionDenied("Only staff can do this.")


def _going(pk: int) -> str:
    return reverse("bulk-change", args=[pk]) + "?going=1"
