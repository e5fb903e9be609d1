"""The whole archive in one file, and back."""

import hashlib
import os
import subprocess
import sys
import tarfile
import time
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection

from archive.annotations.models import Annotation
from archive.articles.models import Article, Attachment, Revision
from archive.exporting.backup import bundle, restoring
from archive.exporting.backup.bundle import Unusable, read_bundle
from archive.exporting.files import replaced, working_folder
from archive.locking import Busy
from archive.query import parse
from archive.search import index, listing
from tests.databases import only_sqlite
from tests.factories import annotation
from tests.factories import article as make_article

PROJECT = Path(__file__).parents[2]
PICTURE = b"\x89PNG\r\n\x1a\n picture"
SHA256 = hashlib.sha256(PICTURE).hexdigest()


def everything():
    return [
        list(model._base_manager.order_by("pk").values())
        for model in (Article, Revision, Attachment, Annotation, get_user_model())
    ]


@pytest.fixture
def archive(data_dir, transactional_db):
    """Two articles, a note and a picture."""
    reader = get_user_model().objects.create_user("reader")
    annotation(make_article(text="A lamp burned."), reader, quote="lamp", note="Why?", tags=("oil",))
    make_article(title="Straße 山")
    (data_dir / "secret_key").write_text("secret")
    (data_dir / "attachments").mkdir()
    (data_dir / "attachments" / SHA256).write_bytes(PICTURE)
    Attachment.objects.create(sha256=SHA256, media_type="image/png", size=len(PICTURE), file=f"attachments/{SHA256}")
    return data_dir


@pytest.fixture
def written(archive, tmp_path):
    call_command("backup", str(tmp_path / "all.tar"), verbosity=0)
    return tmp_path / "all.tar"


class TestBackup:
    def test_is_one_file_for_its_owner_alone(self, written):
        assert written.stat().st_mode & 0o777 == 0o600
        assert [path.name for path in written.parent.iterdir() if path.name != "data"] == ["all.tar"]
        manifest = read_bundle(written)
        assert manifest.counts["articles.Article"] == 2
        assert {"secret_key", f"attachments/{SHA256}"} < manifest.files.keys()

    def test_comes_back_as_it_was(self, written, archive, capsys):
        before = everything()
        Article.objects.create(identity="x" * 64, title="Later")
        Annotation.objects.update(note="Changed")
        (archive / "secret_key").write_text("another")
        (archive / "attachments" / SHA256).unlink()
        with pytest.raises(CommandError, match="There is already an archive here"):
            call_command("restore", str(written))
        assert Article.objects.count() == 3
        call_command("restore", str(written), replace=True)
        assert everything() == before
        assert (archive / "secret_key").read_text() == "secret"
        assert (archive / "attachments" / SHA256).read_bytes() == PICTURE
        saved = archive / "before-restore-1.tar"
        assert str(saved) in capsys.readouterr().out
        assert read_bundle(saved).counts["articles.Article"] == 3

    def test_takes_the_index_of_the_former_database_with_it(self, written, archive, settings):
        index.refresh()
        later = make_article(title="Later", text="Words of the former archive.")
        index.refresh()
        assert listing.find(parse("former")).total == 1
        left = Path(settings.INDEX_DIR) / "left of the former index"
        left.parent.mkdir(parents=True, exist_ok=True)
        left.write_text("x")
        call_command("restore", str(written), replace=True, verbosity=0)
        assert not left.exists()
        index.refresh()
        assert not Article.objects.filter(pk=later.pk).exists()
        assert (listing.find(parse("former")).total, listing.find(parse("lamp")).total) == (0, 1)

    def test_leaves_the_last_one_where_it_fails(self, written, archive, monkeypatch):
        before = written.read_bytes()
        monkeypatch.setattr(bundle.BundleWriter, "finish", lambda self: None)
        with pytest.raises(CommandError, match="its end is missing"):
            call_command("backup", str(written))
        assert written.read_bytes() == before
        assert [path.name for path in written.parent.iterdir() if path.name != "data"] == ["all.tar"]


def damaged(data, what):
    middle = data.index(b"secret_key") + 512  # the first byte of its content
    return {
        "cut off": data[: len(data) // 2],
        "without its end": data[: data.index(b"manifest.json") - 10],
        "a bit changed": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
        "a name changed": data.replace(SHA256.encode(), b"0" * 64),
        "no backup": b"PK\x03\x04" + data,
        "empty": b"",
        "newer": data.replace(b'"format": 1', b'"format": 9'),
    }[what]


@pytest.mark.parametrize(
    "what", ["cut off", "without its end", "a bit changed", "a name changed", "no backup", "empty", "newer"]
)
def test_a_damaged_file_is_refused_in_words_and_nothing_changes(written, archive, tmp_path, what):
    bad = tmp_path / "bad.tar"
    bad.write_bytes(damaged(written.read_bytes(), what))
    before = everything()
    with pytest.raises(CommandError, match=r"damaged|no backup|newer version"):
        call_command("restore", str(bad), replace=True)
    assert everything() == before
    assert not list(archive.glob("before-restore-*"))


def test_a_member_cannot_be_written_outside_of_the_data_folder(written, archive, tmp_path):
    bad = tmp_path / "bad.tar"
    manifest = bundle.Manifest("", format=1)

    def copy(name, source):
        text = source.read()
        (tmp_path / "member").write_bytes(text)
        with (tmp_path / "member").open("rb") as file:
            target.add("attachments/../../escaped" if name == "secret_key" else name, file, len(text))

    with bad.open("wb") as file:
        target = bundle.BundleWriter(file, manifest)
        told = read_bundle(written, copy)
        manifest.vendor, manifest.counts, manifest.migrations = told.vendor, told.counts, told.migrations
        target.finish()
    with pytest.raises(CommandError, match="not part of an archive"):
        call_command("restore", str(bad), replace=True)
    assert not list(tmp_path.glob("**/escaped"))


def test_a_backup_of_another_kind_of_database_is_refused(written):
    manifest = read_bundle(written)
    manifest.vendor = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    with pytest.raises(Unusable, match="copy_archive"):
        restoring._check_fits(written, manifest)
    newer = replace(read_bundle(written), migrations=[["articles", "9999_newer"]])
    with pytest.raises(Unusable, match="newer version"):
        restoring._check_fits(written, newer)


class TestFiles:
    def test_a_file_appears_whole_or_not_at_all(self, tmp_path):
        with pytest.raises(ZeroDivisionError), replaced(tmp_path / "a") as file:
            file.write(b"half")
            raise ZeroDivisionError
        assert list(tmp_path.iterdir()) == []

    def test_a_folder_to_work_in_is_one_s_own_and_empty(self, tmp_path):
        with working_folder(tmp_path / "a") as folder:
            (folder / "left").write_text("x")
            with pytest.raises(Busy), working_folder(tmp_path / "a"):
                pass
        folder.mkdir()
        (folder / "of a run that was killed").write_text("x")
        with working_folder(tmp_path / "a") as again:
            assert list(again.iterdir()) == []
        assert list(tmp_path.iterdir()) == []


@only_sqlite
def test_while_two_import_and_elsewhere(tmp_path):
    """Real processes on a real file: nothing of the suite's own database is touched."""

    def manage(folder, *arguments, **more):
        environment = {**os.environ, "ARCHIVE_DATA_DIR": str(tmp_path / folder), "DATABASE_URL": ""}
        environment.pop("DATABASE_URL")
        return subprocess.Popen(
            [sys.executable, PROJECT / "manage.py", *map(str, arguments)], env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more,
        )  # fmt: skip

    def done(process, code=0):
        output, _ = process.communicate(timeout=300)
        assert process.returncode == code, output
        return output

    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        for number in range(40):
            (tmp_path / name / f"{name} {number}.md").write_text(
                f"---\ntitle: {name} {number}\n---\n" + "Some words. " * 200
            )
    done(manage("here", "migrate", "--verbosity", "0"))
    importers = [manage("here", "import_articles", tmp_path / name, "--jobs", "1") for name in ("one", "two")]
    while not any((tmp_path / "here").glob("archive.sqlite3-wal")):
        time.sleep(0.05)
    assert "written and verified" in done(manage("here", "backup", tmp_path / "live.tar"))
    for importer in importers:
        done(importer)
    done(manage("here", "backup", tmp_path / "all.tar"))
    done(manage("there", "restore", tmp_path / "live.tar"))
    assert "already" in done(manage("there", "restore", tmp_path / "all.tar"), code=1)
    done(manage("there", "restore", tmp_path / "all.tar", "--replace"))
    assert "Articles: 80," in done(manage("there", "backup", tmp_path / "again.tar"))
    done(manage("there", "check_archive"))
    with tarfile.open(tmp_path / "all.tar") as tar:
        assert tar.extractfile("secret_key").read() == (tmp_path / "there" / "secret_key").read_bytes()
