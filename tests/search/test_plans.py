"""How the databases go about the main queries: nothing sorts, nothing scans what it need not."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.articles.models import Article
from archive.query import parse
from archive.search.engine import Order
from archive.search.engines import engine
from archive.search.listing import find
from archive.search.sqlite import engine as sqlite
from archive.search.sqlite import query
from tests.databases import IS_POSTGRESQL, execute, only_postgresql, only_sqlite

pytestmark = pytest.mark.django_db
# How the query that finds a page's articles ends.
PAGE = "LIMIT 26) FROM span" if IS_POSTGRESQL else "LIMIT 26"
PAGE_OF_ALL = "LIMIT 26)" if IS_POSTGRESQL else PAGE
BY_LENGTH = "SEARCH document USING COVERING INDEX document_by_length (word_count>? AND word_count<?)"


def asked(text: str, *ends: str) -> str:
    """The query that finds a page's articles."""
    with CaptureQueriesContext(connection) as context:
        find(parse(text))
    return next(query["sql"] for query in context.captured_queries if query["sql"].endswith(ends))


@only_sqlite
@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("", ["SCAN document"]),
        ("year:2024", ["SEARCH document USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"]),
        ("peace sort:published", ["SCAN search_index VIRTUAL TABLE INDEX"]),
        ("tag:a year:2024", ["SCAN search_index VIRTUAL TABLE INDEX"]),
        ("tag:a words:>5", ["SCAN search_index VIRTUAL TABLE INDEX", "LIST SUBQUERY", BY_LENGTH]),
        ("sort:title", ["SCAN document USING COVERING INDEX document_by_title"]),
        ("sort:clipped", ["SCAN document USING COVERING INDEX document_by_clipped"]),
        ("sort:-length", ["SCAN document USING COVERING INDEX document_by_length"]),
    ],
)
def test_plans(shelf: dict[str, Article], text: str, steps: list[str]) -> None:
    found = [step[3] for step in execute(f"EXPLAIN QUERY PLAN {asked(text, PAGE)}")]
    assert len(found) == len(steps)
    assert all(step.startswith(start) for step, start in zip(found, steps, strict=True)), found


@only_postgresql
@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("", "search_document_pkey"),
        ("year:2024", "search_document_pkey"),
        ("peace sort:published", "search_index_lexemes"),
        ("pea* sort:published", "search_index_pkey"),
        ("tag:a year:2024", "search_index_lexemes"),
        ("tag:a words:>5", "search_index_lexemes"),
        ("words:>5 sort:published", "search_index_lexemes"),
        ("sort:title", "document_by_title"),
        ("sort:clipped", "document_by_clipped"),
        ("sort:-length", "document_by_length"),
    ],
)
def test_indexes(shelf: dict[str, Article], text: str, index: str) -> None:
    sql = asked(text, PAGE, PAGE_OF_ALL, "LIMIT 26")
    execute("SET LOCAL enable_seqscan = off")  # as it would be with more articles than these
    if "lexemes" not in index:  # of so few, sorting is as cheap
        execute("SET LOCAL enable_bitmapscan = off")
    plan = "\n".join(step for (step,) in execute(f"EXPLAIN {sql}"))
    assert f" {index}" in plan, plan
    assert "Seq Scan" not in plan.replace("Seq Scan on next", ""), plan
    assert "Sort Key" not in plan or index.startswith("search_index"), plan  # what the index of the search finds


@pytest.mark.parametrize(
    "text",
    [
        "before:2015 OR peace",
        "(before:2015 OR peace) tag:a",
        "(before:2015 OR tag:a peace OR on:2020) -energy",
        "-(before:2015 OR peace)",
        "-on:2015",
        "(before:2015 OR peace) (year:2016 OR after:2020 OR winter)",
    ],
)
def test_of_alternatives_each_is_looked_for_by_itself(shelf: dict[str, Article], text: str) -> None:
    with CaptureQueriesContext(connection) as context:
        find(parse(f"{text} sort:published"))
    queries = [each["sql"] for each in context.captured_queries if "LIMIT 26" in each["sql"]]
    assert len(queries) > 1
    for sql in queries:
        if IS_POSTGRESQL:
            execute("SET LOCAL enable_seqscan = off")  # as it would be with more articles than these
            plan = "\n".join(step for (step,) in execute(f"EXPLAIN {sql}"))
            assert "search_index_lexemes" in plan or 'Index Cond: (("position" >=' in plan, plan
        else:
            first = execute(f"EXPLAIN QUERY PLAN {sql}")[0][3]
            assert first.startswith(
                ("SCAN search_index VIRTUAL TABLE INDEX", "SEARCH document USING INTEGER PRIMARY")
            ), sql


@only_sqlite
def test_where_many_have_a_word_the_length_is_looked_up_for_each(
    shelf: dict[str, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "MOST_LOOKED_UP", 1)
    found = execute(f"EXPLAIN QUERY PLAN {asked('tag:energy words:>5', PAGE)}")
    index_first, by_position = [step[3] for step in found]
    assert index_first.startswith("SCAN search_index VIRTUAL TABLE INDEX")
    assert by_position.startswith("SEARCH document USING INTEGER PRIMARY KEY")


@only_sqlite
@pytest.mark.parametrize("is_found", [True, False])
def test_a_page_of_many_is_looked_for_in_the_order_before_all_are_sorted(
    shelf: dict[str, Article], monkeypatch: pytest.MonkeyPatch, is_found: bool
) -> None:
    monkeypatch.setattr(sqlite, "MOST_SORTED", 2)
    monkeypatch.setattr(sqlite, "WALKED", 5 if is_found else 0)
    peace, order = engine().select(parse("peace").node, {}), Order("title_key", is_descending=False)
    with CaptureQueriesContext(connection) as context:
        first, second = engine().page(peace, order, None, 2)
    assert first[0] < second[0]
    assert len(context.captured_queries) == (2 if is_found else 3)
    [following] = engine().page(peace, order, first, 1)
    assert following == second
