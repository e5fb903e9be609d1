"""A person's own marks on articles."""

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone

from archive.reading import marking
from archive.reading.models import ReadingState
from tests.factories import article

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    return get_user_model().objects.create_user("ann")


def state(person, made):
    found = ReadingState.objects.get(owner=person, article=made)
    return found.is_read, found.position, found.is_starred


def test_verbs_tell_what_they_changed_and_leave_the_rest(ann, monkeypatch):
    monkeypatch.setattr(marking, "AT_ONCE", 2)
    first, second, third = (article().pk for _ in range(3))
    marking.keep_place(ann, second, 40)
    assert marking.star(ann, [first, second]) == [first, second]
    assert marking.star(ann, [first, second, third]) == [third]
    assert marking.mark_read(ann, [second, third]) == [second, third]
    assert marking.mark_read(ann, [second]) == []
    assert state(ann, second) == (True, None, True)
    assert marking.unstar(ann, [second, first]) == [first, second]
    assert marking.unstar(ann, [second]) == []
    assert marking.mark_unread(ann, [first, second]) == [second]
    assert state(ann, second) == (False, None, False)
    assert state(ann, third) == (True, None, True)


def test_a_place_is_kept_until_the_article_is_read(ann):
    here = article().pk
    marking.keep_place(ann, here, 40)
    marking.keep_place(ann, here, 90)
    assert state(ann, here) == (False, 90, False)
    marking.mark_read(ann, [here])
    marking.keep_place(ann, here, 10)
    assert state(ann, here) == (True, None, False)
    marking.mark_unread(ann, [here])
    marking.keep_place(ann, here, 10)
    assert state(ann, here) == (False, 10, False)
    assert marking.mark_unread(ann, [here]) == [here]


def test_everyone_has_a_state_of_their_own(ann):
    bob, here = get_user_model().objects.create_user("bob"), article().pk
    marking.star(ann, [here])
    marking.mark_read(bob, [here])
    assert (state(ann, here), state(bob, here)) == ((False, None, True), (True, None, False))
    assert marking.unstar(bob, [here]) == []
    assert list(ReadingState.objects.owned_by(ann)) == list(ReadingState.objects.filter(owner=ann))


def test_the_database_holds_one_state_each_and_no_place_in_what_is_read(ann):
    here = article()
    ReadingState.objects.create(owner=ann, article=here)
    for wrong in ({}, {"read_at": timezone.now(), "position": 3}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReadingState.objects.create(owner=ann, article=here if not wrong else article(), **wrong)
