"""What people do with searches they keep. Each function acts for one person, on their own alone."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet

from archive.accounts.refusing import Refused
from archive.articles.models import Article
from archive.articles.turns import take_turn
from archive.curating.models import SavedSearch
from archive.curating.models.saved_search import LONGEST_NAME, new_secret
from archive.query import Node
from archive.search.searching import Search

MOST_KEPT = 100  # searches of one person
MOST_NEW = 99  # articles; of more, the number tells nothing


def kept_by(person: AbstractBaseUser) -> QuerySet[SavedSearch]:
    """The searches that a person keeps, by name."""
    return SavedSearch.objects.filter(owner=person.pk)


def keep(person: AbstractBaseUser, name: str, address: str) -> SavedSearch:
    """Keep a search from now on; kept already under this name, it is that one.

    Raises Refused where another one has the name, and where there are too many.
    """
    name = _name(name)
    with transaction.atomic():
        take_turn()
        if (same := kept_by(person).filter(name=name).first()) is not None:
            if same.address == address:
                return same
            raise Refused(f"You already have a search named “{name}”.")
        if kept_by(person).count() >= MOST_KEPT:
            raise Refused(f"You have {MOST_KEPT} saved searches, the most allowed. Delete one first.")
        return SavedSearch.objects.create(owner_id=person.pk, name=name, address=address, seen_to=last_added())


def rename(person: AbstractBaseUser, pk: int, name: str) -> SavedSearch:
    """Raises Refused where the name is taken, SavedSearch.DoesNotExist for what is not theirs."""
    saved, name = kept_by(person).get(pk=pk), _name(name)
    if kept_by(person).filter(name=name).exclude(pk=pk).exists():
        raise Refused(f"You already have a search named “{name}”.")
    saved.name = name
    saved.save(update_fields=["name"])
    return saved


def renew_secret(person: AbstractBaseUser, pk: int) -> SavedSearch:
    """Give the feed another address; the old one leads nowhere. Raises SavedSearch.DoesNotExist."""
    saved = kept_by(person).get(pk=pk)
    saved.secret = new_secret()
    saved.save(update_fields=["secret"])
    return saved


def visited(saved: SavedSearch) -> None:
    """All that is in the archive now has been seen in it."""
    last = last_added()
    if saved.seen_to < last:
        saved.seen_to = last
        saved.save(update_fields=["seen_to"])


def last_added() -> int:
    """The number of the article that came last."""
    return Article.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def count_new(node: Node | None, saved: SavedSearch) -> int:
    """How many articles its owner would find in it, asked so, that came after the last visit; up to MOST_NEW + 1."""
    added = Search(node, saved.owner_id).sorted(("id",), (saved.seen_to,), MOST_NEW + 1, is_descending=False)
    return len(added)


def _name(given: str) -> str:
    name = " ".join(given.replace("\0", "").split())[:LONGEST_NAME]
    if not name:
        raise Refused("Give the search a name.")
    return name
