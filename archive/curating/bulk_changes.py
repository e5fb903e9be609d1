"""The same done to all that a search finds. Which articles these are is decided once; then they are worked off in
portions, each in a transaction of its own, so that what was broken off can be continued or undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from time import perf_counter
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from archive.accounts.refusing import Refused
from archive.articles.editing import UNDO_FOR
from archive.articles.models import Article
from archive.articles.turns import in_portions, take_turn
from archive.curating import portions
from archive.curating.models import BulkChange, Portion, Stage, Verb
from archive.query import Node
from archive.search import index
from archive.search.orders import choose
from archive.search.searching import Search

MOST_AT_ONCE = 100_000  # articles
MOST_TAGS = 20
SIZE = 50  # articles in a portion, which is one transaction


def count(person: AbstractBaseUser, node: Node | None) -> int:
    """How many articles a person's search finds, up to MOST_AT_ONCE + 1."""
    return min(Search(node, person.pk).total, MOST_AT_ONCE + 1)


def begin(
    person: AbstractBaseUser,
    verb: Verb,
    node: Node | None,
    address: str = "",
    tags: Iterable[str] = (),
    *,
    key: UUID | None = None,
) -> BulkChange:
    """Decide which articles are meant: those that the search finds now. `work` does it to them.

    `key` is that of the form that was sent: sent again, it is the change that was begun then.
    Raises Refused where no tags are named, or too many, where nothing is found, and where too much is.
    """
    names = _named(verb, tags)
    search = Search(node, person.pk)
    if search.snapshot.behind != 0:
        raise Refused("The search index is being brought up to date. Try again in a moment.")
    return begin_with(
        person, verb, list(islice(choose(search, "published").all_ids(), MOST_AT_ONCE + 1)), address, names, key=key
    )


def begin_selected(
    person: AbstractBaseUser, verb: Verb, ids: Sequence[int], tags: Iterable[str] = (), *, key: UUID | None = None
) -> BulkChange:
    """The same with articles that were selected one by one. Raises Refused where none of them is there."""
    names = _named(verb, tags)
    present = set(Article.objects.present().filter(pk__in=ids).values_list("pk", flat=True))
    there = [pk for pk in dict.fromkeys(ids) if pk in present]
    return begin_with(person, verb, there, "", names, key=key, is_selection=True)


def begin_with(
    person: AbstractBaseUser,
    verb: Verb,
    ids: Sequence[int],
    address: str,
    names: list[str],
    *,
    key: UUID | None = None,
    is_selection: bool = False,
) -> BulkChange:
    """The same with the articles themselves instead of a search. Raises Refused where there are none, or too many."""
    with transaction.atomic():
        take_turn()
        if (sent := begun_by(person, key)) is not None:
            return sent
        if len(ids) > MOST_AT_ONCE:
            raise Refused(f"{MOST_AT_ONCE:,} articles can be changed at once; this is more. Narrow the search.")
        if not ids:
            nothing = "Nothing was found, so there is nothing to change."
            raise Refused("Select some articles first." if is_selection else nothing)
        BulkChange.objects.filter(person=person.pk, begun_at__lt=timezone.now() - UNDO_FOR).delete()
        change = BulkChange.objects.create(
            person_id=person.pk,
            verb=verb,
            tags=names,
            address=address,
            is_selection=is_selection,
            total=len(ids),
            sent_key=key,
        )
        Portion.objects.bulk_create(Portion(change=change, article_ids=part) for part in in_portions(ids, SIZE))
    return change


def _named(verb: Verb, tags: Iterable[str]) -> list[str]:
    """The tags that a change is about; none for one that is about none."""
    names = list(tags) if verb in (Verb.TAG, Verb.UNTAG) else []
    if verb in (Verb.TAG, Verb.UNTAG) and not 0 < len(names) <= MOST_TAGS:
        raise Refused(f"Name the tags, {MOST_TAGS} at most.")
    return names


def begun_by(person: AbstractBaseUser, key: UUID | None) -> BulkChange | None:
    """What a form with this key began when it was sent before, if anything."""
    return BulkChange.objects.filter(person=person.pk, sent_key=key).first() if key is not None else None


def made_by(person: AbstractBaseUser) -> QuerySet[BulkChange]:
    """What a person did within the time in which it can be undone, the latest first."""
    return BulkChange.objects.filter(person=person.pk, begun_at__gt=timezone.now() - UNDO_FOR)


def work(person: AbstractBaseUser, pk: int, seconds: float = 1.0) -> BulkChange:
    """Go on with a change, or with undoing it, for about so long. Raises BulkChange.DoesNotExist for others'."""
    end = perf_counter() + seconds
    while True:
        change = _work_off_one(person, pk)
        if change.stage in (Stage.DONE, Stage.UNDONE) or perf_counter() > end:
            index.catch_up()
            return change


def begin_undo(person: AbstractBaseUser, pk: int) -> BulkChange:
    """From now on `work` takes back what was changed so far. Raises Refused where that is done or under way."""
    with transaction.atomic():
        take_turn()
        change = made_by(person).select_for_update().get(pk=pk)
        if change.stage not in (Stage.DOING, Stage.DONE):
            raise Refused("This has already been undone.")
        change.stage = Stage.UNDOING
        change.save(update_fields=["stage"])
    return change


def _work_off_one(person: AbstractBaseUser, pk: int) -> BulkChange:
    """The next portion, if there is one, as the change asks for it."""
    with transaction.atomic():
        take_turn()
        change = made_by(person).select_for_update().get(pk=pk)
        if change.stage == Stage.DOING:
            _do_next(person, change)
        elif change.stage == Stage.UNDOING:
            _undo_next(person, change)
    return change


def _do_next(person: AbstractBaseUser, change: BulkChange) -> None:
    portion = change.portions.filter(done_at=None).first()
    if portion is not None:
        portion.record = portions.do(person, change, portion.article_ids)
        portion.done_at = timezone.now()
        portion.save(update_fields=["record", "done_at"])
        change.done += len(portion.article_ids)
        change.changed += len(portion.record["changed"])
    if change.done == change.total:
        change.stage = Stage.DONE
    change.save(update_fields=["done", "changed", "stage"])


def _undo_next(person: AbstractBaseUser, change: BulkChange) -> None:
    portion = change.portions.filter(done_at__isnull=False, undone_at=None).first()
    if portion is not None:
        portions.undo(person, change, portion)
        portion.undone_at = timezone.now()
        portion.save(update_fields=["undone_at"])
        change.taken_back += len(portion.article_ids)
    if change.taken_back == change.done:
        change.stage = Stage.UNDONE
    change.save(update_fields=["taken_back", "stage"])
