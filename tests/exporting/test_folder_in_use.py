"""What else may be in the folder of an export: links, and files of a person's own, also where ours have to be."""

import re
import shutil

import pytest
from django.core.management import CommandError, call_command

from archive.articles.models import Article
from archive.exporting.folder import export_folder
from tests.exporting.whole_archive import tree


def test_a_link_in_the_folder_leads_to_nothing_that_is_overwritten(archive):
    out, theirs = archive / "out", archive / "theirs.txt"
    export_folder(out)
    theirs.write_text("my own")
    (out / ".commonplace" / "part").symlink_to(theirs)
    article = Article.objects.get(title="Edited title")
    (path,) = out.glob("*/Edited title*.md")
    path.unlink()
    path.symlink_to(theirs)
    article.edit(description="New")
    export_folder(out)
    assert theirs.read_text() == "my own" and not path.is_symlink() and b"New" in path.read_bytes()
    export_folder(archive / "fresh")
    assert tree(out) == tree(archive / "fresh")


@pytest.mark.parametrize("spoil", ["a folder for the file", "a file for the folder"])
def test_what_is_in_the_way_is_named_and_left(archive, spoil):
    out = archive / "out"
    export_folder(out)
    (path,) = out.glob("*/Edited title*.md")
    path.unlink()
    if spoil == "a folder for the file":
        path.mkdir()
        mine = path / "mine"
    else:
        shutil.rmtree(path.parent)
        mine = path.parent
    mine.write_text("my own")
    with pytest.raises(CommandError, match=rf"something else has the name of {re.escape(str(path))}.*move it away"):
        call_command("export_archive", str(out))
    assert mine.read_text() == "my own"
    mine.rename(archive / "mine")
    if path.is_dir():
        path.rmdir()
    export_folder(out)
    export_folder(archive / "fresh")
    assert tree(out) == tree(archive / "fresh")


def test_nothing_but_ours_is_removed(archive):
    out = archive / "out"
    export_folder(out)
    whole = tree(out)
    (archive / "theirs.md").write_text("my own")
    own, led_out = "articles/00/mine.json", f"articles/00/{'0' * 64}.json"
    (out / ".commonplace" / "articles" / "00").mkdir(exist_ok=True)
    (out / ".commonplace" / own).write_text("{}")
    (out / ".commonplace" / led_out).write_text('{"file": "../theirs.md"}')
    export_folder(out)
    assert tree(out) == whole | {f".commonplace/{own}": b"{}"}
    assert (archive / "theirs.md").read_text() == "my own"
