"""The query plans of the notebook's lists."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.annotations.listing import Asked, find
from tests.databases import execute, only_sqlite


@only_sqlite
@pytest.mark.parametrize("asked", [Asked(publication="Lamp News"), Asked(article=3)])
def test_few_are_found_without_going_through_all(db, django_user_model, asked):
    with CaptureQueriesContext(connection) as context:
        find(django_user_model.objects.create_user("ada"), asked)
    (sql,) = [each["sql"] for each in context.captured_queries if "LIMIT 3001" in each["sql"]]
    plan = [step[3] for step in execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert any(step.startswith("SEARCH annotations_annotation USING INDEX") for step in plan), plan
