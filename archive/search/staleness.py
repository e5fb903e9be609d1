"""What makes an article stale, so that it is to be indexed again: triggers, the same for every database.

They remember the article in `StaleArticle`; `index.refresh` looks at it then.
"""

from collections.abc import Iterator

_DOUBT = "INSERT INTO search_stalearticle (article_id) {articles} ON CONFLICT DO NOTHING;"
_IS_TAGGED = "content_type_id = (SELECT id FROM django_content_type WHERE app_label = '{}' AND model = '{}')"
_TAGGED = _IS_TAGGED.format("articles", "article")
_ANNOTATION_TAGGED = _IS_TAGGED.format("annotations", "annotation")
_INDEXED_FIELDS = (
    "title", "description", "publication_id", "published", "clipped", "language", "word_count", "revision_id",
    "trashed_at",
)  # fmt: skip
_ANNOTATION_FIELDS = ("article_id", "owner_id", "parent_id", "exact", "note", "visibility", "trashed_at")
_READING_FIELDS = ("position", "read_at", "starred_at")
_TAGGINGS = (("INSERT", "NEW"), ("DELETE", "OLD"), ("UPDATE", "NEW"), ("UPDATE", "OLD"))
_ROW = "FOR EACH ROW"

Trigger = tuple[str, str]  # when, and what is done then


def doubt(articles: str) -> str:
    """The statement that makes articles stale; `articles` is SQL that gives their ids."""
    return _DOUBT.format(articles=articles)


def remember_changes(differs: str) -> Iterator[Trigger]:
    """The triggers. `differs` is how a database says that two values, which may be null, are not the same."""
    yield _updated("articles_article", _INDEXED_FIELDS, differs), doubt("VALUES (NEW.id)")
    yield f"AFTER INSERT ON articles_article {_ROW}", doubt("VALUES (NEW.id)")
    yield f"AFTER UPDATE OF path, html, text ON articles_revision {_ROW}", doubt("VALUES (NEW.article_id)")
    yield f"AFTER INSERT ON articles_authorship {_ROW}", doubt("VALUES (NEW.article_id)")
    yield f"AFTER DELETE ON articles_authorship {_ROW}", doubt("VALUES (OLD.article_id)")
    yield f"AFTER UPDATE ON articles_authorship {_ROW}", doubt("VALUES (NEW.article_id), (OLD.article_id)")
    for event, row in _TAGGINGS:
        yield f"AFTER {event} ON taggit_taggeditem {_ROW}", doubt(f"SELECT {row}.object_id WHERE {row}.{_TAGGED}")
    yield (
        f"AFTER UPDATE OF name ON articles_author {_ROW}",
        doubt("SELECT article_id FROM articles_authorship WHERE author_id = NEW.id"),
    )
    yield (
        f"AFTER UPDATE OF name, host ON articles_publication {_ROW}",
        doubt("SELECT id FROM articles_article WHERE publication_id = NEW.id"),
    )
    yield (
        f"AFTER UPDATE OF name ON taggit_tag {_ROW}",
        doubt(f"SELECT object_id FROM taggit_taggeditem WHERE tag_id = NEW.id AND {_TAGGED}"),
    )
    yield from _remember_personal_changes(differs)


def _remember_personal_changes(differs: str) -> Iterator[Trigger]:
    """When a reader's notes, highlights or marks change."""
    yield f"AFTER INSERT ON annotations_annotation {_ROW}", doubt("VALUES (NEW.article_id)")
    yield f"AFTER DELETE ON annotations_annotation {_ROW}", doubt("VALUES (OLD.article_id)")
    yield (
        _updated("annotations_annotation", _ANNOTATION_FIELDS, differs),
        doubt("VALUES (NEW.article_id), (OLD.article_id)"),
    )
    for event, row in _TAGGINGS:
        annotated = f"SELECT article_id FROM annotations_annotation WHERE id = {row}.object_id"
        yield f"AFTER {event} ON taggit_taggeditem {_ROW}", doubt(f"{annotated} AND {row}.{_ANNOTATION_TAGGED}")
    yield (
        f"AFTER UPDATE OF name ON taggit_tag {_ROW}",
        doubt(
            "SELECT article_id FROM annotations_annotation JOIN taggit_taggeditem AS tagged "
            f"ON tagged.object_id = annotations_annotation.id WHERE tag_id = NEW.id AND tagged.{_ANNOTATION_TAGGED}"
        ),
    )
    # That there is a mark is indexed, not which: a position moves with every page that is read.
    changed = " OR ".join(f"(NEW.{field} IS NULL) <> (OLD.{field} IS NULL)" for field in _READING_FIELDS)
    yield f"AFTER INSERT ON reading_readingstate {_ROW}", doubt("VALUES (NEW.article_id)")
    yield f"AFTER DELETE ON reading_readingstate {_ROW}", doubt("VALUES (OLD.article_id)")
    yield f"AFTER UPDATE ON reading_readingstate {_ROW} WHEN ({changed})", doubt("VALUES (NEW.article_id)")


def _updated(table: str, fields: tuple[str, ...], differs: str) -> str:
    changed = " OR ".join(f"NEW.{field} {differs} OLD.{field}" for field in fields)
    return f"AFTER UPDATE OF {', '.join(fields)} ON {table} {_ROW} WHEN ({changed})"
