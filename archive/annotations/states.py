"""The editable state of an annotation: snapshots, differences, and restoring an earlier state."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from archive.accounts.refusing import Refused
from archive.annotations.models import Annotation, Change
from archive.articles.editing import UNDO_FOR

QUOTE = ("exact", "prefix", "suffix", "revision_id")
PLACE = ("status", "start", "end", "image_now", "anchored_on_id")
CHANGEABLE = ("note", "colour", "visibility", "motivation", "trashed_at", *QUOTE, *PLACE)

State = dict[str, Any]  # values of the fields and of `tags`, as JSON


def snapshot(annotation: Annotation, tags: Iterable[str] | None = None) -> State:
    """The editable state of an annotation, as JSON. Its tags are queried if not given."""
    kept: State = {name: getattr(annotation, name) for name in CHANGEABLE}
    if kept["trashed_at"] is not None:
        kept["trashed_at"] = kept["trashed_at"].isoformat()
    kept["tags"] = sorted(annotation.tags.names() if tags is None else tags)
    return kept


def difference(before: State, after: State) -> tuple[State, State]:
    """What a change replaced, and with what. A position includes the revision it belongs to."""
    names = {name for name, value in after.items() if value != before[name]}
    if names.intersection(PLACE):
        names.add("anchored_on_id")
    return {name: before[name] for name in names}, {name: after[name] for name in names}


def refuse_undo(change: Change, current: State) -> None:
    """Raises Refused if a change cannot be undone, given the annotation's current snapshot."""
    if change.undone_at is not None or change.made_at < timezone.now() - UNDO_FOR:
        raise Refused("This can no longer be undone.")
    if not _holds(change.after, current):
        raise Refused("The note has changed since; undo the later change first.")


def refuse_redo(change: Change, current: State) -> None:
    """Raises Refused if an undone change cannot be redone, given the annotation's current snapshot."""
    if change.undone_at is None or change.made_at < timezone.now() - UNDO_FOR:
        raise Refused("This can no longer be redone.")
    if not _holds(change.before or {}, current):
        raise Refused("The note was changed since; this can no longer be redone.")


def _holds(state: State, current: State) -> bool:
    """Whether the current state still has these values. A position changed by importing does not count as a change."""
    is_carried = "anchored_on_id" in state and state["anchored_on_id"] != current["anchored_on_id"]
    left_out = PLACE if is_carried else ("status",)
    return all(current[name] == value for name, value in state.items() if name not in left_out)


def put_back(annotation: Annotation, state: State) -> list[str] | None:
    """Restore the fields. Returns the tags it had then, if they are to change."""
    for name, value in state.items():
        if name == "trashed_at" and value is not None:
            annotation.trashed_at = parse_datetime(value)
        elif name != "tags":
            setattr(annotation, name, value)
    return state.get("tags")
