"""A collection's articles, and the notes on them, as files."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import FilteredRelation, Q
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from archive.annotations.models import Annotation, AnnotationQuerySet
from archive.curating.models import Collection
from archive.exporting.notes_formats import NOTES_FORMATS, Asked
from archive.exporting.selecting import articles_of
from archive.exporting.threads import with_what_exports_say
from archive.web.article_files import file_of_articles, recipient_of
from archive.web.downloads import download
from archive.web.people import reader


@require_safe
@login_required
def export_collection(request: HttpRequest, pk: int, format: str) -> HttpResponseBase:
    """All visible notes on its articles in the notebook's formats, or the articles as files.

    Both are in the collection's order. Raises Http404 for an unknown format.
    """
    collection = get_object_or_404(Collection.objects.visible_to(reader(request)), pk=pk)
    name = collection.name
    if format not in NOTES_FORMATS:
        return file_of_articles(request, articles_of(collection), format, name, name)
    notes = NOTES_FORMATS[format]
    recipient = recipient_of(request)
    assert recipient is not None
    asked = Asked(_annotations(request, collection), recipient, name, request.build_absolute_uri())
    return download(notes.write(asked), notes.media_type, f"{name}.{notes.suffix}")


def _annotations(request: HttpRequest, collection: Collection) -> AnnotationQuerySet:
    in_it = Q(article__collection_items__collection=collection.pk)
    visible = Annotation.objects.present().visible_to(request.user).filter(article__trashed_at=None)
    place = Coalesce("parent__start", "start").asc(nulls_first=True)
    return (
        with_what_exports_say(visible)
        .annotate(item=FilteredRelation("article__collection_items", condition=in_it))
        .exclude(item=None)
        .order_by("item__position", place, Coalesce("parent_id", "id"), "id")
    )
