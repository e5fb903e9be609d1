"""A form that is sent twice is stored once, however many requests run at a time, and new content is not lost."""

import threading
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from archive.accounts.refusing import Refused
from archive.anchoring import Selector
from archive.annotations import writing
from archive.annotations.models import Annotation, Change
from archive.annotations.sending import EditConflict
from tests.factories import rendered

WORDS = Selector("Some words", start=0)
OTHERS = Selector("other words", start=15)


@pytest.fixture
def person(db):
    return get_user_model().objects.create_user("reader")


@pytest.fixture
def article(db):
    return rendered("Some words and other words.", title="Words")


def test_the_same_form_is_stored_once_and_another_person_s_is_theirs(person, article):
    form = uuid4()
    fields = {"note": "A thought", "tags": ["one"], "visibility": "shared", "form": form}
    first = writing.annotate(person, article, WORDS, **fields)
    assert writing.annotate(person, article, WORDS, **fields) == first
    assert Change.objects.count() == 1
    other = get_user_model().objects.create_user("other")
    assert writing.annotate(other, article, WORDS, **fields).owner == other
    assert Annotation.objects.count() == 2


def test_two_forms_are_two_notes_and_so_is_one_form_about_two_passages(person, article):
    form = uuid4()
    for selector, key in ((WORDS, form), (OTHERS, form), (None, form), (WORDS, uuid4()), (WORDS, None), (WORDS, None)):
        writing.annotate(person, article, selector, note="Alike", form=key)
    assert Annotation.objects.count() == 6


def test_sent_again_with_another_colour_or_with_words_it_is_changed(person, article):
    form = uuid4()
    made = writing.annotate(person, article, WORDS, colour="blue", form=form)
    again = writing.annotate(person, article, WORDS, colour="green", note="And why", tags=["new"], form=form)
    assert (again.pk, again.colour, again.note, list(again.tags.names())) == (made.pk, "green", "And why", ["new"])


def test_sent_again_with_another_text_both_are_there(person, article):
    form = uuid4()
    writing.annotate(person, article, WORDS, note="The first", form=form)
    with pytest.raises(EditConflict) as conflict:
        writing.annotate(person, article, WORDS, note="The second", form=form)
    assert conflict.value.current.note == "The first"
    assert Annotation.objects.count() == 1


def test_sent_again_after_it_was_thrown_away_it_says_so(person, article):
    form = uuid4()
    writing.trash(person, writing.annotate(person, article, WORDS, form=form))
    with pytest.raises(Refused, match="trash"):
        writing.annotate(person, article, WORDS, form=form)


def test_a_refused_form_can_be_sent_again(person, article):
    form = uuid4()
    with pytest.raises(Refused):
        writing.annotate(person, article, Selector("Nowhere to be found at all"), note="Kept", form=form)
    assert writing.annotate(person, article, WORDS, note="Kept", form=form).note == "Kept"


def test_a_reply_is_stored_once(person, article):
    note = writing.annotate(person, article, WORDS, note="A thought")
    form = uuid4()
    first = writing.reply(person, note, "Indeed", form=form)
    assert writing.reply(person, note, "Indeed", form=form) == first
    with pytest.raises(EditConflict):
        writing.reply(person, note, "Indeed not", form=form)
    assert note.replies.count() == 1


def test_an_edit_that_says_what_is_there_is_no_conflict_and_no_change(person, article):
    note = writing.annotate(person, article, WORDS, note="A thought", tags=["one"])
    for _ in range(2):
        writing.edit(person, note, version=1, note="Another\r\nthought", colour="red", tags=["Two", "one"])
    assert (Annotation.objects.get().version, Change.objects.count()) == (2, 2)
    with pytest.raises(EditConflict):
        writing.edit(person, note, version=1, note="Another thought", tags=["one"])


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_are_stored_once():
    if connection.vendor == "sqlite":
        pytest.skip("the tests' database in memory does not let writers wait for each other")
    person = get_user_model().objects.create_user("reader")
    article = rendered("Some words and other words.", title="Words")
    form, made, failed = uuid4(), [], []
    start = threading.Barrier(8)

    def send():
        try:
            start.wait()
            made.append(writing.annotate(person, article, WORDS, note="Once", form=form).pk)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(made) == 8 and len(set(made)) == 1
    assert Annotation.objects.count() == 1
