"""Streamed file downloads."""

from collections.abc import Iterable
from urllib.parse import quote

from django.http import StreamingHttpResponse


def download(pieces: Iterable[str] | Iterable[bytes], media_type: str, name: str) -> StreamingHttpResponse:
    """A file to save under this name."""
    response = StreamingHttpResponse(pieces, content_type=media_type)
    ascii_name = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    response["Content-Disposition"] = f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    return response
