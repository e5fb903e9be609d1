"""Copying a whole archive from one database to another, for example when moving from SQLite to PostgreSQL.

Rows are copied in batches with their ids. What the database derives (search index, counts) is rebuilt. At the end,
every table is read from both sides and compared.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from django.db.utils import load_backend

from archive.articles.models import Article
from archive.environment import with_options
from archive.search import index
from archive.search.models import ArticleChange

SOURCE = "copied from"
ROWS_AT_ONCE = 100
# `migrate` fills these; their rows are replaced with those of the source.
_FILLED_BY_MIGRATE = {"contenttypes.contenttype", "auth.permission"}

Progress = Callable[[str, int, int], None]


class CannotCopy(Exception):
    """Why the archive was not copied, as a sentence."""


@contextmanager
def source(database: dict[str, Any]) -> Iterator[None]:
    """A context in which `copy` copies from the database with these settings. Raises CannotCopy."""
    if database["ENGINE"].endswith("sqlite3") and not Path(database["NAME"]).is_file():
        raise CannotCopy(f"There is no database {database['NAME']}.")
    settings = connections.configure_settings({DEFAULT_DB_ALIAS: with_options(database)})[DEFAULT_DB_ALIAS]
    connections[SOURCE] = load_backend(database["ENGINE"]).DatabaseWrapper(settings, SOURCE)
    try:
        _check_migrations()
        yield
    finally:
        connections[SOURCE].close()
        del connections[SOURCE]


def copy(progress: Progress = lambda what, done, total: None) -> dict[str, int]:
    """Copy everything into the archive's own database, which must be empty. Returns the number of rows by table.

    Nobody may write to the source meanwhile. Raises CannotCopy, after which this database is empty again.
    """
    models = _in_order(list(_models()))
    for model in models:
        if not _says_nothing(model) and model._base_manager.exists():
            raise CannotCopy(f"The database to copy into is not empty: there are rows in {model._meta.db_table}.")
    with transaction.atomic(SOURCE):
        counts = {model: model._base_manager.using(SOURCE).count() for model in models}
        told = _Told(progress, counts)
        try:
            index.stop_following()
            _empty(models)
            for model in models:
                _copy_rows(model, told)
            _copy_current_revisions()
            reset_sequences(models)
            for model in models:
                _compare(model, told)
            index.follow()
            index.rebuild(told.indexed)
        except BaseException:
            _empty(models)
            index.follow()
            raise
    return {model._meta.db_table: count for model, count in counts.items()}


class _Told:
    """Reports the progress: rows of all tables, or documents of the index."""

    def __init__(self, progress: Progress, counts: dict[type[Model], int]) -> None:
        self._progress = progress
        self._total = sum(counts.values())
        self._done: dict[str, int] = {}

    def rows(self, what: str, count: int) -> None:
        self._done[what] = self._done.get(what, 0) + count
        self._progress(what, self._done[what], self._total)

    def indexed(self, done: int, total: int) -> None:
        self._progress("indexed", done, total)


def _models() -> Iterator[type[Model]]:
    """All models with a table, except for those that only track the index of this database."""
    return (
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label != ArticleChange._meta.app_label
    )


def _says_nothing(model: type[Model]) -> bool:
    """Whether its rows say nothing about the archive, because `migrate` creates them."""
    return model._meta.label_lower in _FILLED_BY_MIGRATE


def _in_order(models: list[type[Model]]) -> list[type[Model]]:
    """The models, each after those it refers to. An article's current revision is set after the articles are copied."""
    ordered: list[type[Model]] = []
    left = list(models)
    while left:
        ready = [model for model in left if not _refers_to(model) & set(left) - {model}]
        if not ready:
            raise CannotCopy(f"Tables refer to each other in a circle: {', '.join(m._meta.db_table for m in left)}.")
        ordered += ready
        left = [model for model in left if model not in ready]
    return ordered


def _refers_to(model: type[Model]) -> set[type[Model]]:
    fields = [field for field in model._meta.concrete_fields if not _comes_later(field)]
    return {field.related_model for field in fields if isinstance(field.related_model, type)}


def _comes_later(field: Any) -> bool:
    return field.model is Article and field.name == "revision"


def _check_migrations() -> None:
    here = set(MigrationRecorder(connections[DEFAULT_DB_ALIAS]).applied_migrations())
    there = set(MigrationRecorder(connections[SOURCE]).applied_migrations())
    if not there:
        raise CannotCopy("The database to copy from does not contain an archive.")
    if here != there:
        raise CannotCopy("The two databases have different versions. Run `migrate` on both first.")


def _empty(models: Iterable[type[Model]]) -> None:
    with transaction.atomic(), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        tables = [model._meta.db_table for model in models]
        if connections[DEFAULT_DB_ALIAS].vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(tables)}")
        else:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            for table in tables:
                cursor.execute(f"DELETE FROM {table}")


def _rows(model: type[Model], using: str) -> Iterator[tuple[Any, ...]]:
    names = [field.attname for field in model._meta.concrete_fields]
    return model._base_manager.using(using).order_by("pk").values_list(*names).iterator(chunk_size=ROWS_AT_ONCE)


def _copy_rows(model: type[Model], told: _Told) -> None:
    connection = connections[DEFAULT_DB_ALIAS]
    fields: list[Any] = list(model._meta.concrete_fields)
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    sql = f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({', '.join(['%s'] * len(fields))})"
    rows = _rows(model, SOURCE)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        values = [[_value(field, value, connection) for field, value in zip(fields, row, strict=True)] for row in some]
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(sql, values)
        except (DatabaseError, ValueError) as error:
            place = f"{model._meta.db_table} from {some[0][0]} to {some[-1][0]}"
            raise CannotCopy(f"The rows of {place} could not be copied: {error}") from error
        told.rows("copied", len(some))


def _value(field: Any, value: Any, connection: Any) -> Any:
    return None if _comes_later(field) else field.get_db_prep_save(value, connection)


def _copy_current_revisions() -> None:
    pairs = Article._base_manager.using(SOURCE).exclude(revision=None).order_by("pk").values_list("revision_id", "pk")
    rows = pairs.iterator(chunk_size=ROWS_AT_ONCE)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        with transaction.atomic(), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.executemany(f"UPDATE {Article._meta.db_table} SET revision_id = %s WHERE id = %s", some)


def reset_sequences(models: Sequence[type[Model]]) -> None:
    """Make the database's sequences continue after the copied ids."""
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)


def _compare(model: type[Model], told: _Told) -> None:
    """Read a table on both sides. Raises CannotCopy if they differ."""
    (here, number), (there, wanted) = (_digest(model, using) for using in (DEFAULT_DB_ALIAS, SOURCE))
    if number != wanted or here != there:
        raise CannotCopy(f"{model._meta.db_table} was not copied completely ({number} rows of {wanted}).")
    told.rows("compared", number)


def _digest(model: type[Model], using: str) -> tuple[str, int]:
    """A hash of all rows of a table, in any order, and their number."""
    total, number = 0, 0
    for row in _rows(model, using):
        text = repr([_comparable(value) for value in row])
        total ^= int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
        number += 1
    return f"{total:064x}", number


def _comparable(value: Any) -> Any:
    if isinstance(value, dict | list):  # PostgreSQL does not keep the order of keys
        return json.dumps(value, sort_keys=True)
    return bytes(value) if isinstance(value, memoryview) else value
