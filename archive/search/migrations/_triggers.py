"""The triggers that note what changed, in SQL of either database.

They are taken away before migrations run and come back after them, because SQLite cannot alter a table that a trigger
names. On PostgreSQL they also have every writer take the archive's lock before its first row: so changes are committed
in the order of their numbers, and an index that holds one holds all before it.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connections, transaction

from archive.articles.turns import LOCK

Trigger = tuple[str, str]  # when, and what is done then

_ARTICLES, _ANNOTATIONS = "search_articlechange", "search_annotationchange"
_IS_TAGGED = "content_type_id = (SELECT id FROM django_content_type WHERE app_label = '{}' AND model = '{}')"
_TAGGED = _IS_TAGGED.format("articles", "article")
_ANNOTATION_TAGGED = _IS_TAGGED.format("annotations", "annotation")
_ARTICLE_FIELDS = (
    *("title", "description", "publication_id", "published", "clipped", "language", "word_count", "revision_id"),
    "trashed_at",
)
_ANNOTATION_FIELDS = (
    *("article_id", "owner_id", "parent_id", "exact", "image_alt", "note", "visibility", "trashed_at"),
)
_ROW = "FOR EACH ROW"
_TAGGINGS = (("INSERT", "NEW"), ("DELETE", "OLD"), ("UPDATE", "NEW"), ("UPDATE", "OLD"))
_LOCKED = (
    *("articles_article", "articles_revision", "articles_author", "articles_authorship", "articles_publication"),
    *("taggit_tag", "taggit_taggeditem", "annotations_annotation", "reading_readingstate"),
)


def install(using: str) -> bool:
    """Make the triggers, if their tables are there. Returns whether they are."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if not {_ARTICLES, _ANNOTATIONS} <= tables:
        return False
    with transaction.atomic(using), connection.cursor() as cursor:
        remove(using)
        is_postgresql = connection.vendor == "postgresql"
        for number, (event, body) in enumerate(_take_turns() if is_postgresql else ()):
            _create(cursor, f"search_turn_{number}", event, body, is_postgresql)
        for number, (event, body) in enumerate(_note_changes(is_postgresql)):
            _create(cursor, f"search_change_{number}", event, body, is_postgresql)
    return True


def remove(using: str) -> None:
    """Take them away, so that tables can be altered."""
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT proname FROM pg_proc WHERE prorettype = 'trigger'::regtype AND proname LIKE 'search\\_%%'"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP FUNCTION {name} CASCADE")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'search\\_%%' ESCAPE '\\'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")


def _create(cursor: Any, name: str, event: str, body: str, is_postgresql: bool) -> None:
    if not is_postgresql:
        cursor.execute(f"CREATE TRIGGER {name} {event} BEGIN {body} END")
        return
    cursor.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$")
    cursor.execute(f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION {name}()")


def _take_turns() -> Iterator[Trigger]:
    for table in _LOCKED:
        yield f"BEFORE INSERT OR UPDATE OR DELETE ON {table}", f"PERFORM pg_advisory_xact_lock({LOCK});"


def _note_changes(is_postgresql: bool) -> Iterator[Trigger]:
    """The triggers; each writes a row for every object that a statement changed."""
    differs = "IS DISTINCT FROM" if is_postgresql else "IS NOT"
    token = "floor(random() * (1::bigint << 62))::bigint" if is_postgresql else "(random() & 0x3fffffffffffffff)"

    def note(table: str, ids: str) -> str:
        return f"INSERT INTO {table} (token, object_id) SELECT {token}, id FROM ({ids}) AS changed;"

    def updated(table: str, fields: tuple[str, ...]) -> str:
        changed = " OR ".join(f"NEW.{field} {differs} OLD.{field}" for field in fields)
        return f"AFTER UPDATE OF {', '.join(fields)} ON {table} {_ROW} WHEN ({changed})"

    def article(ids: str) -> str:
        return note(_ARTICLES, ids)

    def annotation(ids: str) -> str:
        return note(_ANNOTATIONS, ids)

    yield f"AFTER INSERT ON articles_article {_ROW}", article("SELECT NEW.id AS id")
    yield f"AFTER DELETE ON articles_article {_ROW}", article("SELECT OLD.id AS id")
    yield updated("articles_article", _ARTICLE_FIELDS), article("SELECT NEW.id AS id")
    yield updated("articles_revision", ("path", "html", "text")), article("SELECT NEW.article_id AS id")
    yield f"AFTER DELETE ON articles_revision {_ROW}", article("SELECT OLD.article_id AS id")
    yield f"AFTER INSERT ON articles_authorship {_ROW}", article("SELECT NEW.article_id AS id")
    yield f"AFTER DELETE ON articles_authorship {_ROW}", article("SELECT OLD.article_id AS id")
    both = "SELECT NEW.article_id AS id UNION SELECT OLD.article_id AS id"
    yield f"AFTER UPDATE ON articles_authorship {_ROW}", article(both)
    yield (
        updated("articles_author", ("name",)),
        article("SELECT article_id AS id FROM articles_authorship WHERE author_id = NEW.id"),
    )
    yield (
        updated("articles_publication", ("name", "host")),
        article("SELECT id FROM articles_article WHERE publication_id = NEW.id"),
    )
    yield f"AFTER INSERT ON annotations_annotation {_ROW}", annotation("SELECT NEW.id AS id")
    yield f"AFTER DELETE ON annotations_annotation {_ROW}", annotation("SELECT OLD.id AS id")
    # Who sees an answer depends on what it answers.
    with_answers = "SELECT NEW.id AS id UNION ALL SELECT id FROM annotations_annotation WHERE parent_id = NEW.id"
    yield updated("annotations_annotation", _ANNOTATION_FIELDS), annotation(with_answers)
    for event, row in _TAGGINGS:
        when = f"AFTER {event} ON taggit_taggeditem {_ROW}"
        yield when, article(f"SELECT {row}.object_id AS id WHERE {row}.{_TAGGED}")
        yield when, annotation(f"SELECT {row}.object_id AS id WHERE {row}.{_ANNOTATION_TAGGED}")
    tagged = "SELECT object_id AS id FROM taggit_taggeditem WHERE tag_id = NEW.id AND "
    yield updated("taggit_tag", ("name",)), article(tagged + _TAGGED)
    yield updated("taggit_tag", ("name",)), annotation(tagged + _ANNOTATION_TAGGED)
