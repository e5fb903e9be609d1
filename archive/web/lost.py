"""Lost passages: the reader's annotations whose words are no longer in their article, one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.accounts.refusing import Refused
from archive.anchoring import PictureSelector, Selector
from archive.annotations import writing
from archive.annotations.models import Annotation
from archive.annotations.placing import place_words
from archive.web import line_diff, places
from archive.web.annotating import as_typed, owned_by, selector
from archive.web.parameters import number
from archive.web.people import reader

AROUND = 280  # code points shown on each side of a passage
MOST_PICTURES = 3

Parts = list[tuple[str, bool]]


@dataclass(frozen=True)
class Candidate:
    """A possible new place of the passage: its words with differences marked, the text around it, and its range (code
    points)."""

    before: str
    parts: Parts
    after: str
    start: int
    end: int


@require_safe
@login_required
def lost(request: HttpRequest) -> HttpResponse:
    """The next lost passage: the old text around it, and the best places in the new text."""
    passages = owned_by(request).lost().order_by("id")
    total = passages.count()
    after, at = number(request.GET.get("after")), number(request.GET.get("at"))
    waiting = passages.filter(pk__gt=after) if after is not None else passages
    if at is not None:
        waiting = passages.filter(pk__gte=at)
    annotation = waiting.select_related("anchored_on", "article__revision", "article__publication").first()
    context = {"section": "notebook", "total": total, "annotation": annotation}
    if annotation is not None:
        context |= {
            "article": annotation.article,
            "old": _old_surroundings(annotation),
            "places": _places(annotation),
            "pictures": _pictures(annotation),
            "without_text": not (annotation.article.revision and annotation.article.revision.text.strip()),
            "was_never_placed": annotation.anchored_on_id == annotation.article.revision_id,
            "has_next": waiting.count() > 1,
        }
    return render(request, "lost.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def attach(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Attach it to one of the suggested places, or to any other: first a paragraph is chosen, then trimmed."""
    found = get_object_or_404(owned_by(request).select_related("article__revision"), uuid=uuid)
    if request.method != "POST":
        return _choose(request, found)
    try:
        _attach(request, found)
    except Refused as refusal:
        if "exact" not in request.POST:
            return _refused(request, refusal)
        context = {"annotation": found, "article": found.article, "refusal": str(refusal)}
        return render(request, "attach.html", {**context, "place": as_typed(request.POST)}, status=400)
    messages.success(request, "Attached.")
    return redirect("lost-passages")


def _choose(request: HttpRequest, annotation: Annotation) -> HttpResponse:
    revision = annotation.article.revision
    if not annotation.is_lost or revision is None:
        return redirect(annotation)
    offered = places.shown_pictures if annotation.image else places.paragraphs
    context: dict[str, Any] = {"annotation": annotation, "article": annotation.article}
    language = annotation.article.language
    context["place"] = places.chosen(request.GET, revision, language)
    if context["place"] is None:
        words = places.sought(request.GET)
        context |= {"places": offered(revision, words, language), "words": words}
    return render(request, "attach.html", context)


def _attach(request: HttpRequest, annotation: Annotation) -> None:
    """Raises Refused if the form names no place in the article's text."""
    revision = annotation.article.revision
    match chosen := places.trimmed(request.POST, revision) or selector(request.POST):
        case PictureSelector():
            writing.attach_picture(reader(request), annotation, chosen)
            return
        case Selector() if revision is not None:
            placed = place_words(revision, chosen)
            start, end = placed.start, placed.end
        case _:
            start, end = number(request.POST.get("start")), number(request.POST.get("end"))
    if start is None or end is None:
        raise Refused("That place is not in the article.")
    writing.attach(reader(request), annotation, start, end)


@require_POST
@login_required
def keep(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep it as a note on the whole article."""
    found = get_object_or_404(owned_by(request), uuid=uuid)
    try:
        writing.keep_as_note(reader(request), found)
    except Refused as refusal:
        return _refused(request, refusal)
    messages.success(request, "Saved as a note on the article.")
    return redirect("lost-passages")


def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    context = {"section": "notebook", "refusal": str(refusal), "total": owned_by(request).lost().count()}
    return render(request, "lost.html", context, status=400)


def _places(annotation: Annotation) -> list[Candidate]:
    text = annotation.article.revision.text if annotation.article.revision else ""
    best = []
    for start, end, _ in annotation.candidates:
        if 0 <= start < end <= len(text):
            before, passage, after = _surroundings(text, start, end)
            best.append(Candidate(before, line_diff.words(annotation.exact, passage)[1], after, start, end))
    return best


def _pictures(annotation: Annotation) -> list[places.Place]:
    """For a lost image, the images of the new article nearest to where it was."""
    if not annotation.image or annotation.article.revision is None:
        return []
    there = places.shown_pictures(annotation.article.revision)
    return sorted(there, key=lambda place: abs((place.start or 0) - (annotation.start or 0)))[:MOST_PICTURES]


def _old_surroundings(annotation: Annotation) -> tuple[str, str, str]:
    """The passage as it last was in the text, or as quoted if that text has been re-rendered since."""
    text, start, end = annotation.anchored_on.text, annotation.start, annotation.end
    if annotation.image:
        return text[max(0, (start or 0) - AROUND) : start], "", text[start : (start or 0) + AROUND]
    if text[start:end] != annotation.exact:
        return annotation.prefix, annotation.exact, annotation.suffix
    return _surroundings(text, start or 0, end or 0)


def _surroundings(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The passage with the text before and after it, cut between words."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "…" + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + "…"
    return before, text[start:end], after
