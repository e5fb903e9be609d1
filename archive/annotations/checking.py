"""Validation of notes, tags and choices."""

from collections.abc import Iterable
from typing import Any

from archive.accounts.refusing import Refused
from archive.articles.tagging import LONGEST_TAG

LONGEST_NOTE = 100_000  # code points
LONGEST_MEANING = 60  # code points, the limit of the database column


def checked_note(note: str) -> str:
    """The note as it is stored. Raises Refused if it is too long."""
    if len(note) > LONGEST_NOTE:
        raise Refused(f"A note can have {LONGEST_NOTE:,} characters at most; this one has {len(note):,}.")
    return note.replace("\r\n", "\n").replace("\x00", "")


def checked_tags(tags: Iterable[str]) -> list[str]:
    """The tag names as they are stored. Raises Refused if one is too long."""
    names = [" ".join(tag.replace("\x00", "").split()).strip("#/") for tag in tags]
    for name in names:
        if len(name) > LONGEST_TAG:
            raise Refused(f"A tag can have {LONGEST_TAG} characters at most; “{name[:20]}…” has {len(name)}.")
    return [name for name in names if name]


def one_of(choices: Any, value: str) -> str:
    """The value, if it is one of the choices. Raises Refused otherwise."""
    if value not in choices.values:
        raise Refused(f"“{value[:40]}” is none of: {', '.join(choices.values)}.")
    return value
