"""Which engine keeps and asks the index of a database."""

from types import ModuleType

from django.db import connections

from archive.search import sqlite, sqlite_schema

_SCHEMAS = {"sqlite": sqlite_schema}
_ENGINES = {"sqlite": sqlite}


def schema(using: str = "default") -> ModuleType:
    """What makes and keeps the index: `sqlite_schema` shows which functions there are."""
    return _SCHEMAS[connections[using].vendor]


def engine(using: str = "default") -> ModuleType:
    """What asks the index: `sqlite` shows which functions there are."""
    return _ENGINES[connections[using].vendor]
