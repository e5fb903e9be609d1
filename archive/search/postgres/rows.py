"""The rows of the index on PostgreSQL: what it keeps of a document."""

from collections.abc import Iterable
from itertools import islice, pairwise
from typing import Any

from archive.query.preparing import prepare, remembered_prepare
from archive.search import labels
from archive.search.models import Document
from archive.search.postgres.tables import COLUMNS, LONGEST_LEXEME, is_pair, pair_lexeme

MOST_LEXEMES = 800_000  # bytes; a tsvector holds 1 MB
WRITTEN_AT_ONCE = 100  # documents


def row_of(document: Document, text: str) -> tuple[object, ...]:
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
    lexemes = {*tokens, *(pair_lexeme(first, second) for first, second in pairwise(tokens) if is_pair(first, second))}
    return sum(len(lexeme[:LONGEST_LEXEME].encode()) for lexeme in lexemes) > MOST_LEXEMES


def insert(cursor: Any, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    sql = f"INSERT INTO {table} ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"
    rows = iter(rows)
    while some := list(islice(rows, WRITTEN_AT_ONCE)):
        cursor.executemany(sql, some)
