"""The notes on the articles of a collection, as files."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.db.models import FilteredRelation, Q
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from archive.annotations.models import Annotation, AnnotationQuerySet
from archive.articles.bylines import bylines
from archive.curating.models import Collection
from archive.exporting import jsonld
from archive.exporting.bibliographies import BIBLIOGRAPHIES
from archive.exporting.csv import annotations_csv
from archive.exporting.markdown import annotations_markdown
from archive.exporting.recipient import Recipient
from archive.exporting.works import works_of
from archive.web.colours import swatches
from archive.web.downloads import download
from archive.web.notebook import FORMATS, READ_AT_ONCE
from archive.web.people import reader


@require_safe
@login_required
def export_collection(request: HttpRequest, pk: int, format: str) -> HttpResponseBase:
    """All notes on its articles that one may see, in the formats of the notebook; or the bibliography of its articles.

    Both are in the collection's order. Raises Http404 for an unknown format.
    """
    collection = get_object_or_404(Collection.objects.visible_to(reader(request)), pk=pk)
    if format in FORMATS:
        return download(_pieces(request, collection, format), FORMATS[format], f"{collection.name}.{format}")
    if format not in BIBLIOGRAPHIES:
        raise Http404
    bibliography = BIBLIOGRAPHIES[format]
    articles = collection.items.filter(article__trashed_at=None).values_list("article", flat=True)
    works = bibliography.write(works_of(list(articles)))
    return download(works, bibliography.media_type, f"{collection.name}.{bibliography.suffix}")


def _pieces(request: HttpRequest, collection: Collection, format: str) -> Iterator[str]:
    person, absolute, annotations = reader(request), request.build_absolute_uri, _annotations(request, collection)
    if format == "jsonld":
        with_dates = annotations.with_noted_at().iterator(READ_AT_ONCE)
        total = annotations.count()
        return jsonld.collection_jsonld(with_dates, absolute, id=absolute(), label=collection.name, total=total)
    meanings = {swatch.colour: swatch.meaning for swatch in swatches(person)}
    write = annotations_markdown if format == "md" else annotations_csv
    return write(annotations.iterator(READ_AT_ONCE), Recipient(person.pk, absolute, meanings))


def _annotations(request: HttpRequest, collection: Collection) -> AnnotationQuerySet:
    in_it = Q(article__collection_items__collection=collection.pk)
    found = Annotation.objects.present().visible_to(request.user).filter(article__trashed_at=None)
    place = Coalesce("parent__start", "start").asc(nulls_first=True)
    return (
        found.annotate(item=FilteredRelation("article__collection_items", condition=in_it))
        .exclude(item=None)
        .select_related("article__publication", "owner", "parent")
        .prefetch_related("tags", bylines("article__authorships"))  # type: ignore[misc]  # taggit's manager
        .defer("candidates", "article__metadata", "article__description")
        .order_by("item__position", place, Coalesce("parent_id", "id"), "id")
    )
