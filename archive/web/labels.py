"""Tidying up tags, authors and publications, for staff: the list, and a page for each name."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from archive.accounts.permissions import staff_required
from archive.accounts.refusing import Refused
from archive.articles.tag_names import rest_below
from archive.curating import bulk_changes
from archive.curating import labels as verbs
from archive.curating.labels import Label
from archive.curating.models import Verb
from archive.web.parameters import plain
from archive.web.people import reader

KINDS = {
    "tags": (Verb.RENAME_TAG, "Tags", "tag"),
    "authors": (Verb.RENAME_AUTHOR, "Authors", "author"),
    "publications": (Verb.RENAME_PUBLICATION, "Publications", "publication"),
}
SHOWN = 300  # names per page
NESTED_SHOWN = 20
OFFERED = 500  # names offered for merging
LONGEST_NAME = 300  # code points


@require_safe
@staff_required
@never_cache
def labels(request: HttpRequest, kind: str) -> HttpResponse:
    """All names with the number of their articles, optionally only those that match a search or are used once."""
    verb, title, _ = KINDS[kind]
    text, is_once = plain(request.GET.get("q", ""), LONGEST_NAME), "once" in request.GET
    every = verbs.labels(verb)
    found = [label for label in every if text.casefold() in label.name.casefold() and (not is_once or label.count == 1)]
    page = Paginator(found, SHOWN).get_page(request.GET.get("page"))
    asked = [*([("q", text)] if text else []), *([("once", "1")] if is_once else [])]
    context = {
        "section": "library",
        "kind": kind,
        "title": title,
        "kinds": [(name, reverse(f"all-{name}"), each[1]) for name, each in KINDS.items()],
        "filter": verbs.FILTERS[verb],
        "total": sum(label.count > 0 for label in every),
        "page": page,
        "is_tree": verb == Verb.RENAME_TAG and not asked,
        "text": text,
        "is_once": is_once,
        "asked": urlencode(asked),
    }
    return render(request, "labels.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
@never_cache
def label(request: HttpRequest, kind: str) -> HttpResponse:
    """The page for one name, with its actions. POST performs one and redirects to the change, where it can be
    undone."""
    verb, _, _ = KINDS[kind]
    name = plain(request.GET.get("name", ""), LONGEST_NAME)
    every = {each.name: each for each in verbs.labels(verb)}
    if name not in every:
        raise Http404
    if request.method != "POST":
        return _page(request, kind, every, name)
    action, new = request.POST.get("action", ""), plain(request.POST.get("new", ""), LONGEST_NAME)
    try:
        new = _new_name(action, verb, name, new)
        existing = next((each for each in every if each.casefold() == new.casefold() != name.casefold()), None)
        if action == "merge" and existing is None:
            raise Refused(f"There is no “{new}” to merge with.")
        if existing is not None and action != "merge":
            return _page(request, kind, every, name, merging=every[existing])
        change = verbs.rename(reader(request), verb, name, existing or new)
    except Refused as refusal:
        return _page(request, kind, every, name, refusal=str(refusal))
    bulk_changes.work(reader(request), change.pk)
    return redirect(reverse("bulk-change", args=[change.pk]) + "?going=1")


def _new_name(action: str, verb: Verb, name: str, given: str) -> str:
    """The new name that an action asks for; empty for deleting. Raises Refused, and Http404 if there is no such
    action."""
    given = verbs.tidy(verb, given)
    if action == "delete":
        return ""
    if action == "move" and verb == Verb.RENAME_TAG:
        if rest_below(given, name) is not None:
            raise Refused("A tag cannot be nested under itself.")
        return "/".join(filter(None, (given, name.rpartition("/")[2])))
    if action not in ("rename", "merge"):
        raise Http404
    if not given:
        raise Refused("Type a name.")
    return given


def _page(
    request: HttpRequest,
    kind: str,
    every: dict[str, Label],
    name: str,
    refusal: str = "",
    merging: Label | None = None,
) -> HttpResponse:
    verb, title, noun = KINDS[kind]
    nested = verbs.nested(verb, name, every.values())
    context: dict[str, Any] = {
        "section": "library",
        "kind": kind,
        "title": title,
        "noun": noun,
        "back": reverse(f"all-{kind}"),
        "filter": verbs.FILTERS[verb],
        "label": every[name],
        "nested": nested[:NESTED_SHOWN],
        "more_nested": len(nested) - NESTED_SHOWN,
        "parent": name.rpartition("/")[0],
        "others": [each for each in every if each != name][:OFFERED],
        "is_tag": verb == Verb.RENAME_TAG,
        "given": request.POST,
        "refusal": refusal,
        "merging": merging,
    }
    return render(request, "label.html", context, status=400 if refusal else 200)
