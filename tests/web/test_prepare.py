"""What `make run` does before serving."""

import getpass
import io

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from archive.articles.models import Article
from archive.web.management.commands import prepare

BASE = "http://127.0.0.1:8123"


@pytest.fixture
def said(db, data_dir, tmp_path, monkeypatch):
    """The output for a folder with one article, run by a system user with this name; `typed` are the answers given."""
    folder = tmp_path / "clippings"
    folder.mkdir()
    (folder / "a.md").write_text("# A clip\n\nSome words.")

    def run(system="maria", typed=None):
        answers = iter(typed or ())
        monkeypatch.setattr(getpass, "getuser", lambda: system)
        monkeypatch.setattr(prepare.sys, "stdin", _Terminal() if typed is not None else io.StringIO())
        monkeypatch.setattr("builtins.input", lambda _: next(answers))
        out = io.StringIO()
        monkeypatch.setattr("sys.stdout", out)
        call_command("prepare", str(folder), base_url=BASE, stdout=out)
        return out.getvalue()

    return run


class _Terminal(io.StringIO):
    def isatty(self):
        return True


def names():
    return list(get_user_model().objects.values_list("username", flat=True))


def test_it_ends_with_the_link_alone_and_may_be_done_twice(said, client):
    link = said().splitlines()[-1]
    assert link.startswith(f"{BASE}/sign-in/link/?")
    assert names() == ["maria"]
    assert Article.objects.get().title == "A clip"
    assert client.get(link.removeprefix(BASE)).status_code == 200
    assert said().splitlines()[-1].startswith(f"{BASE}/sign-in/link/?")
    assert names() == ["maria"]
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("system", "typed", "name"),
    [
        ("root", None, "local"),
        ("with spaces", None, "local"),
        ("maria", ["olena"], "olena"),
        ("maria", [""], "maria"),
        ("maria", ["no such/name!", "olena"], "olena"),
    ],
)
def test_the_account_has_the_name_given_or_the_systems(said, system, typed, name):
    said(system, typed)
    assert names() == [name]


def test_a_folder_that_is_not_there(db, data_dir, tmp_path):
    with pytest.raises(CommandError, match="no file or folder"):
        call_command("prepare", str(tmp_path / "none"), base_url=BASE, stdout=io.StringIO())
