"""check_archive, and an import that restores missing images."""

import shutil
import sqlite3

import pytest
from django.core.management import CommandError, call_command

from archive.articles.models import Attachment, Revision
from archive.importing.checking import faults

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100


@pytest.fixture
def with_picture(clippings, db):
    clippings.write("a.md", "# Tides\n\n![A boat](boat.png)")
    clippings.write("b.md", "No picture.")
    clippings.write("boat.png", PNG)
    clippings.run()
    return clippings


def test_an_archive_that_is_whole(with_picture, capsys):
    call_command("check_archive")
    assert "complete" in capsys.readouterr().out


def test_a_picture_that_is_gone_is_named_and_the_next_import_restores_it(with_picture, data_dir, counts, capsys):
    shutil.rmtree(data_dir / "attachments")
    with pytest.raises(CommandError, match="1 fault was found"):
        call_command("check_archive")
    assert "“Tides” is missing" in capsys.readouterr().out
    assert counts(with_picture.run()) == {"unchanged": 2}
    assert list(faults()) == []
    assert Revision.objects.count() == 2


@pytest.mark.parametrize(("damage", "restored"), [(PNG[:50], True), (PNG[:-1] + b"y", False)], ids=["short", "changed"])
def test_a_damaged_picture_is_named(with_picture, data_dir, damage, restored):
    path = data_dir / Attachment.objects.get().file.name
    path.write_bytes(damage)
    assert ["is damaged" in fault for fault in faults()] == [True]
    with_picture.run()
    assert (list(faults()) == []) is restored
    path.unlink()
    with_picture.run()
    assert list(faults()) == []


def test_an_original_that_is_not_the_file_that_came_in(with_picture):
    Revision.objects.filter(path="b.md").update(original=b"Another text.")
    (fault,) = faults()
    assert "“b” (b.md" in fault


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a &amp; b &lt;c&gt;</p>\n<ul><li>d</li></ul>", "a & b <c>\nd"),
        ('<pre><code>\nx\n</code></pre><img alt="a > b">', "\nx\n"),
        ("<pre>\n\nx</pre>", "\nx"),
        ("", ""),
    ],
)
def test_texts_are_compared_with_what_a_browser_makes_of_the_html(with_picture, html, text):
    Revision.objects.update(html=html, text=text)
    assert list(faults()) == []
    Revision.objects.update(text=f"{text} ")
    assert ["does not match its HTML" in fault for fault in faults()] == [True, True]


@pytest.mark.parametrize("damage", ["header", "pages", "table", "row"])
def test_a_damaged_database_ends_in_sentences(make_archive, damage):
    archive = make_archive("data")
    if damage == "table":
        with sqlite3.connect(archive.database) as database:
            database.execute("DROP TABLE articles_attachment")
    elif damage == "row":
        with sqlite3.connect(archive.database) as database:
            database.execute("INSERT INTO taggit_taggeditem (object_id, content_type_id, tag_id) VALUES (1, 1, 4711)")
    else:
        content = bytearray(archive.database.read_bytes())
        start = 0 if damage == "header" else 4096
        content[start : start + 40_000] = b"\xa5" * 40_000
        archive.database.write_bytes(content)
        for suffix in ("-wal", "-shm"):
            archive.database.with_name(archive.database.name + suffix).unlink(missing_ok=True)
    checked = archive.manage("check_archive")
    assert checked.returncode == 1
    assert "Traceback" not in checked.stderr
    assert all(line.endswith(".") for line in checked.stdout.strip().split("\n")), checked.stdout
    assert "found." in checked.stderr
