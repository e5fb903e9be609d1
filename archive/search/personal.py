"""What belongs to one reader, as the ids of articles: what they read and starred, and what they wrote or may see.

None of it stands in the index of articles, so what one person does empties nobody's cache.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from django.conf import settings
from django.utils.module_loading import import_string

from archive import query
from archive.query import Leaf, Node
from archive.reading.models import ReadingState
from archive.search.notes import FIELDS, Notes

_STATES = {"reading": "position", "read": "read_at", "unread": "read_at", "starred": "starred_at"}
_OWN_TEXTS = {"noted": "notes", "highlighted": "highlights"}


class Reader:
    """Who searches, by their id; None for someone who is not signed in, to whom nothing belongs."""

    def __init__(self, reader_id: int | None = None) -> None:
        self.id = reader_id

    @cached_property
    def notes(self) -> Notes | None:
        """What they may see, looked up once it is asked for."""
        return None if self.id is None else Notes(self.id)

    @property
    def sees_notes(self) -> bool:
        """Whether there are notes or highlights for them to see."""
        return self.notes is not None and not self.notes.is_empty

    def articles_with(self, term: query.Term, text: str = "") -> list[int]:
        """The articles with a term in `notes` or `highlights`, or in either, that they may see."""
        return self.notes.articles_with(term, text) if self.notes else []

    def having(self, text: str) -> list[int]:
        """The articles with `notes` or `highlights` that they may see."""
        return self.notes.articles_having(text) if self.notes else []

    def being(self, what: str) -> list[int]:
        """The articles that they are reading, have read (also told by `unread`), starred, noted or highlighted."""
        if self.id is None:
            return []
        if what in _OWN_TEXTS and self.notes:
            return self.notes.articles_having(_OWN_TEXTS[what], own=True)
        marked = ReadingState.objects.filter(owner=self.id).exclude(**{_STATES[what]: None})
        return list(marked.values_list("article_id", flat=True))

    def collected(self, name: str) -> list[int]:
        """The articles in collections of this name that they may see. Who keeps those lies above this package."""
        if self.id is None:
            return []
        articles_in: Callable[[int, str], list[int]] = import_string(settings.ARTICLES_IN_COLLECTION)
        return articles_in(self.id, name)


def is_personal(node: Node | None) -> bool:
    """Whether it makes a difference who searches: where there are words, or what a reader keeps is asked for."""
    return any(isinstance(leaf, query.Term) or _is_kept_by_reader(leaf) for leaf in query.leaves(node))


def is_about_reader(node: Node | None) -> bool:
    """Whether what a reader keeps or marks is asked for."""
    return any(map(_is_kept_by_reader, query.leaves(node)))


def _is_kept_by_reader(leaf: Leaf) -> bool:
    match leaf:
        case query.TextField():
            return leaf.name in FIELDS
        case query.Has():
            return leaf.what in FIELDS
        case _:
            return isinstance(leaf, query.Is | query.Collection)
