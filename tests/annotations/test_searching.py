"""The words of annotations, as they are written and as they are sought."""

from importlib import import_module

import pytest
from django.apps import apps

from archive.annotations.models import Annotation
from archive.annotations.searching import matching
from tests.factories import annotation, article

NOTE = "Compare Łódź, Straße and Ærø; don't hurry. हिन्दी 中国经济"


@pytest.fixture
def note(reader):
    return annotation(article(), reader, note=NOTE, tags=("crème",))


def finds(typed):
    return matching(Annotation.objects.all(), typed).exists()


@pytest.mark.parametrize(
    "typed",
    ["lodz", "ŁÓDŹ", "strasse aero", "don't", "don’t hur", "creme", "हिन्दी", "中国", "国经", "compare - lodz"],
)
def test_a_note_is_found_as_an_article_is(note, typed):
    assert finds(typed)


@pytest.mark.parametrize("typed", ["lodz missing", "don'x", "国中", "odz"])
def test_other_words_do_not_find_it(note, typed):
    assert not finds(typed)


def test_notes_from_before_are_prepared_by_the_migration(note):
    Annotation.objects.update(search_text="compare łodz")
    assert not finds("lodz")
    import_module("archive.annotations.migrations.0004_prepared_words").prepare_again(apps, None)
    assert finds("lodz creme")
