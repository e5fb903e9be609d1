"""The labels of the whole archive and how many documents have each, kept ready in `Label`."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from django.db import DEFAULT_DB_ALIAS, connections

from archive.query.preparing import prepare
from archive.search import labels
from archive.search.engines import schema
from archive.search.models import Document, Label
from archive.search.stemming import Vocabulary

ROWS_REMEMBERED = 20_000  # about 10 MB

_ADD = f"""
INSERT INTO {Label._meta.db_table} (line, kind, token, above, words, documents) VALUES (%s, %s, %s, %s, %s, 0)
ON CONFLICT DO NOTHING"""


def add(documents: Iterable[Document]) -> None:
    """Make room for the labels of these documents, before they are written: their numbers come with them."""
    _add({line for document in documents for line in document.facets.split("\n") if line}, DEFAULT_DB_ALIAS)


def recount(using: str = DEFAULT_DB_ALIAS) -> None:
    """Count the documents and their labels anew, which else the database keeps. Their words are known from then on."""
    lines = set(chain.from_iterable(_lines(using)))
    _add(lines, using)
    Vocabulary(using).add(prepare(line[1:]) for line in lines if line[0] in (labels.TAG, labels.AUTHOR, labels.SITE))
    schema(using).recount(using)


def drifted() -> list[str]:
    """The lines of labels whose number is not that of the documents that have them."""
    true = Counter(chain.from_iterable(_lines(DEFAULT_DB_ALIAS)))
    kept = dict(Label.objects.exclude(documents=0).values_list("line", "documents"))
    return sorted(line for line in true.keys() | kept.keys() if true[line] != kept.get(line, 0))


def _lines(using: str) -> Iterator[list[str]]:
    """The labels of each document."""
    documents = Document.objects.using(using).order_by().exclude(facets="")
    return (facets.split("\n") for facets in documents.values_list("facets", flat=True).iterator())


def _add(lines: Iterable[str], using: str) -> None:
    with connections[using].cursor() as cursor:  # in order, so that two writers never wait for each other
        cursor.executemany(_ADD, [_row(line) for line in sorted(lines)])


@lru_cache(maxsize=ROWS_REMEMBERED)
def _row(line: str) -> tuple[str, str, str, str, str]:
    kind, label = line[0], line[1:]
    token = labels.token(kind, label)
    above = labels.tags_above(label)[-1:] if token.startswith(f"_{labels.TAG}_") else []
    return line, token[1], token, labels.token(labels.TAG, above[0]) if above else "", f" {prepare(label)}"
