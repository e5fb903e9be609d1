"""Bulk changes to annotations, and undoing them. Work is done in batches, so that memory use stays bounded, and in one
transaction, so that all annotations change or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from taggit.models import TaggedItem

from archive.accounts.refusing import Refused
from archive.annotations.checking import checked_tags, one_of
from archive.annotations.models import Annotation, AnnotationQuerySet, Change, Colour
from archive.annotations.states import difference, put_back, refuse_redo, refuse_undo, snapshot
from archive.articles.tag_names import tag_key, tag_named
from archive.articles.tagging import content_type, tag_names, tagged
from archive.articles.turns import in_portions, take_turn

PORTION = 500  # annotations per batch
MOST_AT_ONCE = 50_000  # annotations: SQLite has one writer, and others wait at most half a minute for it

Names = dict[int, list[str]]  # tag names by annotation


def change_many(
    by: AbstractBaseUser,
    annotations: AnnotationQuerySet,
    *,
    add_tags: Iterable[str] = (),
    remove_tags: Iterable[str] = (),
    colour: str | None = None,
    into_trash: bool = False,
    key: UUID | None = None,
) -> int:
    """Make the same change to all of these annotations that the person owns, as one change to undo. Returns their
    number.

    Annotations that already have the wanted values are left alone. `key` is the key of the submitted form: sending it
    again changes nothing more and returns the first count. Raises Refused for too many annotations or an invalid tag or
    colour.
    """
    added = {tag_key(name): name for name in checked_tags(add_tags)}
    removed = {tag_key(name) for name in checked_tags(remove_tags)} - added.keys()
    colour = one_of(Colour, colour) if colour is not None else None
    batch, now = key or uuid4(), timezone.now()

    def change(annotation: Annotation, names: list[str]) -> list[str]:
        annotation.colour = colour or annotation.colour
        annotation.trashed_at = now if into_trash else annotation.trashed_at
        kept = [name for name in names if tag_key(name) not in removed]
        return kept + [name for key, name in added.items() if key not in set(map(tag_key, kept))]

    with transaction.atomic():
        take_turn()
        if key is not None and (changed := Change.objects.filter(person=by.pk, batch=key).count()):
            return changed
        ids = list(annotations.owned_by(by).order_by("pk").values_list("pk", flat=True))
        if len(ids) > MOST_AT_ONCE:
            raise Refused(f"{MOST_AT_ONCE:,} notes can be changed at once; these are {len(ids):,}. Narrow the search.")
        for portion in in_portions(ids, PORTION):
            _change_portion(by, portion, change, batch)
    return len(ids)


def undo_many(by: AbstractBaseUser, batch: UUID) -> None:
    """Undo a bulk change. Call it within a transaction. Raises Refused if any of the annotations was changed again
    since."""
    _replay(by, batch, is_undo=True)


def redo_many(by: AbstractBaseUser, batch: UUID) -> None:
    """Redo a bulk change. Call it within a transaction. Raises Refused if any of the annotations was changed since."""
    _replay(by, batch, is_undo=False)


def _replay(by: AbstractBaseUser, batch: UUID, *, is_undo: bool) -> None:
    refuse = refuse_undo if is_undo else refuse_redo
    waiting = Change.objects.filter(person=by.pk, batch=batch, undone_at__isnull=is_undo).order_by("pk")
    for portion in in_portions(waiting.values_list("pk", flat=True), PORTION):
        changes = {each.annotation_id: each for each in Change.objects.filter(pk__in=portion)}
        annotations = _locked(by, changes)
        names = tag_names(Annotation, changes)
        wanted: Names = {}
        for annotation in annotations:
            change, tags = changes[annotation.pk], names[annotation.pk]
            refuse(change, snapshot(annotation, tags))
            has = put_back(annotation, (change.before or {}) if is_undo else change.after)
            wanted[annotation.pk] = tags if has is None else has
        _save(annotations, names, wanted)
        Change.objects.filter(pk__in=portion).update(undone_at=timezone.now() if is_undo else None)


def _change_portion(by: AbstractBaseUser, ids: Sequence[int], change: Any, batch: UUID) -> None:
    names, wanted = tag_names(Annotation, ids), {}
    changed: list[Annotation] = []
    history: list[Change] = []
    for annotation in _locked(by, ids):
        before = snapshot(annotation, names[annotation.pk])
        tags = change(annotation, names[annotation.pk])
        replaced, after = difference(before, snapshot(annotation, tags))
        if after:
            wanted[annotation.pk] = tags
            changed.append(annotation)
            history.append(Change(annotation=annotation, person_id=by.pk, before=replaced, after=after, batch=batch))
    _save(changed, names, wanted)
    Change.objects.bulk_create(history)


def _locked(by: AbstractBaseUser, ids: Iterable[int]) -> list[Annotation]:
    own = Annotation.objects.owned_by(by).filter(pk__in=list(ids)).select_for_update()
    return list(own.defer("candidates"))


def _save(annotations: list[Annotation], names: Names, wanted: Names) -> None:
    alike: defaultdict[tuple[str, datetime | None], list[int]] = defaultdict(list)
    for annotation in annotations:
        alike[annotation.colour, annotation.trashed_at].append(annotation.pk)
    for (colour, trashed_at), ids in alike.items():
        Annotation.objects.filter(pk__in=ids).update(
            colour=colour, trashed_at=trashed_at, version=F("version") + 1, modified_at=timezone.now()
        )
    retagged = [annotation for annotation in annotations if names[annotation.pk] != wanted[annotation.pk]]
    _retag({annotation.pk: (names[annotation.pk], wanted[annotation.pk]) for annotation in retagged})


def _retag(changes: dict[int, tuple[list[str], list[str]]]) -> None:
    """Replace the tags of each annotation with the wanted ones."""
    added: defaultdict[str, list[int]] = defaultdict(list)
    removed: defaultdict[str, list[int]] = defaultdict(list)
    for pk, (has, wants) in changes.items():
        for name in wants:
            if name not in has:
                added[name].append(pk)
        for name in has:
            if name not in wants:
                removed[name].append(pk)
    for name, ids in removed.items():
        tagged(Annotation).filter(tag__name=name, object_id__in=ids).delete()
    for name, ids in added.items():
        tag, kind = tag_named(name), content_type(Annotation)
        items = [TaggedItem(content_type=kind, object_id=pk, tag=tag) for pk in ids]
        TaggedItem.objects.bulk_create(items, ignore_conflicts=True)
