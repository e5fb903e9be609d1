"""Bulk changes to search results, batch by batch, and undoing exactly what they did."""

import pytest
from django.utils import timezone

from archive.accounts.refusing import Refused
from archive.articles.models import Article
from archive.curating import bulk_changes as verbs
from archive.curating.models import BulkChange, Portion, Stage, Verb
from archive.query import parse
from archive.reading import marking
from archive.reading.models import ReadingState
from archive.search import index, listing
from tests.factories import article


@pytest.fixture(autouse=True)
def _small_portions(monkeypatch):
    monkeypatch.setattr(verbs, "SIZE", 2)


@pytest.fixture
def keeper(db, django_user_model):
    return django_user_model.objects.create_superuser("keeper", password="a long password")


@pytest.fixture
def other(db, django_user_model):
    return django_user_model.objects.create_superuser("other", password="a long password")


@pytest.fixture
def boats(db):
    """Five results, of which the first has a tag, the second a star, the third both; one article is not a result."""
    made = [article(text="A boat.", tags=("Sea", "old") if n in (0, 2) else ("old",)) for n in range(5)]
    article(text="Bread.", tags=("old",))
    index.refresh()
    return made


def state(person):
    """Everything that a bulk change may touch."""
    return (
        [
            (each.pk, sorted(each.tags.names()), each.edited_fields, each.trashed_at)
            for each in Article.objects.order_by("pk")
        ],
        list(
            ReadingState.objects.filter(owner=person.pk)
            .exclude(starred_at=None, read_at=None, position=None)
            .order_by("article_id")
            .values_list("article_id", "starred_at", "read_at", "position")
        ),
    )


def found(search, person):
    return {row.article.pk for row in listing.find(parse(search), reader=person.pk).rows}


def change(person, verb, *tags, search="boat"):
    return verbs.work(person, verbs.begin(person, verb, parse(search).node, tags=tags).pk, seconds=60)


def undo(person, made):
    verbs.begin_undo(person, made.pk)
    return verbs.work(person, made.pk, seconds=60)


@pytest.mark.parametrize(
    ("verb", "tags", "search", "changed"),
    [
        (Verb.TAG, ("sea", "new"), "tag:new boat", 5),
        (Verb.TAG, ("SEA",), "tag:sea boat", 3),
        (Verb.UNTAG, ("sea",), "-tag:sea boat", 2),
        (Verb.UNTAG, ("old", "none"), "-tag:old boat", 5),
        (Verb.STAR, (), "is:starred boat", 3),
        (Verb.UNSTAR, (), "-is:starred boat", 2),
        (Verb.READ, (), "is:read boat", 4),
        (Verb.UNREAD, (), "is:unread boat", 2),
        (Verb.TRASH, (), "", 5),
    ],
)
def test_it_is_done_to_all_that_is_found_and_taken_back_exactly(keeper, boats, verb, tags, search, changed):
    marking.star(keeper, [boats[1].pk, boats[2].pk])
    marking.mark_read(keeper, [boats[2].pk])
    marking.keep_place(keeper, boats[3].pk, 3)
    index.refresh()
    before = state(keeper)
    made = change(keeper, verb, *tags)
    assert (made.stage, made.total, made.done, made.changed) == (Stage.DONE, 5, 5, changed)
    assert len(found(search, keeper)) == (1 if verb == Verb.TRASH else 5)
    assert index.check() == []
    made = undo(keeper, made)
    assert (made.stage, made.taken_back) == (Stage.UNDONE, 5)
    assert state(keeper) == before
    assert index.check() == []


def test_what_comes_later_is_not_touched_though_the_search_would_find_it(keeper, boats):
    made = verbs.begin(keeper, Verb.TRASH, parse("boat").node)
    late = article(text="A boat.")
    index.refresh()
    verbs.work(keeper, made.pk, seconds=60)
    assert late in Article.objects.present()


def test_what_is_broken_off_is_continued_or_taken_back(keeper, boats):
    before = state(keeper)
    made = verbs.begin(keeper, Verb.TAG, parse("boat").node, tags=["new"])
    assert verbs.work(keeper, made.pk, seconds=0).done == 2
    assert verbs.work(keeper, made.pk, seconds=0).done == 4
    assert undo(keeper, made).taken_back == 4
    assert state(keeper) == before
    with pytest.raises(Refused):
        verbs.begin_undo(keeper, made.pk)


def test_later_changes_of_the_same_are_not_overwritten(keeper, boats):
    trashed = change(keeper, Verb.TRASH)
    Article.objects.filter(pk=boats[0].pk).restore()
    Article.objects.filter(pk=boats[0].pk).trash()
    undo(keeper, trashed)
    assert list(Article.objects.exclude(trashed_at=None)) == [boats[0]]
    tagged = change(keeper, Verb.TAG, "new")  # the four that are left
    boats[1].edit(tags=["old"])
    boats[1].edit(tags=["old", "new"])
    boats[2].edit(tags=["Sea", "old", "new", "mine"])
    undo(keeper, tagged)
    assert [sorted(each.tags.names()) for each in boats[1:4]] == [["new", "old"], ["Sea", "mine", "old"], ["old"]]
    assert [Article.objects.get(pk=each.pk).edited_fields for each in boats[1:4]] == [["tags"], ["tags"], []]
    starred = change(keeper, Verb.STAR)
    marking.unstar(keeper, [boats[3].pk])
    marking.star(keeper, [boats[3].pk])
    undo(keeper, starred)
    assert [pk for pk, *_ in state(keeper)[1]] == [boats[3].pk]


@pytest.mark.parametrize(
    ("verb", "tags", "search"),
    [(Verb.TAG, (), "boat"), (Verb.UNTAG, tuple(f"t{n}" for n in range(21)), "boat"), (Verb.STAR, (), "nothing")],
)
def test_what_cannot_be_done_is_refused_and_nothing_is_kept(keeper, boats, verb, tags, search):
    with pytest.raises(Refused):
        verbs.begin(keeper, verb, parse(search).node, tags=tags)
    assert not BulkChange.objects.exists()


def test_too_many_are_refused(keeper, boats, monkeypatch):
    monkeypatch.setattr(verbs, "MOST_AT_ONCE", 4)
    assert verbs.count(keeper, parse("boat").node) == 5
    with pytest.raises(Refused, match="this is more"):
        verbs.begin(keeper, Verb.STAR, parse("boat").node)
    assert not Portion.objects.exists()


def test_others_have_no_part_in_it_and_after_30_days_nobody(keeper, other, boats):
    made = change(keeper, Verb.STAR)
    for verb in (verbs.work, verbs.begin_undo):
        with pytest.raises(BulkChange.DoesNotExist):
            verb(other, made.pk)
    BulkChange.objects.update(begun_at=timezone.now() - verbs.UNDO_FOR)
    with pytest.raises(BulkChange.DoesNotExist):
        verbs.begin_undo(keeper, made.pk)
    change(keeper, Verb.UNSTAR)
    assert BulkChange.objects.get().verb == Verb.UNSTAR


def test_its_queries_do_not_grow_with_the_portion(keeper, boats, django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr(verbs, "SIZE", 50)
    for n in range(20):
        article(text="A boat.", tags=(f"t{n}",))
    index.refresh()
    made = verbs.begin(keeper, Verb.TAG, parse("boat").node, tags=["new"])
    with django_assert_max_num_queries(40):
        verbs.work(keeper, made.pk, seconds=0)
