"""Lost passages: one's annotations whose words are gone from their articles, one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from archive.annotations import writing
from archive.annotations.models import Annotation
from archive.annotations.refusing import Refused
from archive.web import line_diff
from archive.web.annotating import owned_by
from archive.web.answers import number
from archive.web.people import reader

AROUND = 280  # code points shown on each side of a passage

Parts = list[tuple[str, bool]]


@dataclass(frozen=True)
class Place:
    """Somewhere in the new text the passage may be: its words with what is new marked, what stands around it, and its
    range (code points)."""

    before: str
    parts: Parts
    after: str
    start: int
    end: int


@require_safe
@login_required
def lost(request: HttpRequest) -> HttpResponse:
    """The next lost passage: the old text around it, and the best places in the new one."""
    passages = owned_by(request).lost().order_by("id")
    total = passages.count()
    after = number(request.GET.get("after"))
    waiting = passages.filter(pk__gt=after) if after is not None else passages
    annotation = waiting.select_related("anchored_on", "article__revision", "article__publication").first()
    context = {"section": "notebook", "total": total, "annotation": annotation}
    if annotation is not None:
        context |= {
            "article": annotation.article,
            "old": _old_surroundings(annotation),
            "places": _places(annotation),
            "has_next": waiting.count() > 1,
        }
    return render(request, "lost.html", context)


@require_POST
@login_required
def attach(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put it to the place that was chosen."""
    found = get_object_or_404(owned_by(request), uuid=uuid)
    start, end = number(request.POST.get("start")), number(request.POST.get("end"))
    try:
        if start is None or end is None:
            raise Refused("That place is not in the article.")
        writing.attach(reader(request), found, start, end)
    except Refused as refusal:
        return _refused(request, found, refusal)
    messages.success(request, "Attached.")
    return redirect("lost-passages")


@require_POST
@login_required
def keep(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep it as a note on the whole article."""
    found = get_object_or_404(owned_by(request), uuid=uuid)
    try:
        writing.keep_as_note(reader(request), found)
    except Refused as refusal:
        return _refused(request, found, refusal)
    messages.success(request, "Kept as a note on the article.")
    return redirect("lost-passages")


def _refused(request: HttpRequest, annotation: Annotation, refusal: Refused) -> HttpResponse:
    context = {"section": "notebook", "refusal": str(refusal), "total": owned_by(request).lost().count()}
    return render(request, "lost.html", context, status=400)


def _places(annotation: Annotation) -> list[Place]:
    text = annotation.article.revision.text if annotation.article.revision else ""
    places = []
    for start, end, _ in annotation.candidates:
        if 0 <= start < end <= len(text):
            before, passage, after = _surroundings(text, start, end)
            places.append(Place(before, line_diff.words(annotation.exact, passage)[1], after, start, end))
    return places


def _old_surroundings(annotation: Annotation) -> tuple[str, str, str]:
    """As the passage last stood; as it was quoted, where that text has been rendered anew since."""
    text, start, end = annotation.anchored_on.text, annotation.start, annotation.end
    if text[start:end] != annotation.exact:
        return annotation.prefix, annotation.exact, annotation.suffix
    return _surroundings(text, start or 0, end or 0)


def _surroundings(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The passage with what stands before and after it, cut at words."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "…" + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + "…"
    return before, text[start:end], after
