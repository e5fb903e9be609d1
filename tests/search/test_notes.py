"""The words of annotations, as written and as searched."""

import pytest

from archive.search.notes import Notes
from tests.factories import annotation, article

NOTE = "Compare Łódź, Straße and Ærø; don't hurry. हिन्दी 中国经济"


@pytest.fixture
def reader(db, django_user_model):
    return django_user_model.objects.create_user("reader")


@pytest.fixture
def note(reader):
    return annotation(article(), reader, note=NOTE, tags=("crème",))


@pytest.fixture
def finds(note, reader):
    return lambda typed: Notes(reader.pk).annotations_with(typed) == [note.pk]


@pytest.mark.parametrize(
    "typed",
    ["lodz", "ŁÓDŹ", "strasse aero", "don't", "don’t hur", "creme", "हिन्दी", "中国", "国经", "compare - lodz"],
)
def test_a_note_is_found_as_an_article_is(finds, typed):
    assert finds(typed)


@pytest.mark.parametrize("typed", ["lodz missing", "don'x", "国中", "odz", "x" * 5000, f"a-{'ł' * 5000}"])
def test_other_words_do_not_find_it(finds, typed):
    assert not finds(typed)
