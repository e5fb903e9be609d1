"""Imported files, byte for byte."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from archive.web.reading import readable_article

# Text in an unexpected encoding, or HTML in it, must not become a page of this site.
SANDBOX = "sandbox; default-src 'none'"


@require_safe
def original(request: HttpRequest, pk: int, revision_pk: int | None = None) -> HttpResponse:
    """An article's original file, by default that of its current revision."""
    article = readable_article(request, pk, "metadata")
    revision = article.revision if revision_pk is None else article.revisions.filter(pk=revision_pk).first()
    if revision is None:
        raise Http404
    response = HttpResponse(bytes(revision.original), content_type=f"text/plain; charset={revision.encoding}")
    # People's file names are not for visitors of a public archive.
    is_known = request.user.is_authenticated
    name = quote(revision.path.rpartition("/")[2] if is_known else f"{article.slug}.md", safe="")
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{name}"
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response
