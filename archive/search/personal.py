"""One reader's own data as article ids: what they read and starred, and what they wrote or can see.

None of it is in the index of articles, so one person's actions invalidate nobody's cache.
"""

from __future__ import annotations

from functools import cached_property

from archive.reading.models import ReadingState
from archive.search.notes import Notes

_STATES = {"reading": "position", "read": "read_at", "unread": "read_at", "starred": "starred_at"}
_OWN_TEXTS = {"noted": "notes", "highlighted": "highlights"}


class Reader:
    """The person searching, by id; None for visitors, who have nothing of their own."""

    def __init__(self, reader_id: int | None = None) -> None:
        self.id = reader_id

    @cached_property
    def notes(self) -> Notes:
        """What they can see, looked up on first use."""
        return Notes(self.id)

    def being(self, what: str) -> list[int]:
        """The articles that they are reading, have read (`unread` is the complement), starred, noted or highlighted."""
        if self.id is None:
            return []
        if what in _OWN_TEXTS:
            return self.notes.articles_having(_OWN_TEXTS[what], own=True)
        marked = ReadingState.objects.filter(owner=self.id).exclude(**{_STATES[what]: None})
        return list(marked.values_list("article_id", flat=True))
