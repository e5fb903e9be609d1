"""Images that came in with articles, by what they contain."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from archive.articles.models import Attachment

# An SVG is a document: opened by itself it must not run its scripts. Its own styles may paint it.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
IMMUTABLE = "private, max-age=31536000, immutable"


@require_safe
def attachment(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """An attachment with its own type. The same address always holds the same bytes, so browsers may keep it."""
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
