"""Making and keeping the index on SQLite, an FTS5 table without a copy of the texts.

The table's content is a view that prepares a document's texts through functions of ours, so a document leaves the index
with the very tokens it came with. Triggers on the archive's tables remember which articles changed; those on documents
carry each change into the index, whoever makes it. While the index is rebuilt there are two tables, the second kept as
far as it has come. The functions are those of `engine.Schema`.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, transaction

from archive.search.models import Document
from archive.search.sqlite import triggers
from archive.search.sqlite.tables import INDEX, NEXT_INDEX, TABLE, TERMS_TABLE, VIEW
from archive.search.sqlite.triggers import NEW_STATE, TAKE_IN
from archive.search.staleness import doubt

MERGED_AT_ONCE = 2000  # pages of the index
# While a rebuild fills its table, more is gathered before it is written, and pieces are merged less often.
REBUILDING = {"hashsize": 64 << 20, "automerge": 16}  # bytes; pieces. No more than 16: then all must be merged at once
AS_USUAL = {"hashsize": 1 << 20, "automerge": 4}  # what FTS5 has by itself


def install(using: str) -> None:
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        if "personal" not in _columns(cursor, "search_document"):  # the latest to come, and the first to go
            cursor.execute(f"DROP TABLE IF EXISTS {INDEX}")
            return
        cursor.execute("DROP VIEW IF EXISTS search_content")
        cursor.execute(VIEW)
        is_new = _definition(cursor, INDEX) != _definition_of(TABLE.format(name=INDEX))
        if is_new:  # or made otherwise by an earlier version: then the documents are there already
            cursor.execute(f"DROP TABLE IF EXISTS {NEXT_INDEX}")
            cursor.execute(f"DROP TABLE IF EXISTS {INDEX}")
            cursor.execute(TABLE.format(name=INDEX))
            cursor.execute(TAKE_IN.format(table=INDEX, which="true ORDER BY position"))
            cursor.execute(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('optimize')")
        cursor.execute(TERMS_TABLE)
        triggers.create(cursor)
    if is_new:
        doubt_all(using)


def remove(using: str) -> None:
    with transaction.atomic(using), connections[using].cursor() as cursor:
        triggers.drop(cursor)
        cursor.execute("DROP VIEW IF EXISTS search_content")


def doubt_all(using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(doubt("SELECT id FROM articles_article WHERE true"))


def take_in(using: str, documents: Iterable[tuple[Document, str]]) -> None:
    """The triggers have done it."""


def add_words(using: str, words: Sequence[str], stems: Sequence[str]) -> None:
    sql = "INSERT INTO search_word (word, stem) VALUES (%s, %s) ON CONFLICT DO NOTHING"
    with connections[using].cursor() as cursor:
        cursor.executemany(sql, list(zip(words, stems, strict=True)))


def begin_rebuild(using: str) -> None:
    with transaction.atomic(using), connections[using].cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {NEXT_INDEX}")
        cursor.execute(TABLE.format(name=NEXT_INDEX))
        _set(cursor, NEXT_INDEX, REBUILDING)
        cursor.execute(NEW_STATE.format(change=0))
        cursor.execute("UPDATE search_state SET rebuilt_to = -1")
        triggers.create(cursor)


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
            cursor.execute(TAKE_IN.format(table=NEXT_INDEX, which=which))
            cursor.execute("UPDATE search_state SET rebuilt_to = %s", [last])
        else:
            triggers.drop(cursor)
            cursor.execute(f"DROP TABLE {INDEX}")
            cursor.execute(f"ALTER TABLE {NEXT_INDEX} RENAME TO {INDEX}")
            _set(cursor, INDEX, AS_USUAL)
            cursor.execute("UPDATE search_state SET rebuilt_to = NULL, version = random()")
            triggers.create(cursor)
    return int(taken)


def recount(using: str) -> None:
    with transaction.atomic(using), connections[using].cursor() as cursor:
        cursor.execute(NEW_STATE.format(change=0))
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


def _set(cursor: Any, table: str, options: dict[str, int]) -> None:
    """Set options of an FTS5 table, which remembers them (https://www.sqlite.org/fts5.html, configuration options)."""
    for name, value in options.items():
        cursor.execute(f"INSERT INTO {table} ({table}, rank) VALUES (%s, %s)", [name, value])
