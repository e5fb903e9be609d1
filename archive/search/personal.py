"""What belongs to one reader, as the ids of articles: what they read and starred, and what they wrote or may see.

None of it stands in the index of articles, so what one person does empties nobody's cache.
"""

from __future__ import annotations

from functools import cached_property

from archive.reading.models import ReadingState
from archive.search.notes import Notes

_STATES = {"reading": "position", "read": "read_at", "unread": "read_at", "starred": "starred_at"}
_OWN_TEXTS = {"noted": "notes", "highlighted": "highlights"}


class Reader:
    """Who searches, by their id; None for someone who is not signed in, to whom nothing belongs."""

    def __init__(self, reader_id: int | None = None) -> None:
        self.id = reader_id

    @cached_property
    def notes(self) -> Notes:
        """What they may see, looked up once it is asked for."""
        return Notes(self.id)

    def being(self, what: str) -> list[int]:
        """The articles that they are reading, have read (also told by `unread`), starred, noted or highlighted."""
        if self.id is None:
            return []
        if what in _OWN_TEXTS:
            return self.notes.articles_having(_OWN_TEXTS[what], own=True)
        marked = ReadingState.objects.filter(owner=self.id).exclude(**{_STATES[what]: None})
        return list(marked.values_list("article_id", flat=True))
