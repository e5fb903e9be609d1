"""Sets of articles kept by packages above this one: those added by an import, and collections."""

from django.conf import settings
from django.utils.module_loading import import_string


def brought(run: int) -> list[tuple[int, int]]:
    """The ids of the articles that an import added, as inclusive ranges."""
    ids: list[tuple[int, int]] = import_string(settings.ARTICLES_OF_IMPORT)(run)
    return ids


def collected(name: str, reader_id: int | None) -> list[int]:
    """The ids of the articles in collections with this name that the reader can see."""
    articles_in = import_string(settings.ARTICLES_IN_COLLECTION)
    ids: list[int] = [] if reader_id is None else articles_in(reader_id, name)
    return ids
