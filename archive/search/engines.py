"""Which engine a database has."""

from typing import cast

from django.db import DEFAULT_DB_ALIAS, connections

from archive.search.engine import Engine, Schema
from archive.search.postgres import engine as postgres_engine
from archive.search.postgres import schema as postgres_schema
from archive.search.sqlite import engine as sqlite_engine
from archive.search.sqlite import schema as sqlite_schema

_ENGINES = {"sqlite": sqlite_engine, "postgresql": postgres_engine}
_SCHEMAS = {"sqlite": sqlite_schema, "postgresql": postgres_schema}


def engine() -> Engine:
    """What asks the index of the archive."""
    return cast(Engine, _ENGINES[connections[DEFAULT_DB_ALIAS].vendor])


def schema(using: str = DEFAULT_DB_ALIAS) -> Schema:
    """What keeps the index of a database."""
    return cast(Schema, _SCHEMAS[connections[using].vendor])
