"""Keeping the indexes up to date, and checking them."""

import logging
from collections.abc import Callable

from django.db import DEFAULT_DB_ALIAS, DatabaseError

from archive.articles.models import Article
from archive.search import changes, documents, notes
from archive.search.migrations import _triggers

MANY = 20_000  # changes after which the index catches up during a long series of writes

_STORES = (documents.store, notes.store)
logger = logging.getLogger(__name__)


def refresh() -> None:
    """Apply recent changes: immediately if there are few, otherwise in the background. Functions that change articles
    or annotations call this after their transaction; if one forgets, the next search does it. Does nothing within a
    transaction, which may still be rolled back."""
    for store in _STORES:
        store.snapshot()


def catch_up(at_least: int = 1) -> None:
    """Apply all changes if there are at least this many, however long it takes: for commands and imports."""
    try:
        for store in _STORES:
            store.catch_up(at_least)
    except DatabaseError as error:
        logger.error("The search index could not be brought up to date: %s", error)


def rebuild(progress: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Rebuild the indexes; searches continue meanwhile, and imports may too.

    `progress` is called with the number of articles done and the total.
    """
    total = Article.objects.present().count()
    for store in _STORES:
        store.rebuild(lambda done: progress(min(done, total), total))


def stop_following() -> None:
    """Stop recording changes while a whole archive is written."""
    _triggers.remove(DEFAULT_DB_ALIAS)


def follow() -> None:
    """Record changes again. Every host rebuilds its indexes, since it cannot know what happened meanwhile."""
    _triggers.install(DEFAULT_DB_ALIAS)
    changes.forget_all()


def check() -> list[str]:
    """Check that the indexes agree with the database; returns problems as sentences for the archive's owner."""
    catch_up()  # an outdated or missing index is not a fault
    return [problem for store in _STORES for problem in store.check()]
