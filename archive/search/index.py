"""Keeping the indexes in step: what a writer calls, and what proves that they are right."""

import logging
from collections.abc import Callable

from django.db import DEFAULT_DB_ALIAS, DatabaseError

from archive.articles.models import Article
from archive.search import changes, documents, notes
from archive.search.migrations import _triggers

MANY = 20_000  # changes, after which a long run of writing has the index follow

_STORES = (documents.store, notes.store)
logger = logging.getLogger(__name__)


def refresh() -> None:
    """Take in what changed, at once if it is little, else in the background. Every verb that changes articles or
    annotations calls this once its transaction has ended; what one forgot, the next search does. Within a transaction
    it does nothing, as that may be undone yet.
    """
    for store in _STORES:
        store.snapshot()


def catch_up(at_least: int = 1) -> None:
    """Take in all that changed if it is so many changes, however long that takes: for commands and imports."""
    try:
        for store in _STORES:
            store.catch_up(at_least)
    except DatabaseError as error:
        logger.error("The search index could not be brought up to date: %s", error)


def rebuild(progress: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Make the indexes anew; searches go on meanwhile, and so may an import.

    `progress` is told how many articles of how many are done.
    """
    total = Article.objects.present().count()
    for store in _STORES:
        store.rebuild(lambda done: progress(min(done, total), total))


def stop_following() -> None:
    """Note no changes from now on, while a whole archive is written."""
    _triggers.remove(DEFAULT_DB_ALIAS)


def follow() -> None:
    """Note changes again. Every host makes its indexes anew, as it cannot know what happened meanwhile."""
    _triggers.install(DEFAULT_DB_ALIAS)
    changes.forget_all()


def check() -> list[str]:
    """Whether the indexes agree with the database: what is wrong, in sentences for the owner of the archive."""
    catch_up()  # that an index is behind, or not there, is no fault
    return [problem for store in _STORES for problem in store.check()]
