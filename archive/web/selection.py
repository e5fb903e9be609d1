"""Actions on the articles selected in a list, which is then shown again with a message."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from archive.accounts.refusing import Refused
from archive.curating import bulk_changes as verbs
from archive.curating.models import BulkChange, Stage, Verb
from archive.web.form_keys import sending_key
from archive.web.parameters import number, way_back
from archive.web.people import reader
from archive.web.templatetags.pages import plural

MOST_SELECTED = 500  # articles; a page of the list shows fewer

_SAID = {
    Verb.TAG: "Tags added to {}.",
    Verb.UNTAG: "Tags removed from {}.",
    Verb.STAR: "{} starred.",
    Verb.UNSTAR: "Stars removed from {}.",
    Verb.READ: "{} marked as read.",
    Verb.UNREAD: "{} marked as unread.",
    Verb.TRASH: "{} moved to trash.",
}


def selected(form: QueryDict) -> list[int]:
    """The ids of the selected articles, or of all on the page (`page`), without duplicates."""
    whole_page = form.get("page", "").split(",")
    ids = map(number, [*form.getlist("article"), *whole_page])
    return list(dict.fromkeys(pk for pk in ids if pk is not None))[:MOST_SELECTED]


def change_selected(request: HttpRequest, verb: Verb, tags: list[str]) -> HttpResponse:
    """Apply the action to the selected articles, and return to the list."""
    person, back = reader(request), back_to_list(request)
    try:
        begun = verbs.begin_selected(person, verb, selected(request.POST), tags, key=sending_key(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    change = verbs.work(person, begun.pk)
    if change.stage == Stage.DOING:  # the change's own page continues it
        return redirect(reverse("bulk-change", args=[change.pk]) + "?going=1")
    if change.changed:
        # The message offers Undo with a form that is sent to this address.
        messages.success(request, said(change), extra_tags=reverse("undo-change", args=[change.pk]))
    else:
        messages.success(request, "Nothing needed changing.")
    return redirect(back)


def said(change: BulkChange) -> str:
    """What a change did to the selection, as a message."""
    return _SAID[Verb(change.verb)].format(plural(change.changed, "article,articles"))


def back_to_list(request: HttpRequest) -> str:
    """The list that a form was sent from."""
    return way_back(request.POST.get("next", "")) or reverse("library")
