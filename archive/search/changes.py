"""The numbered changes in the database, and how far an index has applied them."""

from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import Min

from archive.search.models import AnnotationChange, ArticleChange, Change

KEPT = 100_000  # changes; an index that lacks more is rebuilt
AT_ONCE = 5_000  # changes that are read together


class Position(NamedTuple):
    """The last change that an index has applied."""

    number: int
    token: int


NOWHERE = Position(0, 0)  # in an archive where nothing has changed yet


def latest(model: type[Change]) -> Position:
    """The last change. One query with constant cost."""
    row = model._default_manager.order_by("-number").values_list("number", "token").first()
    return Position(*row) if row else NOWHERE


def due(model: type[Change], position: Position) -> int | None:
    """How many changes came after this one; None if the database did not go through it, or has forgotten what came
    after. Rolled-back numbers do not count."""
    end, all_changes = latest(model), model._default_manager
    if position == end:  # also if nothing has changed yet
        return 0
    is_known = all_changes.filter(number=position.number, token=position.token).exists()
    return all_changes.filter(number__gt=position.number).count() if is_known else None


def after(model: type[Change], position: Position) -> tuple[list[int], Position]:
    """The objects of the next AT_ONCE changes after this one, without duplicates, and the last of these changes."""
    following = model._default_manager.filter(number__gt=position.number).order_by("number")
    rows = list(following.values_list("number", "token", "object_id")[:AT_ONCE])
    ids = list(dict.fromkeys(object_id for _, _, object_id in rows))
    return ids, Position(*rows[-1][:2]) if rows else position


def prune(model: type[Change], position: Position) -> None:
    """Delete the changes that an index at this position has applied, except for the last KEPT."""
    end = min(position.number, latest(model).number - KEPT)
    first = model._default_manager.aggregate(first=Min("number"))["first"] or 0
    if first + KEPT < end:  # rarely, but then many
        model._default_manager.filter(number__lt=end)._raw_delete(DEFAULT_DB_ALIAS)


def forget_all(using: str = DEFAULT_DB_ALIAS) -> None:
    """Make every index be rebuilt, on all hosts."""
    with transaction.atomic(using):
        for model in (ArticleChange, AnnotationChange):
            model._default_manager.using(using).all().delete()
            model._default_manager.using(using).create(object_id=0)


def may_be_rolled_back() -> bool:
    """Whether what this connection reads now may still be rolled back, so that no index on disk may contain it.

    The transaction around Django's test cases does not count, as for `atomic(durable=True)`.
    """
    return any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)
