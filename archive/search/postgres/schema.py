"""Making and keeping the index on PostgreSQL, a table with the prepared texts of each document and a GIN index over
their lexemes.

The lexemes themselves are not kept: a function of the row makes them for the index. Texts are prepared in Python, so
they come in through `take_in`; what is gone or has a new text leaves by triggers, whoever changes it. Every statement
that changes what is indexed first takes the archive's lock, held to the end of its transaction, so writers wait for
each other and never for two things at once. The functions are those of `engine.Schema`.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connections, transaction
from django.db.models import F

from archive.articles.turns import take_turn
from archive.search import labels
from archive.search.models import Document
from archive.search.postgres import triggers
from archive.search.postgres.rows import insert, row_of
from archive.search.postgres.tables import (
    COLUMNS,
    GIN,
    INDEX,
    LEXEMES,
    LEXEMES_BODY,
    LEXEMES_FUNCTION,
    NEXT_INDEX,
    TABLE,
)
from archive.search.postgres.triggers import COUNT_LABELS, NEW_STATE, NEW_VERSION
from archive.search.staleness import doubt

CHECKED_AT_ONCE = 100  # documents


def install(using: str) -> None:
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        if "personal" not in _columns(cursor, "search_document"):  # the latest to come, and the first to go
            cursor.execute(f"DROP TABLE IF EXISTS {INDEX}")
            return
        _sort_by_code_points(cursor)
        is_new = set(_columns(cursor, INDEX)) != set(COLUMNS)
        if is_new:  # or made before it had all these columns: then the documents are there already
            cursor.execute(f"DROP TABLE IF EXISTS {INDEX}")
            cursor.execute(TABLE.format(name=INDEX))
            insert(cursor, INDEX, (row_of(document, text) for document, text in _documents(using)))
        if is_new or not _makes_these_lexemes(cursor):  # an earlier version made others of the same rows
            cursor.execute(f"DROP INDEX IF EXISTS {INDEX}_lexemes")
            cursor.execute(LEXEMES_FUNCTION)
            cursor.execute(GIN.format(name=INDEX))
        triggers.create(cursor)
    if is_new:
        doubt_all(using)


def remove(using: str) -> None:
    with transaction.atomic(using), connections[using].cursor() as cursor:
        triggers.drop(cursor)


def doubt_all(using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(doubt("SELECT id FROM articles_article"))


def take_in(using: str, documents: Iterable[tuple[Document, str]]) -> None:
    rows = [row_of(document, text) for document, text in documents]
    with connections[using].cursor() as cursor:
        insert(cursor, INDEX, rows)
        cursor.execute("SELECT rebuilt_to FROM search_state WHERE rebuilt_to IS NOT NULL")
        if rows and (rebuilt_to := cursor.fetchone()):
            insert(cursor, NEXT_INDEX, [row for row in rows if row[0] <= rebuilt_to[0]])


def add_words(using: str, words: Sequence[str], stems: Sequence[str]) -> None:
    sql = "INSERT INTO search_word (word, stem) SELECT * FROM unnest(%s::text[], %s::text[]) ON CONFLICT DO NOTHING"
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [list(words), list(stems)])


def begin_rebuild(using: str) -> None:
    with transaction.atomic(using), connections[using].cursor() as cursor:
        take_turn(using)
        cursor.execute(f"DROP TABLE IF EXISTS {NEXT_INDEX}")
        cursor.execute(TABLE.format(name=NEXT_INDEX))
        cursor.execute(NEW_STATE.format(change=0))
        cursor.execute("UPDATE search_state SET rebuilt_to = -1")
        triggers.create(cursor)


def rebuild_some(using: str, count: int) -> int:
    with transaction.atomic(using), connections[using].cursor() as cursor:
        take_turn(using)
        cursor.execute("SELECT rebuilt_to FROM search_state")
        rows = [row_of(document, text) for document, text in islice(_documents(using, cursor.fetchone()[0]), count)]
        if rows:
            insert(cursor, NEXT_INDEX, rows)
            cursor.execute(f"UPDATE search_state SET rebuilt_to = {rows[-1][0]}")
        else:
            # Made at once it takes a quarter of the time, and less room; writers wait for it.
            cursor.execute(GIN.format(name=NEXT_INDEX))
            triggers.drop(cursor)
            cursor.execute(f"DROP TABLE {INDEX}")
            for kind, suffix in (("TABLE", ""), ("INDEX", "_lexemes"), ("INDEX", "_pkey")):
                cursor.execute(f"ALTER {kind} {NEXT_INDEX}{suffix} RENAME TO {INDEX}{suffix}")
            cursor.execute(f"UPDATE search_state SET rebuilt_to = NULL, version = {NEW_VERSION}")
            triggers.create(cursor)
    return len(rows)


def compact(using: str) -> bool:
    return False  # autovacuum does what there is to do


def recount(using: str) -> None:
    with transaction.atomic(using), connections[using].cursor() as cursor:
        take_turn(using)
        cursor.execute(NEW_STATE.format(change=0))
        cursor.execute("UPDATE search_state SET documents = (SELECT count(*) FROM search_document)")
        cursor.execute("UPDATE search_label SET documents = 0 WHERE documents > 0")
        cursor.execute(COUNT_LABELS.format(sign="+", table="search_document"))


def check(using: str) -> list[str]:
    columns = ", ".join(COLUMNS)
    sql = f"SELECT {columns}, {LEXEMES} @@ '{labels.EVERYTHING}' FROM {INDEX} WHERE position = ANY(%s)"
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {INDEX} WHERE position NOT IN (SELECT position FROM search_document)")
        wrong = int(cursor.fetchone()[0])
        documents = _documents(using)
        while some := list(islice(documents, CHECKED_AT_ONCE)):
            cursor.execute(sql, [[document.pk for document, _ in some]])
            wrong += len({(*row_of(document, text), True) for document, text in some} - set(cursor.fetchall()))
    if not wrong:
        return []
    return [f"The index does not agree with the texts ({wrong} documents). `rebuild_search_index` makes it anew."]


def _documents(using: str, after: int = -1) -> Iterator[tuple[Document, str]]:
    """The documents after a position, with their texts."""
    documents = Document.objects.using(using).filter(pk__gt=after).order_by("pk").annotate(text=F("revision__text"))
    return ((document, document.text or "") for document in documents.iterator(CHECKED_AT_ONCE))


def _sort_by_code_points(cursor: Any) -> None:
    """Have titles sort as on SQLite, whatever the language of this database."""
    cursor.execute(
        "SELECT attcollation FROM pg_attribute WHERE attrelid = 'search_document'::regclass "
        "AND attname = 'title_key' AND attcollation <> '\"C\"'::regcollation"
    )
    if cursor.fetchone():
        cursor.execute('ALTER TABLE search_document ALTER title_key TYPE varchar(100) COLLATE "C"')


def _columns(cursor: Any, table: str) -> list[str]:
    """The names of a table's columns; none where there is no such table."""
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped", [table]
    )
    return [name for (name,) in cursor.fetchall()]


def _makes_these_lexemes(cursor: Any) -> bool:
    """Whether the database's function makes the lexemes that searches ask for."""
    cursor.execute("SELECT FROM pg_proc WHERE proname = 'search_lexemes' AND prosrc = %s", [LEXEMES_BODY])
    return cursor.fetchone() is not None
