"""The index on PostgreSQL: a table with the prepared texts of each document, a GIN index over their lexemes, and
triggers that keep it.

The lexemes themselves are not kept: a function of the row makes them for the index (see `_LEXEMES`). Texts are prepared
in Python, so they come in through `take_in`; what is gone or has a new text leaves by triggers, whoever changes it.
Every statement that changes what is indexed first takes the archive's lock, held to the end of its transaction, so
writers wait for each other and never for two things at once. The functions are those of `engine.Schema`.
"""

from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from typing import Any

from django.db import connections, transaction
from django.db.models import F

from archive.articles.turns import LOCK, take_turn
from archive.search import labels
from archive.search.models import Document
from archive.search.preparing import prepare, remembered_prepare
from archive.search.staleness import doubt, remember_changes

INDEX = "search_index"
NEXT_INDEX = "search_index_next"
COLUMNS = ("position", "word_count", "is_long", "title", "authors", "words", "filters", "personal")
# The documents of eight days have a lexeme in common, those of 64, of 512 and of 4,096, so that the newest of a search
# can be asked for. The bits are those of a position that do not count: of the article, and the last of the day.
BAND = "_band"
BAND_BITS = (35, 38, 41, 44)
LONG = "_long"  # the lexeme of texts with too many others; they are looked through instead
LONGEST_LEXEME = 100  # characters that count of a token
MOST_LEXEMES = 800_000  # bytes; a tsvector holds 1 MB
CHECKED_AT_ONCE = WRITTEN_AT_ONCE = 100  # documents
TITLE_MARK, AUTHOR_MARK = "=", "@"  # before lexemes of one column: prepared text has neither
LEXEMES = "search_lexemes(position, title, authors, words, filters, personal, is_long)"

# Texts stand in the row itself, so that looking at one costs no look-up, and packed so that unpacking costs little.
_TEXTS = ("title", "authors", "words", "filters", "personal")
_TABLE = f"""
CREATE TABLE {{name}} (
    position bigint PRIMARY KEY, word_count integer NOT NULL, is_long boolean NOT NULL,
    {", ".join(f"{text} text NOT NULL" for text in _TEXTS)}
) WITH (toast_tuple_target = 256);
ALTER TABLE {{name}} {", ".join(f"ALTER {text} SET STORAGE MAIN, ALTER {text} SET STATISTICS 0" for text in _TEXTS)};
DO $$ BEGIN
    ALTER TABLE {{name}} {", ".join(f"ALTER {text} SET COMPRESSION lz4" for text in _TEXTS)};
EXCEPTION WHEN feature_not_supported THEN NULL;
END $$;
"""
_GIN = f"""
CREATE INDEX {{name}}_lexemes ON {{name}} USING gin ({LEXEMES}) WITH (gin_pending_list_limit = 1024);
ALTER INDEX {{name}}_lexemes ALTER COLUMN 1 SET STATISTICS 0;
"""
# Two letters that are tokens and stand side by side are a lexeme, too: words of scripts without spaces are found by it.
_LEXEMES = f"""
CREATE OR REPLACE FUNCTION search_lexemes(
    place bigint, title text, authors text, words text, filters text, personal text, is_long boolean
) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
DECLARE
    lexemes text[] := ARRAY[{", ".join(f"'{BAND}{bits}_' || (place >> {bits})" for bits in BAND_BITS)}];
    mark text;
    column_text text;
    tokens text[];
BEGIN
    FOR mark, column_text IN
        SELECT * FROM (VALUES ('', filters || personal), ('', title || authors || words), ('{TITLE_MARK}', title),
            ('{AUTHOR_MARK}', authors)) AS columns LIMIT CASE WHEN is_long THEN 1 END
    LOOP
        tokens := string_to_array(column_text, ' ');
        lexemes := lexemes
            || ARRAY(SELECT mark || left(token, {LONGEST_LEXEME}) FROM unnest(tokens) AS token WHERE token <> '')
            || ARRAY(
                SELECT mark || first || '+' || second FROM unnest(tokens, tokens[2:]) AS pair (first, second)
                WHERE octet_length(first) > 1 AND char_length(first) = 1
                AND octet_length(second) > 1 AND char_length(second) = 1
            );
    END LOOP;
    RETURN array_to_tsvector(array_remove(CASE WHEN is_long THEN lexemes || '{LONG}'::text ELSE lexemes END, '_'));
END $$;
"""
_NEW_VERSION = "floor(random() * (1::bigint << 62))"
_NEW_STATE = f"""
INSERT INTO search_state (id, version, documents) VALUES (1, {_NEW_VERSION}, greatest(0, {{change}}))
ON CONFLICT (id) DO UPDATE
SET version = excluded.version, documents = greatest(0, search_state.documents + {{change}});"""
_COUNT_LABELS = """
UPDATE search_label SET documents = greatest(0, search_label.documents {sign} counted.documents) FROM (
    SELECT line, count(*) AS documents FROM {table}, unnest(string_to_array(facets, E'\\n')) AS line GROUP BY line
) AS counted WHERE search_label.line = counted.line;"""
_ARCHIVE = (
    "articles_article", "articles_revision", "articles_author", "articles_authorship", "articles_publication",
    "taggit_tag", "taggit_taggeditem", "annotations_annotation", "reading_readingstate", "search_document",
)  # fmt: skip


def install(using: str) -> None:
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        if "personal" not in _columns(cursor, "search_document"):  # the latest to come, and the first to go
            cursor.execute(f"DROP TABLE IF EXISTS {INDEX}")
            return
        _sort_by_code_points(cursor)
        is_new = set(_columns(cursor, INDEX)) != set(COLUMNS)
        cursor.execute(_LEXEMES)
        if is_new:  # or made before it had all these columns: then the documents are there already
            cursor.execute(f"DROP TABLE IF EXISTS {INDEX}")
            cursor.execute(_TABLE.format(name=INDEX))
            cursor.execute(_GIN.format(name=INDEX))
            _insert(cursor, INDEX, (_row(document, text) for document, text in _documents(using)))
        _create_triggers(cursor)
    if is_new:
        doubt_all(using)


def remove(using: str) -> None:
    with transaction.atomic(using), connections[using].cursor() as cursor:
        _drop_triggers(cursor)


def doubt_all(using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(doubt("SELECT id FROM articles_article"))


def take_in(using: str, documents: Iterable[tuple[Document, str]]) -> None:
    rows = [_row(document, text) for document, text in documents]
    with connections[using].cursor() as cursor:
        _insert(cursor, INDEX, rows)
        cursor.execute("SELECT rebuilt_to FROM search_state WHERE rebuilt_to IS NOT NULL")
        if rows and (rebuilt_to := cursor.fetchone()):
            _insert(cursor, NEXT_INDEX, [row for row in rows if row[0] <= rebuilt_to[0]])


def begin_rebuild(using: str) -> None:
    with transaction.atomic(using), connections[using].cursor() as cursor:
        take_turn(using)
        cursor.execute(f"DROP TABLE IF EXISTS {NEXT_INDEX}")
        cursor.execute(_TABLE.format(name=NEXT_INDEX))
        cursor.execute(_NEW_STATE.format(change=0))
        cursor.execute("UPDATE search_state SET rebuilt_to = -1")
        _create_triggers(cursor)


def rebuild_some(using: str, count: int) -> int:
    with transaction.atomic(using), connections[using].cursor() as cursor:
        take_turn(using)
        cursor.execute("SELECT rebuilt_to FROM search_state")
        rows = [_row(document, text) for document, text in islice(_documents(using, cursor.fetchone()[0]), count)]
        if rows:
            _insert(cursor, NEXT_INDEX, rows)
            cursor.execute(f"UPDATE search_state SET rebuilt_to = {rows[-1][0]}")
        else:
            # Made at once it takes a quarter of the time, and less room; writers wait for it.
            cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
            cursor.execute(_GIN.format(name=NEXT_INDEX))
            _drop_triggers(cursor)
            cursor.execute(f"DROP TABLE {INDEX}")
            for kind, suffix in (("TABLE", ""), ("INDEX", "_lexemes"), ("INDEX", "_pkey")):
                cursor.execute(f"ALTER {kind} {NEXT_INDEX}{suffix} RENAME TO {INDEX}{suffix}")
            cursor.execute(f"UPDATE search_state SET rebuilt_to = NULL, version = {_NEW_VERSION}")
            _create_triggers(cursor)
    return len(rows)


def compact(using: str) -> bool:
    return False  # autovacuum does what there is to do


def recount(using: str) -> None:
    with transaction.atomic(using), connections[using].cursor() as cursor:
        take_turn(using)
        cursor.execute(_NEW_STATE.format(change=0))
        cursor.execute("UPDATE search_state SET documents = (SELECT count(*) FROM search_document)")
        cursor.execute("UPDATE search_label SET documents = 0 WHERE documents > 0")
        cursor.execute(_COUNT_LABELS.format(sign="+", table="search_document"))


def check(using: str) -> list[str]:
    columns = ", ".join(COLUMNS)
    sql = f"SELECT {columns}, {LEXEMES} @@ '{labels.EVERYTHING}' FROM {INDEX} WHERE position = ANY(%s)"
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {INDEX} WHERE position NOT IN (SELECT position FROM search_document)")
        wrong = int(cursor.fetchone()[0])
        documents = _documents(using)
        while some := list(islice(documents, CHECKED_AT_ONCE)):
            cursor.execute(sql, [[document.pk for document, _ in some]])
            wrong += len({(*_row(document, text), True) for document, text in some} - set(cursor.fetchall()))
    if not wrong:
        return []
    return [f"The index does not agree with the texts ({wrong} documents). `rebuild_search_index` makes it anew."]


def _documents(using: str, after: int = -1) -> Iterator[tuple[Document, str]]:
    """The documents after a position, with their texts."""
    documents = Document.objects.using(using).filter(pk__gt=after).order_by("pk").annotate(text=F("revision__text"))
    return ((document, document.text or "") for document in documents.iterator(CHECKED_AT_ONCE))


def _row(document: Document, text: str) -> tuple[object, ...]:
    """What the index keeps of a document. Each text has a space at both ends, so that every token has."""
    title = f" {prepare(document.title)} "
    authors = f" {labels.names(document.facets, labels.AUTHOR)} "
    parts = (
        prepare(document.description),
        labels.names(document.facets, labels.SITE),
        prepare(document.host),
        labels.names(document.facets, labels.TAG),
        remembered_prepare(text),
    )
    words = f" {labels.NAME_BOUNDARY.join(parts)} "
    filters = labels.filters(document.facets, document.host, document.language, document.path, document.has_images)
    return (
        document.pk,
        document.word_count,
        _is_long(words),
        title,
        authors,
        words,
        f" {filters} ",
        f" {document.personal} ",
    )


def _is_long(words: str) -> bool:
    """Whether these prepared texts have more lexemes than one document can."""
    if len(words) < MOST_LEXEMES // 8:
        return False
    tokens = words.split(" ")
    lexemes = {*tokens, *(f"{first}+{second}" for first, second in pairwise(tokens) if is_pair(first, second))}
    return sum(len(lexeme[:LONGEST_LEXEME].encode()) for lexeme in lexemes) > MOST_LEXEMES


def is_pair(first: str, second: str) -> bool:
    """Whether these two tokens side by side are a lexeme together."""
    return len(first) == len(second) == 1 and not first.isascii() and not second.isascii()


def _insert(cursor: Any, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    sql = f"INSERT INTO {table} ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"
    rows = iter(rows)
    while some := list(islice(rows, WRITTEN_AT_ONCE)):
        cursor.executemany(sql, some)


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


def _exists(cursor: Any, table: str) -> bool:
    cursor.execute("SELECT to_regclass(%s)", [table])
    return cursor.fetchone()[0] is not None


def _drop_triggers(cursor: Any) -> None:
    cursor.execute("SELECT proname FROM pg_proc WHERE prorettype = 'trigger'::regtype AND proname LIKE 'search\\_%%'")
    for (name,) in cursor.fetchall():
        cursor.execute(f"DROP FUNCTION {name} CASCADE")


def _create_triggers(cursor: Any) -> None:
    _drop_triggers(cursor)
    is_rebuilding = _exists(cursor, NEXT_INDEX)
    for number, (event, body) in enumerate(
        [*_take_turns(), *_keep_index(is_rebuilding), *remember_changes("IS DISTINCT FROM")]
    ):
        function = f"search_trigger_{number}()"
        cursor.execute(
            f"CREATE FUNCTION {function} RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$"
        )
        cursor.execute(f"CREATE TRIGGER search_{number} {event} EXECUTE FUNCTION {function}")


def _take_turns() -> Iterator[tuple[str, str]]:
    """What has every writer take the archive's lock, before any row."""
    for table in _ARCHIVE:
        yield f"BEFORE INSERT OR UPDATE OR DELETE ON {table}", f"PERFORM pg_advisory_xact_lock({LOCK});"


def _keep_index(is_rebuilding: bool) -> Iterator[tuple[str, str]]:
    """What takes out of the index what is gone or has a new text, and counts what there is."""
    tables = [INDEX, NEXT_INDEX] if is_rebuilding else [INDEX]

    def counted(sign: str) -> str:
        change = _NEW_STATE.format(change=f"{sign} (SELECT count(*) FROM changed)")
        return (
            f"IF EXISTS (SELECT FROM changed) THEN {change} {_COUNT_LABELS.format(sign=sign, table='changed')} END IF;"
        )

    yield "AFTER INSERT ON search_document REFERENCING NEW TABLE AS changed", counted("+")
    taken_out = "".join(f"DELETE FROM {table} WHERE position IN (SELECT position FROM changed);" for table in tables)
    yield "AFTER DELETE ON search_document REFERENCING OLD TABLE AS changed", counted("-") + taken_out
    yield "AFTER TRUNCATE ON search_document", f"TRUNCATE {', '.join(tables)};"
    yield (
        "BEFORE UPDATE ON search_document FOR EACH ROW",
        "RAISE EXCEPTION 'documents are replaced, not changed';",
    )
    yield (
        "AFTER UPDATE OF text ON articles_revision FOR EACH ROW WHEN (NEW.text IS DISTINCT FROM OLD.text)",
        "DELETE FROM search_document WHERE revision_id = NEW.id;",
    )
    yield "AFTER DELETE ON articles_revision FOR EACH ROW", "DELETE FROM search_document WHERE revision_id = OLD.id;"
    yield "AFTER DELETE ON articles_article FOR EACH ROW", "DELETE FROM search_document WHERE article_id = OLD.id;"
    yield (
        "AFTER UPDATE OF trashed_at ON articles_article FOR EACH ROW "
        "WHEN (NEW.trashed_at IS NOT NULL AND OLD.trashed_at IS NULL)",
        "DELETE FROM search_document WHERE article_id = NEW.id;",
    )
