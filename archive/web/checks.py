"""System checks about the addresses of pages."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.urls import get_resolver


@register()
def subpath_is_free(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A subpath must not begin like the address of a page, or the two could not be told apart."""
    first = settings.SUBPATH.partition("/")[2].partition("/")[0]
    pages = {str(pattern.pattern).partition("/")[0] for pattern in get_resolver().url_patterns}
    if not first or first not in pages | {"static"}:
        return []
    return [Error(f"ARCHIVE_SUBPATH should not begin with /{first}: the archive has pages there.", id="archive.E003")]
