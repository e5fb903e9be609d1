"""What was changed, as it was before and after; and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from archive.annotations.models import Annotation, Change
from archive.annotations.refusing import Refused
from archive.annotations.searching import searchable
from archive.articles.models import Article
from archive.articles.turns import take_turn

UNDO_FOR = timedelta(days=30)
CHANGEABLE = (
    *("note", "colour", "visibility", "motivation", "trashed_at"),
    *("status", "start", "end", "image_now", "anchored_on_id"),
)


def locked(by: AbstractBaseUser, pk: int) -> Annotation:
    """One's own annotation as it stands, until the transaction ends. Raises Annotation.DoesNotExist for others'."""
    take_turn()  # before the annotation itself is locked: who writes now may want it, too
    own = Annotation.objects.owned_by(by).select_for_update(of=("self",)).select_related("article__revision")
    return own.get(pk=pk)


def snapshot(annotation: Annotation) -> dict[str, Any]:
    """What a person can change of an annotation, as JSON."""
    kept: dict[str, Any] = {name: getattr(annotation, name) for name in CHANGEABLE}
    if kept["trashed_at"] is not None:
        kept["trashed_at"] = kept["trashed_at"].isoformat()
    kept["tags"] = sorted(annotation.tags.names())
    return kept


def keep_new(annotation: Annotation, by: AbstractBaseUser, tags: list[str]) -> None:
    """Save an annotation that was not there before."""
    annotation.search_text = _words(annotation, tags)
    annotation.save()
    annotation.tags.set(tags)
    Change.objects.create(annotation=annotation, person_id=by.pk, before=None, after={})


def keep_change(
    annotation: Annotation, by: AbstractBaseUser, before: dict[str, Any], batch: UUID | None = None
) -> None:
    """Save an annotation that was `before`; nothing is written if it is the same. A batch is undone as one."""
    after = {name: value for name, value in snapshot(annotation).items() if value != before[name]}
    if after:
        _save(annotation)
        replaced = {name: before[name] for name in after}
        Change.objects.create(annotation=annotation, person_id=by.pk, before=replaced, after=after, batch=batch)


def last_change(by: AbstractBaseUser, article: Article | None = None) -> Change | None:
    """What `undo` would take back next."""
    changes = Change.objects.filter(person=by.pk, undone_at=None, made_at__gt=timezone.now() - UNDO_FOR)
    if article is not None:
        changes = changes.filter(annotation__article=article)
    return changes.select_related("annotation").first()


def undo(by: AbstractBaseUser, change: Change) -> Annotation:
    """Take back one change of one's own within 30 days, with all that were made in one go with it.

    A new annotation goes to the trash. Raises Refused when the same was changed again since, or the time has passed.
    """
    with transaction.atomic():
        changes = [change]
        if change.batch is not None:
            changes = list(Change.objects.filter(person=by.pk, batch=change.batch, undone_at=None))
        for each in changes:
            annotation = _undo(by, each)
    return annotation


def _undo(by: AbstractBaseUser, change: Change) -> Annotation:
    annotation = locked(by, change.annotation_id)
    change = annotation.changes.get(pk=change.pk)
    if change.undone_at is not None or change.made_at < timezone.now() - UNDO_FOR:
        raise Refused("This can no longer be undone.")
    if not change.after.items() <= snapshot(annotation).items():
        raise Refused("The note was changed again since; undo the later change first.")
    if change.before is None:
        annotation.trashed_at = timezone.now()
    else:
        _put_back(annotation, change.before)
    _save(annotation)
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at"])
    return annotation


def _save(annotation: Annotation) -> None:
    annotation.version += 1
    annotation.search_text = _words(annotation, annotation.tags.names())
    annotation.save()


def _words(annotation: Annotation, tags: Iterable[str]) -> str:
    return searchable(annotation.exact, annotation.image_alt, annotation.note, *tags)


def _put_back(annotation: Annotation, before: dict[str, Any]) -> None:
    for name, value in before.items():
        if name == "tags":
            annotation.tags.set(value)
        elif name == "trashed_at" and value is not None:
            annotation.trashed_at = parse_datetime(value)
        else:
            setattr(annotation, name, value)
