"""The person an export is for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from django.utils import timezone

from archive.annotations.models import Annotation, Colour

AbsoluteUrl = Callable[[str], str]
"""Turns a path in the archive into an absolute address."""


@dataclass(frozen=True)
class Recipient:
    """The person who exports annotations: their own need no name, and colours have the meanings they chose.

    With `cite_keys`, by article id, each passage is cited by its article's key; with `block_ids`, Obsidian can link to
    each.
    """

    person: int
    absolute: AbsoluteUrl
    meanings: Mapping[str, str] = field(default_factory=dict)
    cite_keys: Mapping[int, str] = field(default_factory=dict)
    with_block_ids: bool = False
    # Files are written after the request, when its time zone is no longer active.
    time_zone: tzinfo = field(default_factory=timezone.get_current_timezone)

    def local(self, moment: datetime) -> datetime:
        """A time in this person's time zone."""
        return timezone.localtime(moment, self.time_zone)

    def colour(self, annotation: Annotation) -> str:
        """The colour's name and meaning (`Yellow: key point`); empty if there is no passage."""
        if not annotation.has_passage:
            return ""
        name, meaning = Colour(annotation.colour).label, self.meanings.get(annotation.colour, "")
        return f"{name}: {meaning}" if meaning else name

    def note_of(self, annotation: Annotation) -> str:
        """The text of a note; someone else's begins with their name, for formats without a field for it."""
        if annotation.note and annotation.owner_id != self.person:
            return f"{annotation.owner.get_username()}: {annotation.note}"
        return annotation.note

    def parent_of(self, reply: Annotation) -> Annotation | None:
        """The parent of a reply, if this person can still see it."""
        seen = Annotation.objects.present().visible_to_reader(self.person)
        return seen.filter(replies=reply.pk).first()
