"""The tags of many things, read with one query."""

from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.articles.models import Article
from archive.articles.tagging import tag_names, taggings
from tests.databases import execute, only_sqlite
from tests.factories import article

pytestmark = pytest.mark.django_db


def test_names_come_in_the_order_in_which_they_were_given():
    made = [article(tags=tags) for tags in (("b", "a"), ("c", "b"), ())]
    ids = [each.pk for each in reversed(made)]
    assert tag_names(Article, ids) == {made[0].pk: ["b", "a"], made[1].pk: ["c", "b"]}
    assert {pk: [name for _, _, name in each] for pk, each in taggings(ids).items()} == tag_names(Article, ids)


@only_sqlite
@pytest.mark.parametrize("read", [taggings, partial(tag_names, Article)])
def test_only_the_tags_of_those_are_looked_at_however_many_there_are(read):
    with CaptureQueriesContext(connection) as context:
        read([1, 2, 3])
    (sql,) = [each["sql"] for each in context.captured_queries if "taggit_taggeditem" in each["sql"]]
    plan = [step[3] for step in execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert "(content_type_id=? AND object_id=?)" in plan[0], plan
