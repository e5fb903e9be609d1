"""Creating, editing, replying to, trashing and restoring annotations.

Every page here works as a plain form. The reading page's script submits the same forms, and gets the article's body and
notes back instead of a redirect (see `answers`).
"""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from archive.accounts.refusing import Refused
from archive.anchoring import PictureSelector, Selector
from archive.annotations import writing
from archive.annotations.models import Annotation, Colour, Visibility
from archive.annotations.placing import LONGEST_QUOTE, PassageChanged
from archive.annotations.sending import EditConflict
from archive.articles.models import Article
from archive.articles.pictures import kept_address
from archive.web.answers import done, refused, wants_fragment
from archive.web.colours import swatches
from archive.web.conflicts import Conflict, joined
from archive.web.form_keys import form_key
from archive.web.parameters import number
from archive.web.people import reader
from archive.web.places import Place, all_places, chosen, sought, trimmed

LONGEST_CONTEXT = 1_000  # code points on each side of a quote; more would not help


@login_required
@require_http_methods(["GET", "POST"])
def annotate(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for a new annotation. If the address names no passage, it first offers the passages to choose from."""
    article = get_object_or_404(
        Article.objects.present().select_related("revision", "publication").exclude(revision=None).defer("metadata"),
        pk=pk,
    )
    if request.method == "POST":
        return _create(request, article)
    assert article.revision is not None
    context = {"article": article, **choices(request), "place": chosen(request.GET, article.revision, article.language)}
    if context["place"] is None and "whole" not in request.GET:
        words = sought(request.GET)
        context |= {"places": all_places(article.revision, words, article.language), "words": words}
    return render(request, "annotate.html", context)


def _create(request: HttpRequest, article: Article) -> HttpResponse:
    form = request.POST
    try:
        made = writing.annotate(
            reader(request),
            article,
            trimmed(form, article.revision) or selector(form),
            colour=form.get("colour", Colour.YELLOW),
            note=form.get("note", ""),
            tags=form.get("tags", "").split(","),
            visibility=form.get("visibility", Visibility.PRIVATE),
            form=form_key(form),
        )
    except EditConflict as conflict:
        return _conflict(request, conflict)
    except Refused as refusal:
        context = {"article": article, "place": as_typed(form), "refusal": str(refusal), "given": form}
        if isinstance(refusal, PassageChanged):  # the form shows the words as they are now
            context["place"] = Place(refusal.now.exact, refusal.now.start)
        status = 409 if isinstance(refusal, PassageChanged) else 400
        return refused(request, "annotate.html", {**context, **choices(request)}, status)
    return done(request, made, "Note saved." if made.note else "Highlighted.")


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Edit one's own annotation. If it was changed meanwhile, both versions are shown and nothing is overwritten."""
    found = get_object_or_404(owned_by(request), uuid=uuid)
    context: dict[str, Any] = {"annotation": found, "article": found.article, "next": request.GET.get("next")}
    context |= choices(request, found)
    if request.method == "GET":
        template = "partials/annotation_form.html" if wants_fragment(request) else "annotation_edit.html"
        return render(request, template, context)
    form = request.POST
    context["next"] = form.get("next")
    if form.get("resolve") == "stored":
        return done(request, found, "Kept as it was.")
    wanted = joined(found, form.dict()) if form.get("resolve") == "joined" else form.dict()
    try:
        changed = writing.edit(
            reader(request),
            found,
            version=number(form.get("version")) or 0,
            note=wanted.get("note"),
            colour=wanted.get("colour"),
            visibility=wanted.get("visibility"),
            tags=wanted["tags"].split(",") if "tags" in wanted else None,
        )
    except Refused as refusal:
        return refused(request, "annotation_edit.html", {**context, "given": form, "refusal": str(refusal)})
    except EditConflict as conflict:
        return _conflict(request, conflict)
    return done(request, changed, "Saved.")


@login_required
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Reply to an annotation that the reader can see."""
    to = get_object_or_404(seen_by(request).answerable_by(request.user), uuid=uuid)
    context = {"annotation": to, "article": to.article, "next": request.GET.get("next")}
    if request.method == "GET":
        template = "partials/reply_form.html" if wants_fragment(request) else "annotation_reply.html"
        return render(request, template, context)
    try:
        made = writing.reply(reader(request), to, request.POST.get("note", ""), form=form_key(request.POST))
    except EditConflict as conflict:
        return _conflict(request, conflict)
    except Refused as refusal:
        context |= {"given": request.POST, "refusal": str(refusal), "next": request.POST.get("next")}
        return refused(request, "annotation_reply.html", context)
    return done(request, made, "Reply added.")


@login_required
@require_POST
def trash(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Move one's own annotation to the trash."""
    found = get_object_or_404(owned_by(request), uuid=uuid)
    return done(request, writing.trash(reader(request), found), "Moved to trash.")


@login_required
@require_POST
def restore(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Restore one's own annotation from the trash."""
    found = get_object_or_404(owned_by(request), uuid=uuid)
    return done(request, writing.restore(reader(request), found), "Restored.")


def _conflict(request: HttpRequest, conflict: EditConflict) -> HttpResponse:
    """Both versions and the ways to resolve them. Nothing was written."""
    current, form = conflict.current, request.POST
    context: dict[str, Any] = {
        "annotation": current,
        "article": current.article,
        "next": form.get("next"),
        "given": form,
        "refusal": str(conflict),
        "conflict": Conflict.between(current, form.dict()),
        **choices(request, current),
    }
    template = "partials/conflict.html" if wants_fragment(request) else "annotation_edit.html"
    return render(request, template, context, status=409)


def seen_by(request: HttpRequest) -> Any:
    """The annotations that the reader can see, as pages show them."""
    return Annotation.objects.visible_to(request.user).select_related("article__publication", "parent", "owner")


def owned_by(request: HttpRequest) -> Any:
    """The reader's own annotations, as pages show them."""
    return Annotation.objects.owned_by(request.user).select_related("article__publication", "owner")


def choices(request: HttpRequest, annotation: Annotation | None = None) -> dict[str, Any]:
    """The forms' options and selected values: as submitted, else as the annotation has them."""
    colour, visibility = (annotation.colour, annotation.visibility) if annotation else (Colour.YELLOW, "private")
    return {
        "swatches": swatches(reader(request)),
        "visibilities": Visibility.choices,
        "chosen_colour": request.POST.get("colour", colour),
        "chosen_visibility": request.POST.get("visibility", visibility),
    }


def selector(form: Any) -> Selector | PictureSelector | None:
    """The words or image that a form names; None if it is about the whole article."""
    start = number(form.get("start"))
    if "image" in form:
        return PictureSelector(kept_address(form["image"]), start=start)
    if "exact" not in form:
        return None
    exact, prefix, suffix = (form.get(name, "").replace("\r\n", "\n") for name in ("exact", "prefix", "suffix"))
    end = None if start is None else start + len(exact)
    return Selector(exact, prefix[-LONGEST_CONTEXT:], suffix[:LONGEST_CONTEXT], start, end)


def as_typed(form: Any) -> Place | None:
    """The submitted words or image, to fill the form in again."""
    match selector(form):
        case PictureSelector(src=src, start=start):
            return Place("", start, src=src[:LONGEST_CONTEXT])
        case Selector(exact=exact, start=start):
            return Place(exact[:LONGEST_QUOTE], start)
    return None
