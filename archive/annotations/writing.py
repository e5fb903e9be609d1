"""The verbs: every change to an annotation goes through here, is kept in its history, and can be undone.

Each takes the person who acts and checks that they may. A page, a command and an API call the same function.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from archive.anchoring import Selector, describe, locate
from archive.annotations.models import Annotation, Change, Colour, Motivation, Status, Visibility
from archive.annotations.models.annotation import LOST
from archive.articles.models import Article

UNDO_FOR = timedelta(days=30)
LONGEST_NOTE = 100_000  # code points
LONGEST_QUOTE = 50_000  # code points
LONGEST_TAG = 100  # code points, as the database allows

CHANGEABLE = ("note", "colour", "visibility", "motivation", "status", "start", "end", "anchored_on_id", "trashed_at")


class Refused(ValueError):
    """What was asked cannot be done; the message is a sentence for the person who asked."""


class EditConflict(Exception):
    """The annotation was changed since it was shown. `current` is how it stands now; nothing was written."""

    def __init__(self, current: Annotation) -> None:
        super().__init__("This note was changed elsewhere in the meantime.")
        self.current = current


def annotate(
    by: AbstractBaseUser,
    article: Article,
    selector: Selector | None,
    *,
    colour: str = Colour.YELLOW,
    note: str = "",
    tags: Iterable[str] = (),
    visibility: str = Visibility.PRIVATE,
) -> Annotation:
    """Mark a passage of the article as it is now; without a selector, write a note on the whole of it.

    The quote is trusted, not the numbers. Raises Refused where the passage is not in the text, or not surely one place.
    """
    revision = article.revision
    if revision is None:
        raise Refused("This article has no text yet.")
    annotation = Annotation(
        article=article,
        revision=revision,
        anchored_on=revision,
        owner_id=by.pk,
        colour=_one_of(Colour, colour),
        note=_checked_note(note),
        visibility=_one_of(Visibility, visibility),
        motivation=Motivation.COMMENTING if note.strip() else Motivation.HIGHLIGHTING,
    )
    if selector is None:
        if not note.strip():
            raise Refused("Write a note, or mark a passage.")
        annotation.motivation = Motivation.BOOKMARKING
    else:
        place = _place(revision.text, selector)
        annotation.exact, annotation.prefix, annotation.suffix = place.exact, place.prefix, place.suffix
        annotation.start, annotation.end = place.start, place.end
    return _create(annotation, by, tags)


def reply(by: AbstractBaseUser, to: Annotation, note: str, *, tags: Iterable[str] = ()) -> Annotation:
    """Answer an annotation that one may see. A reply is as visible as what it answers."""
    to = Annotation.objects.visible_to(by).present().get(pk=to.pk)
    if not note.strip():
        raise Refused("A reply needs some words.")
    return _create(
        Annotation(
            article=to.article,
            revision_id=to.revision_id,
            anchored_on_id=to.anchored_on_id,
            owner_id=by.pk,
            parent=to,
            motivation=Motivation.REPLYING,
            note=_checked_note(note),
            visibility=to.visibility,
        ),
        by,
        tags,
    )


def edit(
    by: AbstractBaseUser,
    annotation: Annotation,
    *,
    version: int,
    note: str | None = None,
    colour: str | None = None,
    visibility: str | None = None,
    tags: Iterable[str] | None = None,
) -> Annotation:
    """Change what is given and leave the rest.

    `version` is the one the person saw: raises EditConflict on any other.
    """

    def change(current: Annotation) -> None:
        if current.version != version:
            raise EditConflict(current)
        if note is not None:
            current.note = _checked_note(note)
            if current.motivation in (Motivation.HIGHLIGHTING, Motivation.COMMENTING):
                current.motivation = Motivation.COMMENTING if note.strip() else Motivation.HIGHLIGHTING
            elif not note.strip():
                raise Refused("This note has no passage, so it needs some words. It can be moved to the trash instead.")
        if colour is not None:
            current.colour = _one_of(Colour, colour)
        if visibility is not None:
            current.visibility = _one_of(Visibility, visibility)

    return _change(by, annotation, change, tags)


def trash(by: AbstractBaseUser, annotation: Annotation) -> Annotation:
    return _change(by, annotation, lambda current: setattr(current, "trashed_at", timezone.now()))


def restore(by: AbstractBaseUser, annotation: Annotation) -> Annotation:
    return _change(by, annotation, lambda current: setattr(current, "trashed_at", None))


def attach(by: AbstractBaseUser, annotation: Annotation, start: int, end: int) -> Annotation:
    """Put a lost annotation to a place in the article's current text (code points). The quote stays as it was made."""

    def change(current: Annotation) -> None:
        revision = current.article.revision
        if current.status not in LOST or revision is None:
            raise Refused("This annotation is at its passage already.")
        if not 0 <= start < end <= len(revision.text):
            raise Refused("That place is not in the article.")
        current.anchored_on = revision
        current.start, current.end = start, end
        current.status, current.score, current.candidates = Status.CHANGED, 1.0, []

    return _change(by, annotation, change)


def keep_as_note(by: AbstractBaseUser, annotation: Annotation) -> Annotation:
    """Give up looking for a lost passage: its quote and note stay, as a note on the whole article."""

    def change(current: Annotation) -> None:
        if current.status not in LOST:
            raise Refused("This annotation is at its passage already.")
        current.motivation = Motivation.BOOKMARKING

    return _change(by, annotation, change)


def undo(by: AbstractBaseUser, change: Change) -> Annotation:
    """Take back one change of one's own within 30 days; a new annotation goes to the trash.

    Raises Refused when the same was changed again since, or the time has passed.
    """
    with transaction.atomic():
        annotation = _locked(by, change.annotation_id)
        change = annotation.changes.get(pk=change.pk)
        if change.undone_at is not None or change.made_at < timezone.now() - UNDO_FOR:
            raise Refused("This can no longer be undone.")
        if not change.after.items() <= snapshot(annotation).items():
            raise Refused("The note was changed again since; undo the later change first.")
        if change.before is None:
            annotation.trashed_at = timezone.now()
        else:
            _apply(annotation, change.before)
        annotation.version += 1
        annotation.save()
        change.undone_at = timezone.now()
        change.save(update_fields=["undone_at"])
    return annotation


def last_change(by: AbstractBaseUser, article: Article | None = None) -> Change | None:
    """What `undo` would take back next."""
    changes = Change.objects.filter(person=by.pk, undone_at=None, made_at__gt=timezone.now() - UNDO_FOR)
    if article is not None:
        changes = changes.filter(annotation__article=article)
    return changes.select_related("annotation").first()


def snapshot(annotation: Annotation) -> dict[str, Any]:
    """What a person can change of an annotation, as JSON."""
    kept: dict[str, Any] = {name: getattr(annotation, name) for name in CHANGEABLE}
    if kept["trashed_at"] is not None:
        kept["trashed_at"] = kept["trashed_at"].isoformat()
    kept["tags"] = sorted(annotation.tags.names())
    return kept


def _apply(annotation: Annotation, before: dict[str, Any]) -> None:
    for name, value in before.items():
        if name == "tags":
            annotation.tags.set(value)
        elif name == "trashed_at" and value is not None:
            annotation.trashed_at = parse_datetime(value)
        else:
            setattr(annotation, name, value)


def _create(annotation: Annotation, by: AbstractBaseUser, tags: Iterable[str]) -> Annotation:
    with transaction.atomic():
        annotation.save()
        annotation.tags.set(_checked_tags(tags))
        Change.objects.create(annotation=annotation, person_id=by.pk, before=None, after={})
    return annotation


def _change(by: AbstractBaseUser, annotation: Annotation, change: Any, tags: Iterable[str] | None = None) -> Annotation:
    """Run `change` on the annotation as it stands, locked, and keep what it was. No change, no write."""
    with transaction.atomic():
        current = _locked(by, annotation.pk)
        before = snapshot(current)
        change(current)
        if tags is not None:
            current.tags.set(_checked_tags(tags))
        after = {name: value for name, value in snapshot(current).items() if value != before[name]}
        if after:
            current.version += 1
            current.save()
            Change.objects.create(
                annotation=current, person_id=by.pk, before={name: before[name] for name in after}, after=after
            )
    return current


def _locked(by: AbstractBaseUser, pk: int) -> Annotation:
    return (
        Annotation.objects.owned_by(by).select_for_update(of=("self",)).select_related("article__revision").get(pk=pk)
    )


def _place(text: str, selector: Selector) -> Selector:
    if len(selector.exact) > LONGEST_QUOTE:
        raise Refused(f"A passage can have {LONGEST_QUOTE:,} characters at most; this one has {len(selector.exact):,}.")
    if not selector.exact.strip():
        raise Refused("The passage is empty.")
    anchor = locate(text, selector)
    if anchor.start is None or anchor.end is None:
        raise Refused(
            "These words stand in several places; take some more of them."
            if anchor.status == "ambiguous"
            else "These words are not in the article."
        )
    passage = text[anchor.start : anchor.end]
    start = anchor.start + len(passage) - len(passage.lstrip())
    return describe(text, start, start + len(passage.strip()))


def _checked_note(note: str) -> str:
    if len(note) > LONGEST_NOTE:
        raise Refused(f"A note can have {LONGEST_NOTE:,} characters at most; this one has {len(note):,}.")
    return note.replace("\r\n", "\n").replace("\x00", "")


def _checked_tags(tags: Iterable[str]) -> list[str]:
    names = [" ".join(tag.replace("\x00", "").split()).strip("#/") for tag in tags]
    for name in names:
        if len(name) > LONGEST_TAG:
            raise Refused(f"A tag can have {LONGEST_TAG} characters at most; “{name[:20]}…” has {len(name)}.")
    return [name for name in names if name]


def _one_of(choices: Any, value: str) -> str:
    if value not in choices.values:
        raise Refused(f"“{value[:40]}” is none of: {', '.join(choices.values)}.")
    return value
