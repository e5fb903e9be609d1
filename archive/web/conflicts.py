"""Edit conflicts: the stored and the submitted note side by side, and both merged."""

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
    """Both notes in parts, with differences marked. `others` are other fields that differ: label, stored, typed.
    `fields` are all submitted values."""

    stored: Parts
    typed: Parts
    others: list[tuple[str, str, str]]
    fields: list[tuple[str, str]]

    @classmethod
    def between(cls, current: Annotation, given: Mapping[str, str]) -> Conflict:
        """Compare what is stored with a form based on an earlier state. Fields the form lacks are left out."""
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
    """The fields merged without losing anything: both notes and all tags. The result is shared only if both versions
    are."""
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
    """The lines of both notes. Lines in both appear once, and so do lines that only gained words in one of them."""
    pieces = []
    for is_same, one, other in line_diff.blocks(stored, typed):
        if is_same or _is_within(other, one):
            pieces.append(one)
        else:
            pieces.append(other if _is_within(one, other) else f"{one.rstrip()}\n\n{other}")
    return "\n".join(piece.removesuffix("\n") for piece in pieces)


def _is_within(part: str, whole: str) -> bool:
    """Whether the other text contains all words of `part`, in the same order."""
    return not any(is_change and text.strip() for text, is_change in line_diff.both(part, whole)[0])


def _tags(given: Mapping[str, str]) -> list[str]:
    return [tag.strip() for tag in given.get("tags", "").split(",") if tag.strip()]
