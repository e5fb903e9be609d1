"""Uploads are imported by the same code, in the background."""

import io
import subprocess
import sys
import threading
import zipfile
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from archive.articles.models import Article
from archive.importing.locking import import_is_running, only_import
from archive.importing.models import ImportRun, SourceFile
from archive.importing.temporary import UPLOAD, TemporaryFolder, clear_leftovers, new_file
from archive.importing.uploads import import_uploads
from tests.importing.archives import PROJECT

pytestmark = pytest.mark.django_db(transaction=True)


def wait() -> None:
    for thread in threading.enumerate():
        if thread.name == "import":
            thread.join(30)


def upload(*files: tuple[str, bytes]) -> ImportRun:
    user = User.objects.get_or_create(username="ida")[0]
    run = import_uploads([SimpleUploadedFile(name, content) for name, content in files], user)
    wait()
    run.refresh_from_db()
    return run


def packed(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.md", content)
    return buffer.getvalue()


def test_files_and_archives_come_in(data_dir, counts):
    run = upload(("a.md", b"words of a"), ("b.zip", packed(c=b"words of c", d=b"words of d")))
    assert counts(run) == {"created": 3}
    assert run.state == "finished"
    assert run.started_by.username == "ida"
    assert run.paths == ["a.md", "b.zip"]
    assert sorted(SourceFile.objects.values_list("path", flat=True)) == ["a.md", "c.md", "d.md"]
    assert list(data_dir.glob("upload-*")) == []


def test_the_run_is_there_to_look_at_before_it_has_ended(data_dir, monkeypatch):
    go_on = threading.Event()
    from archive.importing import running

    carry_on = running.mark_missing
    monkeypatch.setattr(running, "mark_missing", lambda roots: (go_on.wait(10), carry_on(roots)))
    user = User.objects.create(username="ida")
    run = import_uploads([SimpleUploadedFile("a.md", b"words")], user)
    assert ImportRun.objects.get(pk=run.pk).is_running
    go_on.set()
    wait()
    assert not ImportRun.objects.get(pk=run.pk).is_running


def test_two_files_of_one_name_both_come_in(data_dir, counts):
    assert counts(upload(("a.md", b"words of one"), ("a.md", b"words of another"))) == {"created": 2}


def test_names_too_long_for_this_system_come_in(data_dir, counts):
    name = "長" * 100 + ".md"  # 300 bytes
    assert counts(upload((name, b"words of one"), (name, b"other words"))) == {"created": 2}
    assert counts(upload(("a.zip", packed(**{name[:-3]: b"and others in a zip"})))) == {"created": 1}


def test_the_same_file_again_is_known(data_dir, counts):
    upload(("a.md", b"words of a"))
    assert counts(upload(("a.md", b"words of a"))) == {"unchanged": 1}
    assert counts(upload(("renamed.md", b"words of a"))) == {"unchanged": 1}
    assert Article.objects.count() == 1


def test_a_file_that_came_in_from_a_folder_is_known(data_dir, clippings, counts):
    clippings.write("sub/a.md", "# A\n\nwords of a")
    clippings.run()
    assert counts(upload(("a.md", b"# A\n\nwords of a"))) == {"unchanged": 1}
    assert Article.objects.count() == 1
    assert counts(clippings.run()) == {"unchanged": 1}


def test_another_file_of_a_name_that_was_sent_before_is_another_article(data_dir, counts):
    upload(("index.md", b"words about the sea and its tides, at some length"))
    assert counts(upload(("index.md", b"quite other things, told by somebody else, elsewhere"))) == {"created": 1}


def test_a_note_about_a_clipping_that_was_sent_before_does_not_replace_it(data_dir, counts):
    head = "---\nsource: https://a.example/1\ntitle: Tides\n---\n"
    long = " ".join(f"word{number}" for number in range(500))
    upload(("a.md", f"{head}{long}".encode()))
    assert counts(upload(("b.md", f"{head}Read this again.".encode()))) == {"created": 1, "warnings": 1}
    assert counts(upload(("c.md", f"{head}{long} and a new ending".encode()))) == {"updated": 1}
    assert Article.objects.count() == 2


def test_a_picture_sent_along_is_found_and_not_complained_about(data_dir, counts):
    png = b"\x89PNG\r\n\x1a\n" + b"x" * 100
    assert counts(upload(("a.md", b"![A boat](boat.png)"), ("boat.png", png))) == {"created": 1}
    assert Article.objects.get().revision.attachments.count() == 1


def test_sending_an_article_takes_it_out_of_the_trash(data_dir):
    upload(("a.md", b"words of a"))
    Article.objects.all().trash()
    upload(("a.md", b"words of a"))
    assert Article.objects.get().trashed_at is None


def test_while_another_import_runs_it_waits(data_dir):
    user = User.objects.create(username="ida")
    with only_import():
        run = import_uploads([SimpleUploadedFile("a.md", b"words")], user)
        assert run.is_waiting
        assert not Article.objects.exists()
    wait()
    run.refresh_from_db()
    assert (run.state, run.created) == (ImportRun.State.FINISHED, 1)
    assert list(data_dir.glob("upload-*")) == []


def test_a_run_that_waited_for_too_long_is_lost(data_dir):
    waiting = ImportRun.objects.create(state=ImportRun.State.WAITING)
    lost = ImportRun.objects.create(state=ImportRun.State.WAITING, started_at=timezone.now() - timedelta(days=2))
    upload(("a.md", b"words"))
    states = dict(ImportRun.objects.values_list("pk", "state"))
    assert (states[waiting.pk], states[lost.pk]) == (ImportRun.State.WAITING, ImportRun.State.INTERRUPTED)


def test_names_cannot_lead_anywhere(data_dir, counts):
    run = upload(("../../../escaped.md", b"words"), ("..\\windows.md", b"other words"))
    assert counts(run) == {"created": 2}
    assert not (data_dir.parent / "escaped.md").exists()


KILLED = """
import os, django
django.setup()
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from archive.importing import pictures, running, uploads

def die(*_):
    folder = pictures.Path(os.environ["ARCHIVE_DATA_DIR"]) / "attachments" / "ab"
    folder.mkdir(parents=True)
    with pictures.new_file(folder, b"half a picture"):
        os._exit(9)

running.mark_missing = die
uploads.import_uploads([SimpleUploadedFile("a.md", b"words")], User.objects.create(username="ida"))
import time; time.sleep(30)
"""


def test_an_upload_whose_process_died_is_interrupted_as_soon_as_somebody_looks(make_archive):
    archive = make_archive("data")
    died = subprocess.run(
        [sys.executable, "-c", KILLED],
        cwd=PROJECT,
        env={**archive.environment(), "DJANGO_SETTINGS_MODULE": "archive.settings"},
        timeout=60,
    )
    assert died.returncode == 9
    assert len(archive.left()) == 2
    look = "from archive.importing.leftovers import settle_lost_runs; settle_lost_runs()"
    shown = archive.manage("shell", "-c", look)
    assert shown.returncode == 0, shown.stderr
    assert [row[0] for row in archive.rows("SELECT state FROM importing_importrun")] == ["interrupted"]
    assert archive.left() == []


def test_what_a_living_process_holds_is_left_alone(data_dir):
    folder = TemporaryFolder(data_dir, UPLOAD)
    (data_dir / "attachments/ab").mkdir(parents=True)
    with new_file(data_dir / "attachments/ab", b"a picture") as file:
        clear_leftovers(data_dir)
        assert file.exists()
        assert folder.path.exists()
    folder.remove()
    assert not folder.path.exists()
    clear_leftovers(data_dir)
    assert not file.exists()


def test_a_run_that_goes_on_is_not_taken_for_lost(data_dir, client):
    client.force_login(User.objects.create(username="ida", is_staff=True))
    running = ImportRun.objects.create(state=ImportRun.State.RUNNING)
    with only_import():
        client.get(f"/imports/{running.pk}/")
        assert ImportRun.objects.get().state == ImportRun.State.RUNNING
    page = client.get(f"/imports/{running.pk}/")
    assert ImportRun.objects.get().state == ImportRun.State.INTERRUPTED
    assert "every 1s" not in page.content.decode()


def test_a_failed_transaction_does_not_keep_the_import_lock():
    with pytest.raises(DatabaseError), transaction.atomic(), only_import(), connection.cursor() as cursor:
        cursor.execute("SELECT no_such_column")
    assert not import_is_running()
