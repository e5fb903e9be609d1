"""What of an annotation a person can change: as it is, as it was, and putting it back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from archive.accounts.refusing import Refused
from archive.annotations.models import Annotation, Change
from archive.annotations.searching import searchable

UNDO_FOR = timedelta(days=30)
CHANGEABLE = (
    *("note", "colour", "visibility", "motivation", "trashed_at"),
    *("status", "start", "end", "image_now", "anchored_on_id"),
)


def snapshot(annotation: Annotation, tags: Iterable[str] | None = None) -> dict[str, Any]:
    """What a person can change of an annotation, as JSON. Its tags are looked up where they are not given."""
    kept: dict[str, Any] = {name: getattr(annotation, name) for name in CHANGEABLE}
    if kept["trashed_at"] is not None:
        kept["trashed_at"] = kept["trashed_at"].isoformat()
    kept["tags"] = sorted(annotation.tags.names() if tags is None else tags)
    return kept


def refuse_if_changed(change: Change, current: dict[str, Any]) -> None:
    """Raises Refused where a change cannot be taken back, its annotation being as the snapshot `current` says."""
    if change.undone_at is not None or change.made_at < timezone.now() - UNDO_FOR:
        raise Refused("This can no longer be undone.")
    if not change.after.items() <= current.items():
        raise Refused("The note was changed again since; undo the later change first.")


def put_back(annotation: Annotation, before: dict[str, Any]) -> list[str] | None:
    """Set the fields as they were. Returns the tags that it had then, if they are to change."""
    for name, value in before.items():
        if name == "trashed_at" and value is not None:
            annotation.trashed_at = parse_datetime(value)
        elif name != "tags":
            setattr(annotation, name, value)
    return before.get("tags")


def words(annotation: Annotation, tags: Iterable[str]) -> str:
    """What it is found by."""
    return searchable(annotation.exact, annotation.image_alt, annotation.note, *tags)
