"""Which articles an export contains."""

import pytest

from archive.exporting.selecting import found
from archive.query import parse
from archive.search import documents, index, listing
from tests.factories import article

pytestmark = pytest.mark.django_db


def test_what_the_index_does_not_have_yet_is_not_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    article(title="One")
    index.refresh()
    monkeypatch.setattr("archive.search.store.FEW", 0)
    monkeypatch.setattr(documents.store, "_refresh_in_background", lambda: None)
    second = article(title="Two")
    assert listing.find(parse("two")).total == 0
    assert list(found(parse("two"))) == [second.pk]
