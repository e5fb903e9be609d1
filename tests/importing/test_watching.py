"""A watched folder: what is saved there is soon in the library, whatever else happens."""

import shutil
import signal
import threading
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from archive.importing import watching
from archive.importing.models import ImportRun

LONGEST = 20  # seconds; a busy machine may take them


@pytest.mark.parametrize(
    ("path", "is_of_interest"),
    [
        ("a.md", True), ("sub/a.markdown", True), ("export.zip", True), ("new folder", True), ("picture.png", True),
        (".obsidian/workspace.json", False), (".trash/a.md", False), ("Templates/a.md", False),
        ("a.md.crdownload", False), ("a.md~", False), (".a.md.swp", False), ("program.xyz", False),
    ],
)  # fmt: skip
def test_what_is_of_interest(tmp_path, path, is_of_interest):
    assert watching._is_of_interest(tmp_path, str(tmp_path / path)) == is_of_interest


def test_a_file_is_waited_for_while_it_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "SETTLES", 0.05)
    file, whole = tmp_path / "a.md", []
    file.write_text("half")

    def finish():
        for _ in range(4):
            time.sleep(0.02)
            with file.open("a") as more:
                more.write(" more")
        whole.append(True)

    writing = threading.Thread(target=finish)
    writing.start()
    watching._settle(
        [(watching.Change.added, str(file)), (watching.Change.added, str(tmp_path / "gone"))], threading.Event()
    )
    assert whole
    writing.join()


@pytest.mark.parametrize("options", [{"dry_run": True}, {"prune": True}, {"format": "json"}])
def test_other_options_make_no_sense_with_it(tmp_path, options):
    with pytest.raises(CommandError, match="--watch"):
        call_command("import_articles", str(tmp_path), watch=True, **options)


@pytest.fixture
def changes(monkeypatch):
    """Simulated file system events, one step at a time."""
    told = []
    monkeypatch.setattr(watching.watchfiles, "watch", lambda *_, **__: iter(told))
    monkeypatch.setattr(watching, "SETTLES", 0)
    monkeypatch.setattr(watching, "AGAIN_AFTER", 0)
    return told


class _StopAfter(threading.Event):
    """Set after a certain number of checks."""

    def __init__(self, looks):
        super().__init__()
        self.looks = looks

    def is_set(self):
        self.looks -= 1
        return self.looks < 0


def test_a_database_that_fails_is_tried_again(tmp_path, monkeypatch, changes):
    ran = []

    def fail_once(paths, **_):
        ran.append(paths)
        if len(ran) == 1:
            raise OperationalError("database is locked")
        return ImportRun(created=1)

    monkeypatch.setattr(watching, "import_paths", fail_once)
    monkeypatch.setattr(watching.connections, "close_all", lambda: None)
    monkeypatch.setattr(watching, "close_old_connections", lambda: None)
    changes += [set(), set(), set()]
    watching.watch(tmp_path, _StopAfter(4))
    assert len(ran) == 2


def test_a_folder_that_is_not_there_is_waited_for(tmp_path, monkeypatch, changes):
    ran, folder = [], tmp_path / "later"
    monkeypatch.setattr(watching, "LOOKS_EVERY", 0)
    monkeypatch.setattr(watching, "import_paths", lambda paths, **_: ran.append(paths) or ImportRun(created=1))
    monkeypatch.setattr(watching, "close_old_connections", lambda: None)
    changes += [set()]
    watching.watch(folder, _StopAfter(3))
    assert ran == []
    folder.mkdir()
    watching.watch(folder, _StopAfter(2))
    assert ran == [[folder]]


def wait_for(condition):
    until = time.monotonic() + LONGEST
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.fixture
def watchers(make_archive, tmp_path):
    """Two processes that watch one folder, and their archive."""
    archive, folder = make_archive("watched"), tmp_path / "clippings"
    folder.mkdir()
    processes = [archive.start("import_articles", "--watch", folder) for _ in range(2)]
    yield archive, folder, processes
    for process in processes:
        process.kill()
        process.communicate()


def test_two_watchers_bring_in_what_is_saved_once_and_end_cleanly(watchers, tmp_path):
    archive, folder, processes = watchers

    def titles():
        return {title for (title,) in archive.rows("SELECT title FROM articles_article")}

    for number in range(5):
        (folder / f"{number}.md").write_text(f"# Clip {number}\n\nSome words of {number}.")
    wait_for(lambda: len(titles()) == 5)
    shutil.move(folder, tmp_path / "moved")  # as if unmounted
    folder.mkdir()
    (folder / "late.md").write_text("# Late\n\nCame after it was mounted again.")
    wait_for(lambda: "Late" in titles())
    for process in processes:
        process.send_signal(signal.SIGTERM)
    said = "".join(part for process in processes for part in process.communicate(timeout=LONGEST))
    assert [process.returncode for process in processes] == [0, 0]
    assert "Traceback" not in said
    runs = archive.rows("SELECT state, created FROM importing_importrun")
    assert sum(created for _, created in runs) == 6
    assert {state for state, _ in runs} == {"finished"}
