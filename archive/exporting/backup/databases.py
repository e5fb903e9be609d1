"""A consistent snapshot of a database as one file, and loading it: SQLite with its own backup, PostgreSQL with
pg_dump."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from archive.exporting.backup.bundle import Manifest, Unusable

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
COUNTED = ("articles.Article", "articles.Revision", "articles.Attachment", "annotations.Annotation", "auth.User")


def dump(target: Path) -> Manifest:
    """Write the database to this file, and return what it contains. Others can read and write meanwhile."""
    return _dump_sqlite(target) if connection.vendor == "sqlite" else _dump_postgresql(target)


def check(path: Path, manifest: Manifest) -> None:
    """Raises Unusable if the file of a database cannot be read, or its own check finds a fault."""
    if manifest.vendor == "postgresql":
        _run("pg_restore", "--list", str(path))
        return
    with _opened(path) as copy:
        _check_sqlite(copy)
        found = _counts(copy)
        if found != manifest.counts:
            raise Unusable("The backup is damaged: its database does not hold what it should.")


def load(path: Path) -> None:
    """Replace the current database with that in a file, atomically."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with _opened(path) as copy:
            copy.backup(connection.connection)
        return
    connection.close()
    options = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
    _run("pg_restore", *options, f"--dbname={_name()}", str(path))


def is_in_use() -> bool:
    """Whether the current database contains articles or people."""
    tables = set(connection.introspection.table_names())
    models = [apps.get_model(label) for label in ("articles.Article", "auth.User")]
    return any(model._meta.db_table in tables and model._base_manager.exists() for model in models)


def counts() -> dict[str, int]:
    """The number of rows by model in the current database."""
    with connection.cursor() as cursor:
        return _counts(cursor)


def _dump_sqlite(target: Path) -> Manifest:
    connection.ensure_connection()
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        _check_sqlite(copy)
        return Manifest("sqlite", _migrations(copy), _counts(copy))


def _check_sqlite(database: sqlite3.Connection) -> None:
    try:
        found = [row[0] for row in database.execute("PRAGMA integrity_check(5)")]
    except sqlite3.DatabaseError as error:
        found = [str(error)]
    if found != ["ok"]:
        raise Unusable(f"The database is damaged: {'; '.join(found)}. `manage.py check_archive` gives details.")


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The database in a file, opened for reading."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
        yield opened


def _dump_postgresql(target: Path) -> Manifest:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        _run("pg_dump", "--format=custom", "--compress=1", f"--snapshot={snapshot}", f"--file={target}", _name())
        _run("pg_restore", "--list", str(target))
        return Manifest("postgresql", _migrations(cursor), _counts(cursor))


def _counts(cursor: Any) -> dict[str, int]:
    found = {}
    for label in COUNTED:
        table = apps.get_model(label)._meta.db_table
        result = cursor.execute(f"SELECT count(*) FROM {table}")
        found[label] = (result or cursor).fetchone()[0]
    return found


def _migrations(cursor: Any) -> list[list[str]]:
    result = cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    return [list(row) for row in (result or cursor).fetchall()]


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the archive's database. Raises Unusable with its output."""
    if shutil.which(program) is None:
        raise Unusable(f"{program} is not installed. On Debian and Ubuntu: apt install postgresql-client.")
    settings = connection.settings_dict
    given = {
        "PGHOST": settings["HOST"],
        "PGPORT": str(settings["PORT"]),
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
    }
    environment = {**os.environ, **{name: value for name, value in given.items() if value}}
    done = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise Unusable(f"{program} failed: {said[0] if said else done.returncode}")
