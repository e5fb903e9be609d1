"""What the index on SQLite is: an FTS5 table without a copy of the texts, and the view that it is made from."""

import json
import sqlite3
from collections.abc import Callable

from archive.query.preparing import remembered_prepare
from archive.search import labels
from archive.search.sqlite import lengths

COLUMNS = ("title", "description", "authors", "site", "tags", "body", "filters", "personal")
INDEX = "search_index"
NEXT_INDEX = "search_index_next"
TERMS = "search_terms"  # the tokens of the index, in their order
INDEXED_PREFIX = 3  # letters

# All that parts tokens is gone from prepared text, and all letters are small; `_` is what labels are made with.
TABLE = f"""
CREATE VIRTUAL TABLE {{name}} USING fts5(
    {", ".join(COLUMNS)}, content='search_content', content_rowid='position', prefix='{INDEXED_PREFIX}',
    tokenize="ascii tokenchars '_'"
)"""
TERMS_TABLE = f"CREATE VIRTUAL TABLE IF NOT EXISTS {TERMS} USING fts5vocab({INDEX}, instance)"
VIEW = """
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


def add_functions(connection: sqlite3.Connection) -> None:
    """Give a new connection the functions that the view, the triggers and the ranking call."""
    functions: list[tuple[str, int, Callable[..., str | float]]] = [
        ("archive_prepare", 1, lambda text: remembered_prepare(text or "")),
        ("archive_names", 2, labels.names),
        ("archive_filters", 5, labels.filters),
        ("archive_scale", 3, lengths.scale),
        ("archive_lines", 1, lambda facets: json.dumps(facets.split("\n"))),
    ]
    for name, arguments, function in functions:
        connection.create_function(name, arguments, function, deterministic=True)
