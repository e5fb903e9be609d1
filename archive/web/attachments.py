"""Images imported with articles, addressed by content."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from archive.articles.models import Attachment

# An SVG is a document: opened on its own it must not run scripts. Its own styles may apply.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
IMMUTABLE = "private, max-age=31536000, immutable"


@require_safe
def attachment(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """An attachment with its media type. An address always has the same content, so browsers can cache it forever."""
    found = get_object_or_404(Attachment, sha256=sha256)
    try:
        file = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("This image’s file is missing from the data folder.") from error
    response = FileResponse(file, content_type=found.media_type)
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = IMMUTABLE
    return response
