from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class SearchConfig(AppConfig):
    """The index lives in the database: functions on each connection, triggers and a virtual table beside the models.

    SQLite rebuilds a table to alter it, and cannot while a view or a trigger names it. So what names the tables of
    other apps goes before migrations run and comes back after them, instead of being made by one of them.
    """

    name = "archive.search"

    def ready(self) -> None:
        connection_created.connect(_prepare_connection, dispatch_uid="search functions")
        pre_migrate.connect(_before_migrations, sender=self, dispatch_uid="search schema goes")
        post_migrate.connect(_after_migrations, sender=self, dispatch_uid="search schema comes")


def _prepare_connection(connection: Any, **kwargs: Any) -> None:
    from archive.search.sqlite import tables

    if connection.vendor == "sqlite":
        tables.add_functions(connection.connection)


def _before_migrations(using: str, **kwargs: Any) -> None:
    from archive.search.engines import schema

    schema(using).remove(using)


def _after_migrations(using: str, plan: list[tuple[Any, bool]] | None = None, **kwargs: Any) -> None:
    from archive.search import label_counts
    from archive.search.engines import schema

    schema(using).install(using)
    if plan:  # while the triggers were away, a migration may have changed what articles say
        schema(using).doubt_all(using)
        label_counts.recount(using)
