"""Two texts for one note: what is stored and what was typed, side by side, and both joined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archive.annotations.checking import checked_note
from archive.annotations.models import Annotation, Colour, Visibility
from archive.web import line_diff
from archive.web.line_diff import Parts

FIELDS = ("note", "tags", "colour", "visibility")


@dataclass(frozen=True)
class Conflict:
    """Both notes in parts, marked where they differ. `others` are further fields that do: name, stored, typed;
    `fields` are all that were typed."""

    stored: Parts
    typed: Parts
    others: list[tuple[str, str, str]]
    fields: list[tuple[str, str]]

    @classmethod
    def between(cls, current: Annotation, given: Mapping[str, str]) -> Conflict:
        """What is stored, and what a form says that was made for an earlier state. Fields it lacks are left out."""
        fields = (
            ("Tags", "tags", ", ".join(sorted(current.tags.names())), ", ".join(sorted(_tags(given)))),
            ("Colour", "colour", current.colour, given.get("colour", "")),
            ("Who can see it", "visibility", current.visibility, given.get("visibility", "")),
        )
        labels = {**dict(Colour.choices), **dict(Visibility.choices)}
        others = [
            (label, labels.get(stored, stored), labels.get(typed, typed))
            for label, name, stored, typed in fields
            if name in given and stored != typed
        ]
        stored_note, typed_note = line_diff.both(current.note, checked_note(given.get("note", "")))
        return cls(stored_note, typed_note, others, [(name, given[name]) for name in FIELDS if name in given])


def joined(current: Annotation, given: Mapping[str, str]) -> dict[str, str]:
    """The fields with nothing of either left out: both notes and all tags; shown to others only if both say so."""
    fields = {"note": joined_notes(current.note, checked_note(given.get("note", "")))}
    if "tags" in given:
        fields["tags"] = ",".join(dict.fromkeys([*current.tags.names(), *_tags(given)]))
    if "colour" in given:
        fields["colour"] = given["colour"]
    if "visibility" in given:
        both_share = current.visibility == given["visibility"] == Visibility.SHARED
        fields["visibility"] = Visibility.SHARED if both_share else Visibility.PRIVATE
    return fields


def joined_notes(stored: str, typed: str) -> str:
    """The lines of both. Lines in both stand there once; so do lines that only have words added in one of the two."""
    pieces = []
    for is_same, one, other in line_diff.blocks(stored, typed):
        if is_same or _is_within(other, one):
            pieces.append(one)
        else:
            pieces.append(other if _is_within(one, other) else f"{one.rstrip()}\n\n{other}")
    return "\n".join(piece.removesuffix("\n") for piece in pieces)


def _is_within(part: str, whole: str) -> bool:
    """Whether all words of a text are in the other, in their order."""
    return not any(is_change and text.strip() for text, is_change in line_diff.both(part, whole)[0])


def _tags(given: Mapping[str, str]) -> list[str]:
    return [tag.strip() for tag in given.get("tags", "").split(",") if tag.strip()]
