"""The tags of many objects, read with one query."""

from functools import partial
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from taggit.models import Tag

from archive.annotations.models import Annotation
from archive.articles import tagging
from archive.articles.models import Article
from archive.articles.tagging import tag_names, taggings
from tests.databases import execute, only_sqlite
from tests.factories import annotation, article

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


def test_tags_of_an_archive_from_before_that_are_one_are_merged(django_user_model):
    composed, parts, small, alone = (
        Tag.objects.create(name=name, slug=str(number))
        for number, name in enumerate(("\u00d6konomie", "O\u0308konomie", "\u00f6konomie", "cafe\u0301"))
    )
    made = [article(tags=("sea",)) for _ in range(4)]
    first, second, third, fourth = (each.pk for each in made)
    pairs = [(first, composed), (first, parts), (second, parts), (third, parts), (third, small), (fourth, alone)]
    tagging.give((pk, tag.pk) for pk, tag in pairs)
    note = annotation(made[0], django_user_model.objects.create_user("reader"), note="words", tags=("sea",))
    note.tags.add(small)
    merge = import_module("archive.articles.migrations.0007_one_tag").merge
    for _ in range(2):
        merge(apps, SimpleNamespace(connection=connection))
        names = tag_names(Article, [first, second, third, fourth])
        assert {pk: set(each) for pk, each in names.items()} == {
            first: {"sea", "\u00d6konomie"},
            second: {"sea", "\u00d6konomie"},
            third: {"sea", "\u00d6konomie"},
            fourth: {"sea", "caf\u00e9"},
        }
        assert all(len(each) == 2 for each in names.values()), "each once"
        assert set(tag_names(Annotation, [note.pk])[note.pk]) == {"sea", "\u00d6konomie"}
        assert set(Tag.objects.values_list("pk", "name")) == {
            (parts.pk, "\u00d6konomie"),
            (alone.pk, "caf\u00e9"),
            (Tag.objects.get(name="sea").pk, "sea"),
        }, "the one that most are tagged with"
