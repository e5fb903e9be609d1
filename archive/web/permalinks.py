"""Permalinks of annotations: readers are taken to the passage, programs get the annotation."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from archive.annotations.models import Annotation, Motivation
from archive.exporting import jsonld
from archive.web.annotating import seen_by
from archive.web.history import show

HTML = "text/html"
JSON = ("application/ld+json", "application/json")


@require_safe
def annotation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Redirect to the passage, or show the annotation's page if it has none. Clients that accept JSON-LD get that."""
    found = seen_by(request).with_noted_at().filter(uuid=uuid).first()
    response: HttpResponse
    wants_json = request.get_preferred_type([HTML, *JSON]) in JSON
    if found is None:
        response = _gone(request, uuid, wants_json)
    elif wants_json:
        data = jsonld.annotation_jsonld(found, request.build_absolute_uri)
        response = JsonResponse(data, content_type=jsonld.MEDIA_TYPE)
    elif found.trashed_at or found.article.trashed_at or (found.parent and found.parent.trashed_at):
        response = show(request, found)
    else:
        response = redirect(f"{found.article.get_absolute_url()}#{_target(found)}")
    patch_vary_headers(response, ["Accept", "Cookie"])
    response["Cache-Control"] = "no-cache"
    return response


def _gone(request: HttpRequest, uuid: UUID, wants_json: bool) -> HttpResponse:
    """Report that an annotation its owner had shared is in the trash. Raises Http404 for any other."""
    if not (request.user.is_authenticated and Annotation.objects.withdrawn().filter(uuid=uuid).exists()):
        raise Http404
    if wants_json:
        return JsonResponse({"error": "This annotation was moved to the trash."}, status=HTTPStatus.GONE)
    return render(request, "410.html", status=HTTPStatus.GONE)


def _target(annotation: Annotation) -> str:
    """The passage itself, or the note beside the article if no passage is painted."""
    is_painted = annotation.motivation in (Motivation.HIGHLIGHTING, Motivation.COMMENTING) and not annotation.is_lost
    is_painted = is_painted and annotation.anchored_on_id == annotation.article.revision_id
    return f"annotation-{annotation.uuid}" if is_painted else f"note-{annotation.uuid}"
