"""The triggers that carry what is written, by whomever, into the index on SQLite."""

from collections.abc import Iterator
from typing import Any

from archive.search.sqlite.tables import COLUMNS, INDEX, NEXT_INDEX
from archive.search.staleness import remember_changes

TAKE_IN = f"""
INSERT INTO {{table}} (rowid, {", ".join(COLUMNS)})
SELECT position, {", ".join(COLUMNS)} FROM search_content WHERE {{which}};"""
TAKE_OUT = f"""
INSERT INTO {{table}} ({{table}}, rowid, {", ".join(COLUMNS)})
SELECT 'delete', position, {", ".join(COLUMNS)} FROM search_content WHERE {{which}};"""
NEW_STATE = """
INSERT INTO search_state (id, version, documents) VALUES (1, random(), max(0, {change}))
ON CONFLICT (id) DO UPDATE SET version = excluded.version, documents = max(0, documents + {change});"""
COUNT_LABELS = """
UPDATE search_label SET documents = max(0, documents {change}) WHERE line IN (
    SELECT value FROM json_each(archive_lines({row}.facets)));"""


def drop(cursor: Any) -> None:
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'search\\_%%' ESCAPE '\\'")
    for (name,) in cursor.fetchall():
        cursor.execute(f"DROP TRIGGER {name}")


def create(cursor: Any) -> None:
    drop(cursor)
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
        each_table(TAKE_IN, "position = NEW.position")
        + NEW_STATE.format(change="+1")
        + COUNT_LABELS.format(change="+ 1", row="NEW"),
    )
    yield (
        "BEFORE DELETE ON search_document",
        each_table(TAKE_OUT, "position = OLD.position")
        + NEW_STATE.format(change="-1")
        + COUNT_LABELS.format(change="- 1", row="OLD"),
    )
    yield "BEFORE UPDATE ON search_document", "SELECT RAISE(ABORT, 'documents are replaced, not changed');"

    new_text = "UPDATE OF text ON articles_revision WHEN NEW.text IS NOT OLD.text"
    yield f"BEFORE {new_text}", each_table(TAKE_OUT, "revision_id = OLD.id")
    yield f"AFTER {new_text}", each_table(TAKE_IN, "revision_id = NEW.id")
    # What is gone leaves the index at once, while its text is still there to be taken out.
    yield "BEFORE DELETE ON articles_revision", "DELETE FROM search_document WHERE revision_id = OLD.id;"
    yield "BEFORE DELETE ON articles_article", "DELETE FROM search_document WHERE article_id = OLD.id;"
    yield (
        "AFTER UPDATE OF trashed_at ON articles_article WHEN NEW.trashed_at IS NOT NULL AND OLD.trashed_at IS NULL",
        "DELETE FROM search_document WHERE article_id = NEW.id;",
    )


def _exists(cursor: Any, table: str) -> bool:
    cursor.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = %s", [table])
    return cursor.fetchone() is not None
