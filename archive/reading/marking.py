"""A person's own marks on articles. Each function can be repeated safely."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from archive.articles.turns import in_portions
from archive.reading.models import ReadingState

AT_ONCE = 500  # articles per statement


def mark_read(by: AbstractBaseUser, article_ids: Collection[int]) -> list[int]:
    """Mark articles as read. Returns the ids of those that were not."""
    return _set(by, article_ids, read_at=timezone.now(), position=None)


def mark_unread(by: AbstractBaseUser, article_ids: Collection[int]) -> list[int]:
    """Mark articles as unread and forget the position in them. Returns the ids of those that were read or in
    progress."""
    return _clear(by, article_ids, "read_at", "position")


def star(by: AbstractBaseUser, article_ids: Collection[int]) -> list[int]:
    """Star articles. Returns the ids of those that had no star."""
    return _set(by, article_ids, starred_at=timezone.now())


def unstar(by: AbstractBaseUser, article_ids: Collection[int]) -> list[int]:
    """Remove stars. Returns the ids of the articles that had one."""
    return _clear(by, article_ids, "starred_at")


def keep_place(by: AbstractBaseUser, article_id: int, position: int) -> None:
    """Remember where in the text (code points) a person stopped. Articles that were read stay read."""
    with transaction.atomic():
        state, _ = ReadingState.objects.get_or_create(owner_id=by.pk, article_id=article_id)
        ReadingState.objects.filter(pk=state.pk, read_at=None).update(position=position)


def _set(by: AbstractBaseUser, article_ids: Collection[int], **values: Any) -> list[int]:
    """Set these values for the articles; the first value tells whether an article had them before."""
    done = next(iter(values))
    changed: list[int] = []
    for some in in_portions(article_ids, AT_ONCE):
        with transaction.atomic():
            before = ReadingState.objects.filter(owner_id=by.pk, article_id__in=some).exclude(**{done: None})
            new = sorted(set(some) - set(before.values_list("article_id", flat=True)))
            ReadingState.objects.bulk_create(
                [ReadingState(owner_id=by.pk, article_id=pk, **values) for pk in new],
                update_conflicts=True,
                unique_fields=["owner", "article"],
                update_fields=list(values),
            )
        changed += new
    return changed


def _clear(by: AbstractBaseUser, article_ids: Collection[int], *fields: str) -> list[int]:
    """Clear these fields. Returns the ids of the articles that had any of them set."""
    has_one = Q()
    for field in fields:
        has_one |= ~Q(**{field: None})
    changed: list[int] = []
    for some in in_portions(article_ids, AT_ONCE):
        with transaction.atomic():
            there = ReadingState.objects.filter(has_one, owner_id=by.pk, article_id__in=some).select_for_update()
            ids = list(there.order_by("article_id").values_list("article_id", flat=True))
            ReadingState.objects.filter(owner_id=by.pk, article_id__in=ids).update(**dict.fromkeys(fields))
        changed += ids
    return changed
