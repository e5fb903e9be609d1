"""The history of one's own annotation: each change, when and by whom, and restoring an earlier state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from archive.accounts.refusing import Refused
from archive.annotations import writing
from archive.annotations.history import redo, undo
from archive.annotations.models import Annotation, Change
from archive.annotations.sending import EditConflict
from archive.annotations.states import State, refuse_redo, refuse_undo, snapshot
from archive.web.annotating import owned_by
from archive.web.answers import done, refused
from archive.web.change_words import said, said_of
from archive.web.colours import Swatch, swatches
from archive.web.parameters import number
from archive.web.people import reader

SIZE = 50  # changes per page
LONGEST_TEXT = 2_000  # characters of an earlier note in the list; its own page shows all of it


@dataclass(frozen=True)
class Entry:
    """A change as the page shows it."""

    change: Change
    said: str
    earlier: str  # the note before the change; empty if the note did not change
    is_cut: bool
    can_undo: bool
    can_redo: bool


@login_required
@require_http_methods(["GET", "POST"])
def history(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The history of one's own annotation; POST restores what it was before one of its changes."""
    found = get_object_or_404(owned_by(request).select_related("parent"), uuid=uuid)
    return _go_back(request, found) if request.method == "POST" else show(request, found)


def show(request: HttpRequest, annotation: Annotation) -> HttpResponse:
    """The page about an annotation. Only its owner sees the history: it may have been private then."""
    return render(request, "annotation.html", _context(request, annotation))


def _context(request: HttpRequest, annotation: Annotation) -> dict[str, Any]:
    context: dict[str, Any] = {"annotation": annotation, "article": annotation.article}
    if annotation.owner_id != request.user.pk:
        return context
    single, before = number(request.GET.get("change")), number(request.GET.get("before"))
    changes = annotation.changes.select_related("person")
    if single is not None:
        changes = changes.filter(pk=single)
    elif before is not None:
        changes = changes.filter(pk__lt=before)
    found = list(changes[: SIZE + 1])
    current = snapshot(annotation)
    own_swatches = swatches(reader(request))
    longest = None if single is not None else LONGEST_TEXT
    context["history"] = [_entry(change, current, own_swatches, longest) for change in found[:SIZE]]
    context["older"] = found[SIZE - 1].pk if len(found) > SIZE else None
    context["is_part"] = single is not None or before is not None
    return context


def _entry(change: Change, current: State, choices: list[Swatch], longest: int | None) -> Entry:
    earlier = (change.before or {}).get("note", "")
    return Entry(
        change,
        said=said(change, choices),
        earlier=earlier[:longest],
        is_cut=longest is not None and len(earlier) > longest,
        can_undo=change.before is not None and _is_allowed(refuse_undo, change, current),
        can_redo=change.before is not None and _is_allowed(refuse_redo, change, current),
    )


def _is_allowed(refuse: Callable[[Change, State], None], change: Change, current: State) -> bool:
    try:
        refuse(change, current)
    except Refused:
        return False
    return True


def _go_back(request: HttpRequest, annotation: Annotation) -> HttpResponse:
    change = get_object_or_404(annotation.changes, pk=number(request.POST.get("change")))
    try:
        if "note" not in request.POST:
            return _replayed(request, change)
        earlier = (change.before or {}).get("note")
        if earlier is None:
            raise Http404
        version = number(request.POST.get("version")) or 0
        changed = writing.edit(reader(request), annotation, version=version, note=earlier)
        return done(request, changed, "Earlier note restored.")
    except (Refused, EditConflict) as refusal:
        annotation.refresh_from_db()
        context = {**_context(request, annotation), "refusal": str(refusal)}
        return refused(request, "annotation.html", context, status=409)


def _replayed(request: HttpRequest, change: Change) -> HttpResponse:
    """Undo or redo, as the form says: a second click on Undo must not redo."""
    person = reader(request)
    what = said_of(change, swatches(person), 1)
    if "redo" not in request.POST:
        return done(request, undo(person, change), f"Undone: {what}.", offer="redo")
    return done(request, redo(person, change), f"Redone: {what}.")
