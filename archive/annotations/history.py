"""The history of annotations: recording changes, undo and redo."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from archive.annotations.bulk import redo_many, undo_many
from archive.annotations.models import Annotation, Change
from archive.annotations.reanchoring import follow_article
from archive.annotations.states import (
    State,
    difference,
    put_back,
    refuse_redo,
    refuse_undo,
    snapshot,
)
from archive.articles.editing import UNDO_FOR
from archive.articles.models import Article
from archive.articles.tag_names import tags_named
from archive.articles.turns import take_turn


def locked(by: AbstractBaseUser, pk: int) -> Annotation:
    """This person's annotation, locked until the transaction ends. Raises Annotation.DoesNotExist for other
    people's."""
    take_turn()  # lock the article before the annotation, in the order that other writers do
    own = Annotation.objects.owned_by(by).select_for_update(of=("self",)).select_related("article__revision")
    return own.get(pk=pk)


def keep_new(annotation: Annotation, by: AbstractBaseUser, tags: list[str]) -> None:
    """Save a new annotation and record it."""
    annotation.save()
    annotation.tags.set(tags_named(tags))
    Change.objects.create(annotation=annotation, person_id=by.pk, before=None, after={})


def keep_change(annotation: Annotation, by: AbstractBaseUser, before: State) -> None:
    """Save an annotation whose earlier state was `before`. Writes nothing if nothing changed."""
    replaced, after = difference(before, snapshot(annotation))
    if after:
        _save(annotation)
        Change.objects.create(annotation=annotation, person_id=by.pk, before=replaced, after=after)


def last_change(by: AbstractBaseUser, article: Article | None = None) -> Change | None:
    """The change that `undo` would undo next."""
    return _changes(by, article).filter(undone_at=None, made_at__gt=timezone.now() - UNDO_FOR).first()


def last_undone(by: AbstractBaseUser, article: Article | None = None) -> Change | None:
    """The change that `redo` would redo next: the first one undone after the last one that was not."""
    changes = _changes(by, article)
    kept = changes.filter(undone_at=None).values_list("pk", flat=True).first()
    waiting = changes.exclude(undone_at=None).filter(pk__gt=kept or 0, made_at__gt=timezone.now() - UNDO_FOR)
    return waiting.order_by("pk").first()


def undo_last(
    by: AbstractBaseUser, article: Article | None = None, *, key: UUID | None = None
) -> tuple[Change, Annotation] | None:
    """Undo this person's last change, to this article or to any; returns None if there is none.

    `key` is the key of the submitted form: sending it again undoes nothing more. Raises Refused as `undo` does.
    """
    return _once(by, key, undo, lambda: last_change(by, article))


def redo_last(
    by: AbstractBaseUser, article: Article | None = None, *, key: UUID | None = None
) -> tuple[Change, Annotation] | None:
    """Redo the change that was undone last; otherwise like `undo_last`."""
    return _once(by, key, redo, lambda: last_undone(by, article))


def _once(
    by: AbstractBaseUser,
    key: UUID | None,
    replay: Callable[[AbstractBaseUser, Change], Annotation],
    find: Callable[[], Change | None],
) -> tuple[Change, Annotation] | None:
    with transaction.atomic():
        take_turn()
        sent = _changes(by, None).filter(sent_key=key).first() if key is not None else None
        if sent is not None:
            return sent, sent.annotation
        change = find()
        if change is None:
            return None
        annotation = replay(by, change)
        Change.objects.filter(pk=change.pk).update(sent_key=key)
        return change, annotation


def undo(by: AbstractBaseUser, change: Change) -> Annotation:
    """Undo one of this person's changes within 30 days, with everything else changed in the same batch.

    A new annotation goes to the trash. Raises Refused if the same fields were changed again since, or if it is too
    late.
    """
    with transaction.atomic():
        annotation = locked(by, change.annotation_id)
        change = annotation.changes.get(pk=change.pk)
        refuse_undo(change, snapshot(annotation))
        if change.batch is not None:
            undo_many(by, change.batch)
            return locked(by, annotation.pk)
        if change.before is None:
            annotation.trashed_at = timezone.now()
        else:
            _put_back(annotation, change.before)
        change.undone_at = timezone.now()
        return _replayed(annotation, change)


def redo(by: AbstractBaseUser, change: Change) -> Annotation:
    """Redo a change that was undone, with everything else undone in the same batch.

    Raises Refused if the same fields were changed since, or if it is too late.
    """
    with transaction.atomic():
        annotation = locked(by, change.annotation_id)
        change = annotation.changes.get(pk=change.pk)
        refuse_redo(change, snapshot(annotation))
        if change.batch is not None:
            redo_many(by, change.batch)
            return locked(by, annotation.pk)
        if change.before is None:
            annotation.trashed_at = None
        else:
            _put_back(annotation, change.after)
        change.undone_at = None
        return _replayed(annotation, change)


def _changes(by: AbstractBaseUser, article: Article | None) -> QuerySet[Change]:
    changes = Change.objects.filter(person=by.pk).select_related("annotation")
    return changes if article is None else changes.filter(annotation__article=article)


def _put_back(annotation: Annotation, state: State) -> None:
    tags = put_back(annotation, state)
    if tags is not None:
        annotation.tags.set(tags_named(tags))
    if not state.keys().isdisjoint({"anchored_on_id", "motivation"}):
        follow_article(annotation)


def _replayed(annotation: Annotation, change: Change) -> Annotation:
    _save(annotation)
    change.save(update_fields=["undone_at"])
    return annotation


def _save(annotation: Annotation) -> None:
    annotation.version += 1
    annotation.save()
