"""Sets of articles that packages above this one keep: what an import brought, and collections."""

from django.conf import settings
from django.utils.module_loading import import_string


def brought(run: int) -> list[tuple[int, int]]:
    """The ids of the articles that an import brought, as ranges with both ends included."""
    ids: list[tuple[int, int]] = import_string(settings.ARTICLES_OF_IMPORT)(run)
    return ids


def collected(name: str, reader_id: int | None) -> list[int]:
    """The ids of the articles in collections of this name that the reader may see."""
    articles_in = import_string(settings.ARTICLES_IN_COLLECTION)
    ids: list[int] = [] if reader_id is None else articles_in(reader_id, name)
    return ids
