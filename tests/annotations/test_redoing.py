"""Redoing what was undone: in which order, and when it is no longer possible."""

from datetime import timedelta

import pytest
from django.utils import timezone

from archive.accounts.refusing import Refused
from archive.anchoring import Selector
from archive.annotations import bulk, writing
from archive.annotations.history import last_change, last_undone, redo, undo
from archive.annotations.models import Annotation, Change
from tests.factories import article as make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def highlight(reader):
    return writing.annotate(reader, make_article(text="The keeper writes it down."), Selector("keeper"))


CHANGES = {
    "note": lambda reader, made: writing.edit(reader, made, version=1, note="x"),
    "colour": lambda reader, made: writing.recolour(reader, made, "blue"),
    "tags": lambda reader, made: writing.edit(reader, made, version=1, tags=["a"]),
    "trash": lambda reader, made: writing.trash(reader, made),
    "many": lambda reader, made: bulk.change_many(reader, Annotation.objects.all(), colour="red", add_tags=["b"]),
}


def state():
    fields = ("note", "colour", "visibility", "motivation", "trashed_at", "exact", "start", "status")
    return [(*values, sorted(made.tags.names())) for made in Annotation.objects.order_by("pk")
            for values in Annotation.objects.filter(pk=made.pk).values_list(*fields)]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_can_be_redone(reader, highlight, change):
    before = state()
    change(reader, highlight)
    after = state()
    assert after != before
    undo(reader, last_change(reader))
    assert state() == before
    redo(reader, last_undone(reader))
    assert state() == after
    assert last_undone(reader) is None
    undo(reader, last_change(reader))
    assert state() == before


def test_its_making_is_redone_by_taking_it_out_of_the_trash(reader, highlight):
    undo(reader, last_change(reader))
    assert Annotation.objects.get().trashed_at is not None
    redo(reader, last_undone(reader))
    assert Annotation.objects.get().trashed_at is None


def test_several_are_redone_in_the_order_in_which_they_were_made(reader, highlight):
    for version, note in enumerate(("one", "two", "three"), 1):
        writing.edit(reader, highlight, version=version, note=note)
    for _ in range(3):
        undo(reader, last_change(reader))
    for expected in ("one", "two", "three"):
        redo(reader, last_undone(reader))
        assert Annotation.objects.get().note == expected
    assert last_undone(reader) is None


def test_after_another_change_there_is_nothing_to_redo(reader, highlight):
    writing.edit(reader, highlight, version=1, note="one")
    undone = last_change(reader)
    undo(reader, undone)
    writing.recolour(reader, highlight, "blue")
    assert last_undone(reader) is None
    assert Annotation.objects.get().note == ""


def test_another_article_s_changes_do_not_matter_where_one_is_named(reader, highlight):
    undo(reader, last_change(reader))
    writing.annotate(reader, make_article(text="Other words."), Selector("Other"))
    assert last_undone(reader) is None
    assert last_undone(reader, highlight.article).annotation == highlight


def test_what_was_changed_since_is_not_overwritten(reader, highlight):
    writing.edit(reader, highlight, version=1, note="one")
    change = last_change(reader)
    undo(reader, change)
    writing.edit(reader, highlight, version=3, note="another")
    with pytest.raises(Refused, match="changed since"):
        redo(reader, change)
    assert Annotation.objects.get().note == "another"


def test_twice_is_refused_and_so_is_what_was_not_undone_or_is_old(reader, highlight):
    writing.edit(reader, highlight, version=1, note="one")
    change = last_change(reader)
    with pytest.raises(Refused):
        redo(reader, change)
    undo(reader, change)
    redo(reader, change)
    with pytest.raises(Refused):
        redo(reader, change)
    undo(reader, change)
    Change.objects.update(made_at=timezone.now() - timedelta(days=31))
    assert last_undone(reader) is None
    with pytest.raises(Refused):
        redo(reader, change)


def test_it_is_its_owner_s_alone(reader, neighbour, highlight):
    change = last_change(reader)
    undo(reader, change)
    assert last_undone(neighbour) is None
    with pytest.raises(Annotation.DoesNotExist):
        redo(neighbour, change)
