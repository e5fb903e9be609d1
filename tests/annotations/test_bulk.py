"""Bulk changes to notes."""

import pytest

from archive.annotations.bulk import change_many
from archive.annotations.models import Annotation
from tests.factories import annotation, article

pytestmark = pytest.mark.django_db


def test_a_tag_that_is_added_and_removed_is_there_after(reader):
    made = [annotation(article(), reader, note="A note", tags=tags) for tags in (("Sea", "who"), ("who",))]
    assert change_many(reader, Annotation.objects.all(), add_tags=["sea"], remove_tags=["SEA", "who"]) == 2
    assert [sorted(each.tags.names()) for each in made] == [["Sea"], ["Sea"]]
