"""Which articles an import brought. Who keeps that lies above this package."""

from collections.abc import Callable

from django.conf import settings
from django.utils.module_loading import import_string


def brought(run: int) -> list[tuple[int, int]]:
    """The ids of the articles, as ranges with both ends included."""
    articles_of: Callable[[int], list[tuple[int, int]]] = import_string(settings.ARTICLES_OF_IMPORT)
    return articles_of(run)
