"""The index on SQLite: an FTS5 table without a copy of the texts, and triggers that keep it.

The table's content is a view that prepares a document's texts through functions of ours, so a document leaves the index
with the very tokens it came with. Triggers on the archive's tables remember which articles changed; those on documents
carry each change into the index, whoever makes it. While the index is rebuilt there are two tables, the second kept as
far as it has come. The functions are those of `engine.Schema`.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connections, transaction

from archive.search import labels, sqlite_lengths
from archive.search.models import Document
from archive.search.preparing import remembered_prepare
from archive.search.staleness import doubt, remember_changes

COLUMNS = ("title", "description", "authors", "site", "tags", "body", "filters", "personal")
INDEX = "search_index"
NEXT_INDEX = "search_index_next"
TERMS = "search_terms"  # the tokens of the index, in their order
INDEXED_PREFIX = 3  # letters
MERGED_AT_ONCE = 2000  # pages of the index
# While a rebuild fills its table, more is gathered before it is written, and pieces are merged less often.
REBUILDING = {"hashsize": 64 << 20, "automerge": 16}  # bytes; pieces. No more than 16: then all must be merged at once
AS_USUAL = {"hashsize": 1 << 20, "automerge": 4}  # what FTS5 has by itself

# All that parts tokens is gone from prepared text, and all letters are small; `_` is what labels are made with.
_TABLE = f"""
CREATE VIRTUAL TABLE {{name}} USING fts5(
    {", ".join(COLUMNS)}, content='search_content', content_rowid='position', prefix='{INDEXED_PREFIX}',
    tokenize="ascii tokenchars '_'"
)"""
_TERMS = f"CREATE VIRTUAL TABLE IF NOT EXISTS {TERMS} USING fts5vocab({INDEX}, instance)"
_VIEW = """
CREATE VIEW search_content AS SELECT
    document.position AS position,
    document.revision_id AS revision_id,
    archive_prepare(document.title) AS title,
    archive_prepare(document.description) AS description,
    archive_names(document.facets, 'a') AS authors,
    archive_names(document.facets, 's') || ' _ ' || archive_prepare(document.host) AS site,
    archive_names(document.facets, 't') AS tags,
    archive_prepare(revision.text) AS body,
    archive_filters(document.facets, document.host, document.language, document.path, document.has_images) AS filters,
    document.personal AS personal
FROM search_document AS document LEFT JOIN articles_revision AS revision ON revision.id = document.revision_id
"""
_TAKE_IN = f"""
INSERT INTO {{table}} (rowid, {", ".join(COLUMNS)})
SELECT position, {", ".join(COLUMNS)} FROM search_content WHERE {{which}};"""
_TAKE_OUT = f"""
INSERT INTO {{table}} ({{table}}, rowid, {", ".join(COLUMNS)})
SELECT 'delete', position, {", ".join(COLUMNS)} FROM search_content WHERE {{which}};"""
_NEW_STATE = """
INSERT INTO search_state (id, version, documents) VALUES (1, random(), max(0, {change}))
ON CONFLICT (id) DO UPDATE SET version = excluded.version, documents = max(0, documents + {change});"""
_COUNT_LABELS = """
UPDATE search_label SET documents = max(0, documents {change}) WHERE line IN (
    SELECT value FROM json_each(archive_lines({row}.facets)));"""


def add_functions(connection: sqlite3.Connection) -> None:
    """Give a new connection the functions that the view, the triggers and the ranking call."""
    functions: list[tuple[str, int, Callable[..., str | float]]] = [
        ("archive_prepare", 1, lambda text: remembered_prepare(text or "")),
        ("archive_names", 2, labels.names),
        ("archive_filters", 5, labels.filters),
        ("archive_scale", 3, sqlite_lengths.scale),
        ("archive_lines", 1, lambda facets: json.dumps(facets.split("\n"))),
    ]
    for name, arguments, function in functions:
        connection.create_function(name, arguments, function, deterministic=True)


def install(using: str) -> None:
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        if "personal" not in _columns(cursor, "search_document"):  # the latest to come, and the first to go
            cursor.execute(f"DROP TABLE IF EXISTS {INDEX}")
            return
        cursor.execute("DROP VIEW IF EXISTS search_content")
        cursor.execute(_VIEW)
        is_new = _definition(cursor, INDEX) != _definition_of(_TABLE.format(name=INDEX))
        if is_new:  # or made otherwise by an earlier version: then the documents are there already
            cursor.execute(f"DROP TABLE IF EXISTS {NEXT_INDEX}")
            cursor.execute(f"DROP TABLE IF EXISTS {INDEX}")
            cursor.execute(_TABLE.format(name=INDEX))
            cursor.execute(_TAKE_IN.format(table=INDEX, which="true ORDER BY position"))
            cursor.execute(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('optimize')")
        cursor.execute(_TERMS)
        _create_triggers(cursor)
    if is_new:
        doubt_all(using)


def remove(using: str) -> None:
    with transaction.atomic(using), connections[using].cursor() as cursor:
        _drop_triggers(cursor)
        cursor.execute("DROP VIEW IF EXISTS search_content")


def doubt_all(using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(doubt("SELECT id FROM articles_article WHERE true"))


def take_in(using: str, documents: Iterable[tuple[Document, str]]) -> None:
    """The triggers have done it."""


def begin_rebuild(using: str) -> None:
    with transaction.atomic(using), connections[using].cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {NEXT_INDEX}")
        cursor.execute(_TABLE.format(name=NEXT_INDEX))
        _set(cursor, NEXT_INDEX, REBUILDING)
        cursor.execute(_NEW_STATE.format(change=0))
        cursor.execute("UPDATE search_state SET rebuilt_to = -1")
        _create_triggers(cursor)


def rebuild_some(using: str, count: int) -> int:
    with transaction.atomic(using), connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT count(*), max(position), max(rebuilt_to) FROM (SELECT position, rebuilt_to FROM search_document, "
            "search_state WHERE position > rebuilt_to ORDER BY position LIMIT %s)",
            [count],
        )
        taken, last, before = cursor.fetchone()
        if taken:
            which = f"position > {before} AND position <= {last}"
            cursor.execute(_TAKE_IN.format(table=NEXT_INDEX, which=which))
            cursor.execute("UPDATE search_state SET rebuilt_to = %s", [last])
        else:
            _drop_triggers(cursor)
            cursor.execute(f"DROP TABLE {INDEX}")
            cursor.execute(f"ALTER TABLE {NEXT_INDEX} RENAME TO {INDEX}")
            _set(cursor, INDEX, AS_USUAL)
            cursor.execute("UPDATE search_state SET rebuilt_to = NULL, version = random()")
            _create_triggers(cursor)
    return int(taken)


def recount(using: str) -> None:
    with transaction.atomic(using), connections[using].cursor() as cursor:
        cursor.execute(_NEW_STATE.format(change=0))
        cursor.execute("UPDATE search_state SET documents = (SELECT count(*) FROM search_document)")
        cursor.execute("UPDATE search_label SET documents = 0 WHERE documents > 0")
        cursor.execute(
            "UPDATE search_label SET documents = counted.documents FROM (SELECT value, count(*) AS documents "
            "FROM search_document, json_each(archive_lines(facets)) GROUP BY value) AS counted WHERE line = value"
        )


def compact(using: str) -> bool:
    with transaction.atomic(using), connections[using].cursor() as cursor:
        before = _changes(cursor)
        cursor.execute(f"INSERT INTO {INDEX} ({INDEX}, rank) VALUES ('merge', {-MERGED_AT_ONCE})")
        return _changes(cursor) - before > 1  # the statement itself is a change


def _changes(cursor: Any) -> int:
    cursor.execute("SELECT total_changes()")
    return int(cursor.fetchone()[0])


def check(using: str) -> list[str]:
    try:
        with connections[using].cursor() as cursor:
            cursor.execute(f"INSERT INTO {INDEX} ({INDEX}, rank) VALUES ('integrity-check', 1)")
    except Exception as error:
        return [f"The index does not agree with the texts ({error}). `rebuild_search_index` makes it anew."]
    return []


def _columns(cursor: Any, table: str) -> list[str]:
    """The names of a table's columns; none where there is no such table."""
    cursor.execute("SELECT name FROM pragma_table_info(%s)", [table])
    return [name for (name,) in cursor.fetchall()]


def _definition(cursor: Any, table: str) -> str:
    """How a table was made; empty if there is none."""
    cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [table])
    row = cursor.fetchone()
    return _definition_of(row[0]) if row else ""


def _definition_of(sql: str) -> str:
    return sql.partition("(")[2]  # a table that took another's place has its name in other marks


def _exists(cursor: Any, table: str) -> bool:
    cursor.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = %s", [table])
    return cursor.fetchone() is not None


def _set(cursor: Any, table: str, options: dict[str, int]) -> None:
    """Set options of an FTS5 table, which remembers them (https://www.sqlite.org/fts5.html, "Special INSERT Commands")."""
    for name, value in options.items():
        cursor.execute(f"INSERT INTO {table} ({table}, rank) VALUES (%s, %s)", [name, value])


def _drop_triggers(cursor: Any) -> None:
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'search\\_%%' ESCAPE '\\'")
    for (name,) in cursor.fetchall():
        cursor.execute(f"DROP TRIGGER {name}")


def _create_triggers(cursor: Any) -> None:
    _drop_triggers(cursor)
    is_rebuilding = _exists(cursor, NEXT_INDEX)
    for number, (event, body) in enumerate([*_keep_index(is_rebuilding), *remember_changes("IS NOT")]):
        cursor.execute(f"CREATE TRIGGER search_{number} {event} BEGIN {body} END")


def _keep_index(is_rebuilding: bool) -> Iterator[tuple[str, str]]:
    """What carries a change of a document, or of the text it stands for, into the index."""

    def each_table(statement: str, which: str) -> str:
        parts = [statement.format(table=INDEX, which=which)]
        if is_rebuilding:
            so_far = f"{which} AND position <= (SELECT rebuilt_to FROM search_state)"
            parts.append(statement.format(table=NEXT_INDEX, which=so_far))
        return "".join(parts)

    yield (
        "AFTER INSERT ON search_document",
        each_table(_TAKE_IN, "position = NEW.position")
        + _NEW_STATE.format(change="+1")
        + _COUNT_LABELS.format(change="+ 1", row="NEW"),
    )
    yield (
        "BEFORE DELETE ON search_document",
        each_table(_TAKE_OUT, "position = OLD.position")
        + _NEW_STATE.format(change="-1")
        + _COUNT_LABELS.format(change="- 1", row="OLD"),
    )
    yield "BEFORE UPDATE ON search_document", "SELECT RAISE(ABORT, 'documents are replaced, not changed');"

    new_text = "UPDATE OF text ON articles_revision WHEN NEW.text IS NOT OLD.text"
    yield f"BEFORE {new_text}", each_table(_TAKE_OUT, "revision_id = OLD.id")
    yield f"AFTER {new_text}", each_table(_TAKE_IN, "revision_id = NEW.id")
    # What is gone leaves the index at once, while its text is still there to be taken out.
    yield "BEFORE DELETE ON articles_revision", "DELETE FROM search_document WHERE revision_id = OLD.id;"
    yield "BEFORE DELETE ON articles_article", "DELETE FROM search_document WHERE article_id = OLD.id;"
    yield (
        "AFTER UPDATE OF trashed_at ON articles_article WHEN NEW.trashed_at IS NOT NULL AND OLD.trashed_at IS NULL",
        "DELETE FROM search_document WHERE article_id = NEW.id;",
    )
