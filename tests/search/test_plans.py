"""How SQLite goes about the main queries: nothing sorts, nothing scans what it need not."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.articles.models import Article
from archive.query import parse
from archive.search.listing import find

pytestmark = pytest.mark.django_db
PAGE = "LIMIT 26"


def plan(text: str) -> list[str]:
    """The steps of the query that finds a page's articles."""
    with CaptureQueriesContext(
        connection,
    ) as context:
        find(parse(text))
    sql = next(query["sql"] for query in context.captured_queries if query["sql"].endswith(PAGE))
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [step[3] for step in cursor.fetchall()]


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("", ["SCAN document"]),
        ("year:2024", ["SEARCH document USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"]),
        ("peace sort:published", ["SCAN search_index VIRTUAL TABLE INDEX"]),
        ("tag:a year:2024", ["SCAN search_index VIRTUAL TABLE INDEX"]),
        ("tag:a words:>5", ["SCAN search_index VIRTUAL TABLE INDEX", "SEARCH document USING INTEGER PRIMARY KEY"]),
        ("sort:title", ["SCAN document USING COVERING INDEX document_by_title"]),
        ("sort:clipped", ["SCAN document USING COVERING INDEX document_by_clipped"]),
        ("sort:-length", ["SCAN document USING COVERING INDEX document_by_length"]),
    ],
)
def test_plans(shelf: dict[str, Article], text: str, steps: list[str]) -> None:
    found = plan(text)
    assert len(found) == len(steps)
    assert all(step.startswith(start) for step, start in zip(found, steps, strict=True)), found
