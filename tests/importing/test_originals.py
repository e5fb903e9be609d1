"""Originals are stored compressed, and read back byte for byte."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from hypothesis import example, given
from hypothesis import strategies as st

from archive.articles.models import Revision
from archive.articles.models.original import _MAGIC, pack, unpack
from tests.factories import article

pytestmark = pytest.mark.django_db

TEXT = b"# The harbour\n\nWords about the harbour.\n" * 50
ORIGINALS = [b"", b"\xff\xfe\x00x", TEXT, _MAGIC, _MAGIC + TEXT, pack(TEXT)]


@given(st.binary())
@example(_MAGIC)
@example(pack(TEXT))
def test_any_bytes_come_back(original: bytes) -> None:
    assert unpack(pack(original)) == original


@pytest.mark.parametrize("original", ORIGINALS)
def test_a_revision_gives_back_what_it_was_given(original: bytes) -> None:
    made = article(original=original)
    assert Revision.objects.get(pk=made.revision_id).original == original
    assert list(Revision.objects.values_list("original", flat=True)) == [original]
    Revision.objects.update(original=original + b"x")
    assert Revision.objects.get().original == original + b"x"


def test_the_database_has_less_than_came_in() -> None:
    article(original=TEXT)
    assert len(kept()[0]) < len(TEXT) / 5


@pytest.mark.parametrize("damaged", [pack(TEXT)[:-3], _MAGIC, pack(TEXT)[:20] + b"x" + pack(TEXT)[21:]])
def test_what_is_damaged_is_given_as_it_is(damaged: bytes) -> None:
    assert unpack(damaged) == damaged


def test_migrate_compresses_what_is_there_and_goes_on_where_it_was_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    migration = import_module("archive.articles.migrations.0008_compress_originals")
    apps = MigrationLoader(connection).project_state(("articles", "0007_one_tag")).apps
    before = apps.get_model("articles", "Revision").objects
    editor = SimpleNamespace(connection=connection)
    for original in ORIGINALS:
        before.filter(pk=article(original=original).revision_id).update(original=original)
    assert kept() == ORIGINALS
    monkeypatch.setattr(migration, "AT_ONCE", 2)
    monkeypatch.setattr(migration, "pack", stop_after(3))
    with pytest.raises(KeyboardInterrupt):
        migration.compress(apps, editor)
    half = kept()
    assert half[:2] == list(map(pack, ORIGINALS[:2])) and half[-1] == ORIGINALS[-1]
    monkeypatch.setattr(migration, "pack", pack)
    for _ in range(2):
        migration.compress(apps, editor)
        assert kept() == list(map(pack, ORIGINALS))
        assert list(Revision.objects.order_by("pk").values_list("original", flat=True)) == ORIGINALS
    migration.decompress(apps, editor)
    assert kept() == ORIGINALS


def kept() -> list[bytes]:
    """The bytes in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT original FROM articles_revision ORDER BY id")
        return [bytes(original) for (original,) in cursor.fetchall()]


def stop_after(times: int):
    left = iter(range(times))

    def packed(original: bytes) -> bytes:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return pack(original)

    return packed
