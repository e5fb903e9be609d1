"""Makes submitting a form idempotent: a double click, or a retry after a lost response, stores it once."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid5

from django.contrib.auth.base_user import AbstractBaseUser

from archive.accounts.refusing import Refused
from archive.anchoring import PictureSelector, Selector
from archive.annotations.checking import checked_note, checked_tags
from archive.annotations.models import Annotation, SentForm
from archive.articles.tag_names import tag_key
from archive.articles.turns import take_turn


class EditConflict(Exception):
    """The annotation changed since the form was shown. `current` is its current state; nothing was written."""

    def __init__(self, current: Annotation, why: str = "This note was changed elsewhere in the meantime.") -> None:
        super().__init__(why)
        self.current = current


def key_for(form: UUID | None, about: Selector | PictureSelector | Annotation | None) -> UUID | None:
    """The key of a form submitted about this passage or annotation.

    The same form may be sent about one thing, then, after going back, about another: these are two.
    """
    if form is None:
        return None
    match about:
        case Selector(exact=exact, start=start):
            return uuid5(form, f"words {start} {exact}")
        case PictureSelector(src=src, start=start):
            return uuid5(form, f"picture {start} {src}")
        case Annotation(pk=pk):
            return uuid5(form, f"annotation {pk}")
    return uuid5(form, "article")


def stored_before(by: AbstractBaseUser, key: UUID | None) -> Annotation | None:
    """The annotation stored when a form with this key was sent before. Call it in the transaction that stores it:
    simultaneous submissions wait for each other. Raises Refused if it has been moved to the trash since."""
    if key is None:
        return None
    take_turn()
    sent = SentForm.objects.select_related("annotation__article").filter(owner=by.pk, key=key).first()
    if sent is None:
        return None
    if sent.annotation.trashed_at is not None:
        raise Refused("This was already saved, and has since been moved to the trash.")
    return sent.annotation


def keep_sent(by: AbstractBaseUser, key: UUID | None, annotation: Annotation) -> None:
    """Record what was stored for a form with this key."""
    if key is not None:
        SentForm.objects.create(owner_id=by.pk, key=key, annotation=annotation)


def says(current: Annotation, *, tags: Iterable[str] | None = None, **given: str | None) -> bool:
    """Whether an annotation has these values; None matches anything."""
    if given.get("note") is not None:
        given["note"] = checked_note(given["note"] or "")
    has_tags = tags is None or set(map(tag_key, checked_tags(tags))) == set(map(tag_key, current.tags.names()))
    return has_tags and all(value is None or getattr(current, name) == value for name, value in given.items())


def is_at(current: Annotation, selector: Selector) -> bool:
    """Whether an annotation already quotes these words, at this position if one is given, ignoring white space at the
    ends."""
    words = selector.exact.strip()
    start = current.start if selector.start is None else selector.start + selector.exact.index(words)
    return (current.exact, current.start) == (words, start)
