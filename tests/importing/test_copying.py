"""Copying a whole archive from SQLite into the test database."""

import sqlite3
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from archive.articles.models import Article
from archive.importing.models import ImportRun
from archive.query import parse
from archive.search import index, listing
from tests.databases import only_postgresql
from tests.factories import article
from tests.importing.archives import Archive

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def source(make_archive: Callable[[str], Archive], clippings) -> Archive:
    clippings.write("a.md", "---\ntitle: Swap\ntags: [pow, war/prisoners]\nauthor: Li Na\n---\nPrisoners came home.\n")
    clippings.write("b.md", "---\ntitle: 停火\npublished: 2026-02-05\n---\n==谈判== 在继续。\n")
    made = make_archive("source")
    assert made.manage("import_articles", clippings.path).returncode == 0
    return made


def copy(source: Archive) -> None:
    call_command("copy_archive", "--from", f"sqlite:///{source.database}")


def test_everything_arrives(source: Archive, capsys) -> None:
    copy(source)
    out = capsys.readouterr().out
    assert "2  articles_article" in out
    assert "Everything was copied and checked." in out
    made = Article.objects.get(title="Swap")
    assert (sorted(made.tags.names()), made.revision.path) == (["pow", "war/prisoners"], "a.md")
    assert bytes(made.revision.original).startswith(b"---\ntitle: Swap")
    assert ImportRun.objects.get().created == 2
    for text in ("prisoners", "tag:war", "谈判", "停火", "year:2026", "has:highlights"):
        found = listing.find(parse(text), reader=User.objects.order_by("pk").values_list("pk", flat=True).first())
        assert found.total == 1, text
    assert index.check() == []
    new = article(title="After the copy")
    assert new.pk not in Article.objects.exclude(pk=new.pk).values_list("pk", flat=True)


def test_an_archive_is_not_mixed_with_another(source: Archive) -> None:
    article()
    with pytest.raises(CommandError, match="not empty"):
        copy(source)
    assert Article.objects.count() == 1


@only_postgresql
def test_what_fails_leaves_nothing(source: Archive) -> None:
    with sqlite3.connect(source.database) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE articles_article SET title = 'a' || char(0) WHERE title = 'Swap'")
    with pytest.raises(CommandError, match=r"rows of articles_article .* could not be copied"):
        copy(source)
    assert not Article.objects.exists()
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("sqlite:////nowhere/archive.sqlite3", "There is no database"),
        ("ftp://host/name", "should look like"),
        ("sqlite:///{empty}", "does not contain an archive"),
    ],
)
def test_what_cannot_be_copied_from(source: Archive, tmp_path, address: str, reason: str) -> None:
    (tmp_path / "empty.sqlite3").touch()
    with pytest.raises(CommandError, match=reason):
        call_command("copy_archive", "--from", address.format(empty=tmp_path / "empty.sqlite3"))


def test_both_have_to_be_of_one_version(source: Archive) -> None:
    with sqlite3.connect(source.database) as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'search' AND name LIKE '0002%'")
    with pytest.raises(CommandError, match="different versions"):
        copy(source)
