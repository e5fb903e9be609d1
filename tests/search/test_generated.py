"""The archives that `bench` generates are as an import would leave them."""

import pytest

from archive.query import parse
from archive.search import index, listing
from bench.archive import fill

pytestmark = pytest.mark.django_db


def test_a_generated_archive_is_in_order() -> None:
    fill(60, words=40)
    assert index.check() == []
    assert listing.find(parse("")).total == 60
    assert listing.find(parse("the")).total
    assert listing.find(parse('tag:"topic 0"')).total
