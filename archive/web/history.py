"""What became of one's own annotation: each change, when, and by whom; and the way back to an earlier state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from archive.accounts.refusing import Refused
from archive.annotations import writing
from archive.annotations.history import undo
from archive.annotations.models import Annotation, Change, Motivation, Visibility
from archive.annotations.states import refuse_if_changed, snapshot
from archive.annotations.writing import EditConflict
from archive.web.annotating import owned_by
from archive.web.answers import done, refused
from archive.web.colours import swatches
from archive.web.parameters import number
from archive.web.people import reader

SIZE = 50  # changes on a page
LONGEST_TEXT = 2_000  # characters of an earlier note in the list; its own page has all


@dataclass(frozen=True)
class Entry:
    """A change as the page tells it."""

    change: Change
    said: str
    earlier: str  # the note before it; empty if that is not what changed
    is_cut: bool
    can_undo: bool


@login_required
@require_http_methods(["GET", "POST"])
def history(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The history of one's own annotation; as a form, back to what it was before one of its changes."""
    found = get_object_or_404(owned_by(request).select_related("parent"), uuid=uuid)
    return _go_back(request, found) if request.method == "POST" else show(request, found)


def show(request: HttpRequest, annotation: Annotation) -> HttpResponse:
    """The page about an annotation. Its history is for its owner alone: it may have been private then."""
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
    names = {swatch.colour: str(swatch) for swatch in swatches(reader(request))}
    longest = None if single is not None else LONGEST_TEXT
    context["history"] = [_entry(change, current, names, longest) for change in found[:SIZE]]
    context["older"] = found[SIZE - 1].pk if len(found) > SIZE else None
    context["is_part"] = single is not None or before is not None
    return context


def _entry(change: Change, current: dict[str, Any], colours: dict[str, str], longest: int | None) -> Entry:
    earlier = (change.before or {}).get("note", "")
    return Entry(
        change,
        said=_said(change, colours),
        earlier=earlier[:longest],
        is_cut=longest is not None and len(earlier) > longest,
        can_undo=change.before is not None and _can_be_undone(change, current),
    )


def _can_be_undone(change: Change, current: dict[str, Any]) -> bool:
    try:
        refuse_if_changed(change, current)
    except Refused:
        return False
    return True


def _said(change: Change, colours: dict[str, str]) -> str:
    """What a change did, in words."""
    before, after = change.before, change.after
    if before is None:
        return "Made"
    said = []
    if "note" in after:
        verb = "changed" if before["note"] and after["note"] else "written" if after["note"] else "taken away"
        said.append(f"note {verb}")
    if "colour" in after:
        said.append(f"colour from {colours[before['colour']]} to {colours[after['colour']]}")
    if added := sorted(set(after.get("tags", ())) - set(before.get("tags", ()))):
        said.append(f"tags added: {', '.join(added)}")
    if removed := sorted(set(before.get("tags", ())) - set(after.get("tags", ()))):
        said.append(f"tags taken away: {', '.join(removed)}")
    if "visibility" in after:
        said.append("shared" if after["visibility"] == Visibility.SHARED else "made private")
    if "trashed_at" in after:
        said.append("moved to the trash" if after["trashed_at"] else "taken out of the trash")
    if after.get("motivation") == Motivation.BOOKMARKING:
        said.append("kept as a note on the article")
    elif "status" in after:
        said.append("attached to another place")
    words = "; ".join(said)
    return words[:1].upper() + words[1:]


def _go_back(request: HttpRequest, annotation: Annotation) -> HttpResponse:
    change = get_object_or_404(annotation.changes, pk=number(request.POST.get("change")))
    try:
        if "note" not in request.POST:
            return done(request, undo(reader(request), change), "Undone.")
        earlier = (change.before or {}).get("note")
        if earlier is None:
            raise Http404
        version = number(request.POST.get("version")) or 0
        changed = writing.edit(reader(request), annotation, version=version, note=earlier)
        return done(request, changed, "The earlier note is back.")
    except (Refused, EditConflict) as refusal:
        annotation.refresh_from_db()
        context = {**_context(request, annotation), "refusal": str(refusal)}
        return refused(request, "annotation.html", context, status=409)
