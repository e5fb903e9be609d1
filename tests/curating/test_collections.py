"""Collections keep articles in their owner's order."""

import random

import pytest

from archive.accounts.refusing import Refused
from archive.articles.models import Article
from archive.curating import collections as verbs
from archive.curating.models import Collection
from tests.factories import article

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(django_user_model):
    return django_user_model.objects.create_user("reader")


@pytest.fixture
def other(django_user_model):
    return django_user_model.objects.create_user("other")


@pytest.fixture
def seven():
    return [article().pk for _ in range(7)]


@pytest.fixture
def kept(person, seven):
    made = verbs.create(person, " To  read ")
    assert verbs.add(person, made.pk, [*seven[:5], seven[0], 10_000]) == 5
    return made


def order(collection):
    rows = list(collection.items.values_list("article", "position"))
    assert [position for _, position in rows] == list(range(len(rows)))
    return [pk for pk, _ in rows]


def test_articles_stay_in_the_order_they_are_given(person, kept, seven):
    assert kept.name == "To read"
    assert order(kept) == seven[:5]
    assert verbs.add(person, kept.pk, [seven[6], seven[1], seven[5]]) == 2
    assert order(kept) == [*seven[:5], seven[6], seven[5]]


def test_any_moves_give_the_order_that_a_list_would(person, kept, seven):
    numbers = random.Random(7)
    expected = seven[:5]
    for _ in range(60):
        pk, to = numbers.choice(seven[:6]), numbers.randrange(0, 7)
        at = verbs.move(person, kept.pk, pk, to)
        if pk in expected:
            expected.remove(pk)
            expected.insert(min(to, 4), pk)
            assert at == expected.index(pk)
        else:
            assert at is None
        assert order(kept) == expected


def test_what_was_taken_out_goes_back_to_its_place(person, kept, seven):
    assert verbs.remove(person, kept.pk, seven[1]) == 1
    assert order(kept) == [seven[0], *seven[2:5]]
    assert verbs.remove(person, kept.pk, seven[1]) is None
    for _ in range(2):
        verbs.put_back(person, kept.pk, seven[1], 1)
        assert order(kept) == seven[:5]


def test_what_is_in_the_trash_is_not_added(person, kept, seven):
    Article.objects.filter(pk=seven[6]).trash()
    assert verbs.add(person, kept.pk, [seven[6]]) == 0


def test_names_are_told_apart_and_collections_bounded(person, other, kept, monkeypatch, seven):
    for name in ("To read", " ", "\0"):
        with pytest.raises(Refused):
            verbs.create(person, name)
    verbs.create(other, "To read")
    monkeypatch.setattr(verbs, "MOST_ARTICLES", 6)
    with pytest.raises(Refused, match="6 articles at most"):
        verbs.add(person, kept.pk, seven)
    assert order(kept) == seven[:5]


def test_deleted_ones_come_back_as_they_were(person, kept, seven):
    verbs.delete(person, kept.pk)
    assert not Collection.objects.visible_to(person).exists()
    again = verbs.create(person, "To read")
    with pytest.raises(Refused):
        verbs.restore(person, kept.pk)
    verbs.delete(person, again.pk)
    assert order(verbs.restore(person, kept.pk)) == seven[:5]


def test_two_windows_do_not_overwrite_each_other(person, kept):
    saved = {"name": "To read", "note": "First", "visibility": "private"}
    verbs.edit(person, kept.pk, version=1, **saved)
    verbs.edit(person, kept.pk, version=1, **saved)  # sent twice
    with pytest.raises(verbs.CollectionConflict) as conflict:
        verbs.edit(person, kept.pk, version=1, **{**saved, "note": "Second"})
    assert conflict.value.current.note == "First"
    verbs.edit(person, kept.pk, version=2, **{**saved, "note": "Second"})


def test_others_see_what_is_shared_and_change_nothing(person, other, kept, seven):
    assert not Collection.objects.visible_to(other).exists()
    verbs.edit(person, kept.pk, version=1, name="Shared", note="", visibility="shared")
    assert list(Collection.objects.visible_to(other)) == [kept]
    for change in (
        lambda: verbs.add(other, kept.pk, seven),
        lambda: verbs.move(other, kept.pk, seven[0], 2),
        lambda: verbs.remove(other, kept.pk, seven[0]),
        lambda: verbs.put_back(other, kept.pk, seven[6], 0),
        lambda: verbs.delete(other, kept.pk),
        lambda: verbs.restore(other, kept.pk),
        lambda: verbs.renew_secret(other, kept.pk),
        lambda: verbs.edit(other, kept.pk, version=2, name="Theirs", note="", visibility="shared"),
    ):
        with pytest.raises(Collection.DoesNotExist):
            change()
    assert order(kept) == seven[:5]
