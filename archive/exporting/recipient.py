"""Whom an export is for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from django.utils import timezone

from archive.annotations.models import Annotation, Colour

AbsoluteUrl = Callable[[str], str]
"""Makes a path of the archive an address that others can follow."""


@dataclass(frozen=True)
class Recipient:
    """The person who takes annotations out: their own need no name, and colours mean what they have written down.

    With `cite_keys`, by article id, each passage is cited by the key of its article; `with_block_ids`, Obsidian's links
    can lead to each.
    """

    person: int
    absolute: AbsoluteUrl
    meanings: Mapping[str, str] = field(default_factory=dict)
    cite_keys: Mapping[int, str] = field(default_factory=dict)
    with_block_ids: bool = False
    # Files are written after the request, when its time zone does not hold any more.
    time_zone: tzinfo = field(default_factory=timezone.get_current_timezone)

    def local(self, moment: datetime) -> datetime:
        """A moment as this person's clock showed it."""
        return timezone.localtime(moment, self.time_zone)

    def colour(self, annotation: Annotation) -> str:
        """Its name and meaning (`Yellow: key point`); empty where there is no passage to have one."""
        if not annotation.has_passage:
            return ""
        name, meaning = Colour(annotation.colour).label, self.meanings.get(annotation.colour, "")
        return f"{name}: {meaning}" if meaning else name

    def note_of(self, annotation: Annotation) -> str:
        """What a note says; of another's, who says it, for formats that have no other place for the name."""
        if annotation.note and annotation.owner_id != self.person:
            return f"{annotation.owner.get_username()}: {annotation.note}"
        return annotation.note

    def parent_of(self, reply: Annotation) -> Annotation | None:
        """What it answers, if this person may still see that."""
        seen = Annotation.objects.present().visible_to_reader(self.person)
        return seen.filter(replies=reply.pk).first()
