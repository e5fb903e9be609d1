"""What was changed, as it was before and after; and taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from archive.annotations.bulk import undo_many
from archive.annotations.models import Annotation, Change
from archive.annotations.states import UNDO_FOR, put_back, refuse_if_changed, snapshot, words
from archive.articles.models import Article
from archive.articles.turns import take_turn


def locked(by: AbstractBaseUser, pk: int) -> Annotation:
    """One's own annotation as it stands, until the transaction ends. Raises Annotation.DoesNotExist for others'."""
    take_turn()  # before the annotation itself is locked: who writes now may want it, too
    own = Annotation.objects.owned_by(by).select_for_update(of=("self",)).select_related("article__revision")
    return own.get(pk=pk)


def keep_new(annotation: Annotation, by: AbstractBaseUser, tags: list[str]) -> None:
    """Save an annotation that was not there before."""
    annotation.search_text = words(annotation, tags)
    annotation.save()
    annotation.tags.set(tags)
    Change.objects.create(annotation=annotation, person_id=by.pk, before=None, after={})


def keep_change(annotation: Annotation, by: AbstractBaseUser, before: dict[str, Any]) -> None:
    """Save an annotation that was `before`; nothing is written if it is the same."""
    after = {name: value for name, value in snapshot(annotation).items() if value != before[name]}
    if after:
        _save(annotation)
        replaced = {name: before[name] for name in after}
        Change.objects.create(annotation=annotation, person_id=by.pk, before=replaced, after=after)


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
        annotation = locked(by, change.annotation_id)
        change = annotation.changes.get(pk=change.pk)
        refuse_if_changed(change, snapshot(annotation))
        if change.batch is not None:
            undo_many(by, change.batch)
            return locked(by, annotation.pk)
        if change.before is None:
            annotation.trashed_at = timezone.now()
        elif (tags := put_back(annotation, change.before)) is not None:
            annotation.tags.set(tags)
        _save(annotation)
        change.undone_at = timezone.now()
        change.save(update_fields=["undone_at"])
    return annotation


def _save(annotation: Annotation) -> None:
    annotation.version += 1
    annotation.search_text = words(annotation, annotation.tags.names())
    annotation.save()
