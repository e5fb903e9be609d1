"""Running `import_articles`: exit codes, output, and what it must not touch."""

import hashlib
import json
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from bench.files import write_files

KEYS = ["created", "updated", "unchanged", "moved", "missing", "failed", "skipped", "warnings", "seconds", "problems"]


@pytest.fixture
def archive(make_archive):
    return make_archive("archive")


def test_every_file_in_is_exit_code_0_and_json_alone_is_on_stdout(archive, clippings):
    clippings.write("a.md", "---\npublished: 2025-02-30\n---\nwords")
    clippings.write("b.md", "")
    done = archive.manage("import_articles", clippings.path, "--format", "json")
    assert done.returncode == 0, done.stderr
    outcome = json.loads(done.stdout)
    assert list(outcome) == KEYS
    assert [outcome[key] for key in KEYS[:8]] == [1, 0, 0, 0, 0, 0, 1, 2]
    assert outcome["seconds"] > 0
    assert [(problem["path"], problem["line"], problem["severity"]) for problem in outcome["problems"]] == [
        ("a.md", 2, "warning"),
        ("b.md", None, "warning"),
    ]
    assert all(set(problem) == {"path", "line", "severity", "code", "message"} for problem in outcome["problems"])


def test_a_file_that_failed_is_exit_code_1_and_the_rest_is_in(archive, clippings):
    clippings.write("a.md")
    clippings.write("b.md", b"\0\1\2\xff" * 50)
    done = archive.manage("import_articles", clippings.path)
    assert done.returncode == 1
    assert "b.md: The file " in done.stdout
    assert "created" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_folder_without_articles_says_what_would_be_one(archive, clippings):
    clippings.write("a.pdf", b"%PDF")
    done = archive.manage("import_articles", clippings.path)
    assert done.returncode == 0
    assert "No articles were found. Supported files: .md" in done.stdout


def test_archives_that_are_refused_one_after_another_do_not_stop_the_others(archive, clippings):
    for name in ("a.zip", "b.zip"):
        clippings.write(name, b"no archive")
    clippings.write("c.md")
    done = archive.manage("import_articles", *(clippings.path / name for name in ("a.zip", "b.zip", "c.md")))
    assert done.returncode == 1, done.stderr
    assert "a.zip: The archive cannot be read" in done.stdout and "b.zip: The archive cannot be read" in done.stdout
    assert re.search(r"created +1\n", done.stdout)


def test_a_data_folder_that_cannot_be_written_is_a_sentence(archive, clippings):
    (archive.data_dir / "import.lock").mkdir()  # like a read-only file system
    clippings.write("a.md")
    done = archive.manage("import_articles", clippings.path)
    assert done.returncode == 1
    assert "could not be written" in done.stderr and "Traceback" not in done.stderr


def test_a_files_name_cannot_break_the_report(archive, clippings):
    clippings.write("new\nline.md", b"\0\1" * 50)
    done = archive.manage("import_articles", clippings.path)
    assert "new\ufffdline.md: The file " in done.stdout


@pytest.mark.parametrize(
    "arguments", [["gone"], ["--jobs", "0", "."], ["--jobs", "x", "."], ["--format", "xml", "."], []]
)
def test_wrong_usage_is_exit_code_2_and_nothing_is_done(archive, arguments):
    before = archive.content()
    done = archive.manage("import_articles", *arguments)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert archive.content() == before


def test_strict_takes_a_warning_for_a_failure_and_still_imports(archive, clippings):
    clippings.write("a.md", "---\npublished: 2025-02-30\n---\nwords")
    done = archive.manage("import_articles", clippings.path, "--strict", "--format", "json")
    assert (done.returncode, json.loads(done.stdout)["created"]) == (1, 1)
    assert archive.manage("import_articles", clippings.path, "--strict").returncode == 0


def test_a_dry_run_leaves_the_database_as_it_was_byte_for_byte(archive, clippings):
    clippings.write("a.md")
    assert archive.manage("import_articles", clippings.path).returncode == 0
    clippings.write("b.md", "other words")
    before = hashlib.sha256(archive.database.read_bytes()).hexdigest()
    done = archive.manage("import_articles", clippings.path, "--dry-run", "--format", "json")
    assert json.loads(done.stdout)["created"] == 1
    assert hashlib.sha256(archive.database.read_bytes()).hexdigest() == before
    assert json.loads(archive.manage("import_articles", clippings.path, "--format", "json").stdout)["created"] == 1


def test_prune(archive, clippings):
    clippings.write("a.md")
    archive.manage("import_articles", clippings.path)
    clippings.remove("a.md")
    done = archive.manage("import_articles", clippings.path, "--prune", "--format", "json")
    assert json.loads(done.stdout)["missing"] == 1
    with sqlite3.connect(archive.database) as connection:
        assert connection.execute("SELECT trashed_at IS NOT NULL FROM articles_article").fetchall() == [(1,)]


def test_the_number_of_workers_does_not_change_the_outcome(make_archive, tmp_path):
    write_files(60, tmp_path / "files")
    contents = []
    for jobs in (1, 3):
        archive = make_archive(f"with-{jobs}-jobs")
        assert archive.manage("import_articles", tmp_path / "files", "--jobs", jobs).returncode == 0
        contents.append(archive.content())
    assert contents[0] == contents[1]


def test_killed_at_any_moment_a_rerun_ends_as_an_undisturbed_run(make_archive, tmp_path, clippings):
    write_files(160, clippings.path)
    clippings.write("boat.png", b"\x89PNG\r\n\x1a\n" + b"x" * 100)
    for number in range(40):  # files that affect one another, spread over several batches
        clippings.write(
            f"{2005 + number // 2}/z{number}.md",
            f"---\nurl: https://a.example/{number % 10}\ntitle: Title {number % 4}\ntags: [t{number}, shared]\n---\n"
            f"![](../boat.png) Words of {number % 3}.\n",
        )
    undisturbed = make_archive("undisturbed")
    started = time.monotonic()
    assert undisturbed.manage("import_articles", clippings.path).returncode == 0
    whole = time.monotonic() - started

    disturbed = make_archive("disturbed")
    for part in (0.4, 0.6, 0.8):
        process = disturbed.start("import_articles", clippings.path)
        time.sleep(whole * part)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert disturbed.manage("import_articles", clippings.path).returncode == 0
    assert disturbed.content() == undisturbed.content()
    assert (
        json.loads(disturbed.manage("import_articles", clippings.path, "--format", "json").stdout)["unchanged"] == 200
    )
    states = sqlite3.connect(disturbed.database).execute("SELECT DISTINCT state FROM importing_importrun").fetchall()
    assert {state for (state,) in states} <= {"finished", "interrupted"}


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks at processes through /proc")
def test_no_worker_outlives_a_killed_import(archive, tmp_path):
    write_files(200, tmp_path / "files")
    process = archive.start("import_articles", tmp_path / "files")
    time.sleep(2.5)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    marker = str(archive.data_dir)

    def survivors() -> list[str]:
        found = []
        for environment in Path("/proc").glob("[0-9]*/environ"):
            with suppress(OSError):
                if marker.encode() in environment.read_bytes():
                    found.append(environment.parent.name)
        return found

    deadline = time.monotonic() + 15
    while survivors() and time.monotonic() < deadline:
        time.sleep(0.2)
    assert survivors() == []


def test_two_imports_at_once_the_second_waits(archive, clippings):
    clippings.write("a.md")
    held = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import django, sys; django.setup()\n"
            "from archive.importing.locking import only_import\n"
            "with only_import(): print('held', flush=True); sys.stdin.read()",
        ],
        env={**archive.environment(), "DJANGO_SETTINGS_MODULE": "archive.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with held:
        assert held.stdout is not None
        assert held.stdout.readline() == "held\n"
        with archive.start("import_articles", clippings.path) as second:
            assert second.stderr is not None
            assert "Another import is running" in second.stderr.readline()
            assert second.poll() is None
            held.communicate("")
            out, _ = second.communicate()
    assert second.returncode == 0
    assert "created            1" in out


def test_readers_are_not_kept_waiting(archive, tmp_path):
    write_files(300, tmp_path / "files")
    process = archive.start("import_articles", tmp_path / "files")
    slowest = 0.0
    connection = sqlite3.connect(archive.database, timeout=0)
    while process.poll() is None:
        started = time.monotonic()
        connection.execute("SELECT count(*) FROM articles_article").fetchone()
        slowest = max(slowest, time.monotonic() - started)
        time.sleep(0.005)
    connection.close()
    process.communicate()
    assert process.returncode == 0
    assert slowest < 0.5
