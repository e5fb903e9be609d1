"""Resizing a highlight and changing its colour."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from archive.accounts.refusing import Refused
from archive.anchoring import Selector
from archive.annotations import writing
from archive.annotations.sending import EditConflict
from archive.web import places
from archive.web.annotating import as_typed, choices, owned_by, selector
from archive.web.answers import done, refused
from archive.web.parameters import number
from archive.web.people import reader


@login_required
@require_http_methods(["GET", "POST"])
def resize(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A form with the words of one's own highlight, and links that add the sentences around them."""
    found = get_object_or_404(owned_by(request).select_related("article__revision"), uuid=uuid)
    revision = found.article.revision
    context: dict[str, Any] = {"annotation": found, "article": found.article}
    if request.method == "POST":
        return _resize(request, context)
    if found.is_lost or not found.exact or revision is None:
        return redirect(found)
    here = places.between(revision, found.start, found.end, found.article.language)
    context["place"] = places.chosen(request.GET, revision, found.article.language) or here
    return render(request, "annotation_resize.html", context)


def _resize(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    annotation = context["annotation"]
    try:
        chosen = places.trimmed(request.POST, annotation.article.revision) or selector(request.POST)
        if not isinstance(chosen, Selector):
            raise Refused("The passage is empty.")
        version = number(request.POST.get("version")) or 0
        changed = writing.resize(reader(request), annotation, chosen, version=version)
    except (Refused, EditConflict) as refusal:
        context |= {"place": as_typed(request.POST), "refusal": str(refusal)}
        status = 409 if isinstance(refusal, EditConflict) else 400
        annotation.refresh_from_db()
        return refused(request, "annotation_resize.html", context, status=status)
    return done(request, changed, "Highlight resized.")


@login_required
@require_POST
def recolour(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change the colour of one's own annotation."""
    found = get_object_or_404(owned_by(request), uuid=uuid)
    try:
        changed = writing.recolour(reader(request), found, request.POST.get("colour", ""))
    except Refused as refusal:
        context = {"annotation": found, "article": found.article, "refusal": str(refusal), **choices(request, found)}
        return refused(request, "annotation_edit.html", context)
    return done(request, changed, f"Colour changed to {changed.get_colour_display().lower()}.")
