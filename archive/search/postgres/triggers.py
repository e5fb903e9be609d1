"""The triggers that keep the index on PostgreSQL: writers take turns; what is gone or new is counted and taken out."""

from collections.abc import Iterator
from typing import Any

from archive.articles.turns import LOCK
from archive.search.postgres.tables import INDEX, NEXT_INDEX
from archive.search.staleness import remember_changes

NEW_VERSION = "floor(random() * (1::bigint << 62))"
NEW_STATE = f"""
INSERT INTO search_state (id, version, documents) VALUES (1, {NEW_VERSION}, greatest(0, {{change}}))
ON CONFLICT (id) DO UPDATE
SET version = excluded.version, documents = greatest(0, search_state.documents + {{change}});"""
COUNT_LABELS = """
UPDATE search_label SET documents = greatest(0, search_label.documents {sign} counted.documents) FROM (
    SELECT line, count(*) AS documents FROM {table}, unnest(string_to_array(facets, E'\\n')) AS line GROUP BY line
) AS counted WHERE search_label.line = counted.line;"""
_ARCHIVE = (
    "articles_article", "articles_revision", "articles_author", "articles_authorship", "articles_publication",
    "taggit_tag", "taggit_taggeditem", "annotations_annotation", "reading_readingstate", "search_document",
)  # fmt: skip


def drop(cursor: Any) -> None:
    cursor.execute("SELECT proname FROM pg_proc WHERE prorettype = 'trigger'::regtype AND proname LIKE 'search\\_%%'")
    for (name,) in cursor.fetchall():
        cursor.execute(f"DROP FUNCTION {name} CASCADE")


def create(cursor: Any) -> None:
    drop(cursor)
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
        change = NEW_STATE.format(change=f"{sign} (SELECT count(*) FROM changed)")
        return (
            f"IF EXISTS (SELECT FROM changed) THEN {change} {COUNT_LABELS.format(sign=sign, table='changed')} END IF;"
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


def _exists(cursor: Any, table: str) -> bool:
    cursor.execute("SELECT to_regclass(%s)", [table])
    return cursor.fetchone()[0] is not None
