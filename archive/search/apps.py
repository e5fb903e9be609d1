from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class SearchConfig(AppConfig):
    """The indexes are on disk; database triggers record the changes to apply to them.

    SQLite rebuilds a table to alter it, and cannot do so while a trigger names it. So the triggers are dropped before
    migrations and recreated after them, instead of being created by one.
    """

    name = "archive.search"

    def ready(self) -> None:
        pre_migrate.connect(_before_migrations, sender=self, dispatch_uid="search triggers go")
        post_migrate.connect(_after_migrations, sender=self, dispatch_uid="search triggers come")


def _before_migrations(using: str, **kwargs: Any) -> None:
    from archive.search.migrations import _triggers

    _triggers.remove(using)


def _after_migrations(using: str, plan: list[tuple[Any, bool]] | None = None, **kwargs: Any) -> None:
    from archive.search import changes
    from archive.search.migrations import _triggers

    if _triggers.install(using) and plan:
        # While the triggers were dropped, a migration may have changed articles.
        changes.forget_all(using)
