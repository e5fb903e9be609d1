"""What people do with collections. Each function acts for one person, on their own alone, and raises
Collection.DoesNotExist for others'."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from archive.accounts.refusing import Refused
from archive.annotations.models import Visibility
from archive.articles.models import Article
from archive.articles.turns import take_turn
from archive.curating.models import Collection, CollectionItem
from archive.curating.models.saved_search import LONGEST_NAME, new_secret

MOST_KEPT = 500  # collections of one person
MOST_ARTICLES = 10_000  # in a collection
LONGEST_NOTE = 100_000  # code points
RESTORE_FOR = timedelta(days=30)


class CollectionConflict(Refused):
    """It was changed in another window meanwhile; `current` is what it is now."""

    def __init__(self, current: Collection) -> None:
        super().__init__("This collection was changed in another window while you were editing. Nothing was saved yet.")
        self.current = current


def kept_by(person: AbstractBaseUser) -> QuerySet[Collection]:
    """A person's own collections, by name."""
    return Collection.objects.owned_by(person).filter(deleted_at=None)


def deleted_by(person: AbstractBaseUser) -> QuerySet[Collection]:
    """Those that a person deleted and can restore, the latest first."""
    since = timezone.now() - RESTORE_FOR
    return Collection.objects.owned_by(person).filter(deleted_at__gt=since).order_by("-deleted_at")


def articles_in(reader: int, name: str) -> list[int]:
    """The ids of the articles in all collections of this name that a reader, by their id, may see."""
    seen = Collection.objects.visible_to_reader(reader).filter(name__iexact=name)
    return list(CollectionItem.objects.filter(collection__in=seen).values_list("article", flat=True).distinct())


def create(person: AbstractBaseUser, name: str) -> Collection:
    """A new collection without articles, which its owner alone sees. Raises Refused where the name is taken."""
    with transaction.atomic():
        take_turn()
        name = _free_name(person, name)
        if kept_by(person).count() >= MOST_KEPT:
            raise Refused(f"You have {MOST_KEPT} collections, the most allowed. Delete one first.")
        return Collection.objects.create(owner_id=person.pk, name=name)


def named(person: AbstractBaseUser, name: str) -> Collection | None:
    """A person's own collection of this name, if there is one."""
    return kept_by(person).filter(name=_tidy(name)).first()


def edit(person: AbstractBaseUser, pk: int, *, version: int, name: str, note: str, visibility: str) -> Collection:
    """Change its name, note and who sees it. `version` is that of what the person saw.

    Raises CollectionConflict where it was changed since, and Refused where the name is taken or the note too long.
    """
    note = note.replace("\0", "").replace("\r\n", "\n").strip()
    if len(note) > LONGEST_NOTE:
        raise Refused(f"The note has {len(note):,} characters; {LONGEST_NOTE:,} are allowed.")
    if visibility not in Visibility.values:
        raise Refused("Choose who can see the collection.")
    with transaction.atomic():
        collection = _locked(person, pk)
        wanted = (_free_name(person, name, but=pk), note, visibility)
        if wanted == (collection.name, collection.note, collection.visibility):
            return collection
        if collection.version != version:
            raise CollectionConflict(collection)
        collection.name, collection.note, collection.visibility = wanted
        collection.version += 1
        collection.save(update_fields=["name", "note", "visibility", "version"])
        return collection


def delete(person: AbstractBaseUser, pk: int) -> Collection:
    """Nobody sees it any more; its owner can restore it for 30 days. Its articles are not affected."""
    with transaction.atomic():
        collection = _locked(person, pk)
        collection.deleted_at = timezone.now()
        collection.save(update_fields=["deleted_at"])
        return collection


def restore(person: AbstractBaseUser, pk: int) -> Collection:
    """Bring a deleted collection back. Raises Refused where its name was given to another one meanwhile."""
    with transaction.atomic():
        take_turn()
        collection = deleted_by(person).get(pk=pk)
        _free_name(person, collection.name)
        collection.deleted_at = None
        collection.save(update_fields=["deleted_at"])
        return collection


def renew_secret(person: AbstractBaseUser, pk: int) -> Collection:
    """Give the feed another address; the old one leads nowhere."""
    collection = kept_by(person).get(pk=pk)
    collection.secret = new_secret()
    collection.save(update_fields=["secret"])
    return collection


def add(person: AbstractBaseUser, pk: int, articles: Sequence[int]) -> int:
    """Put articles at its end, in the order given, but for those that are in it. Returns how many are new in it.

    Raises Refused where that would be more than a collection holds.
    """
    with transaction.atomic():
        collection = _locked(person, pk)
        there = set(collection.items.values_list("article", flat=True))
        present = set(Article.objects.present().filter(pk__in=articles).values_list("pk", flat=True))
        new = [article for article in dict.fromkeys(articles) if article in present - there]
        if len(there) + len(new) > MOST_ARTICLES:
            raise Refused(f"A collection holds {MOST_ARTICLES:,} articles at most.")
        CollectionItem.objects.bulk_create(
            CollectionItem(collection=collection, article_id=article, position=position)
            for position, article in enumerate(new, start=len(there))
        )
        return len(new)


def remove(person: AbstractBaseUser, pk: int, article: int) -> int | None:
    """Take an article out of it. Returns the position it had; None if it was not in it."""
    with transaction.atomic():
        item = _locked(person, pk).items.filter(article=article).first()
        if item is None:
            return None
        item.delete()
        CollectionItem.objects.filter(collection=pk, position__gt=item.position).update(position=F("position") - 1)
        return item.position


def move(person: AbstractBaseUser, pk: int, article: int, to: int) -> int | None:
    """Put an article of it at another position, or at its end where that is less. Returns where it is now; None if it
    is not in it."""
    with transaction.atomic():
        items = _locked(person, pk).items.all()
        item = items.filter(article=article).first()
        if item is None:
            return None
        to = max(0, min(to, items.count() - 1))
        if to < item.position:
            items.filter(position__gte=to, position__lt=item.position).update(position=F("position") + 1)
        else:
            items.filter(position__gt=item.position, position__lte=to).update(position=F("position") - 1)
        items.filter(pk=item.pk).update(position=to)
        return to


def put_back(person: AbstractBaseUser, pk: int, article: int, position: int) -> None:
    """Put an article that was taken out of it where it was."""
    with transaction.atomic():
        add(person, pk, [article])
        move(person, pk, article, position)


def _locked(person: AbstractBaseUser, pk: int) -> Collection:
    take_turn()
    return kept_by(person).get(pk=pk)


def _tidy(name: str) -> str:
    return " ".join(name.replace("\0", "").split())[:LONGEST_NAME]


def _free_name(person: AbstractBaseUser, given: str, but: int | None = None) -> str:
    name = _tidy(given)
    if not name:
        raise Refused("Give the collection a name.")
    if kept_by(person).filter(name=name).exclude(pk=but or 0).exists():
        raise Refused(f"You already have a collection named “{name}”.")
    return name
