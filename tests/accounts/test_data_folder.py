"""The archive's files, new ones and those an earlier version left open, are private to its user."""

import os
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from archive import data_folder
from archive.environment import read_environment
from archive.importing.pictures import PictureFinder

PROJECT = Path(__file__).resolve().parents[2]
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def modes_below(folder: Path) -> dict[str, int]:
    return {path.relative_to(folder).as_posix(): mode(path) for path in folder.rglob("*")}


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o277, 0o777], ids=oct)
def umask(request):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.fixture
def settings_of(tmp_path, monkeypatch):
    for name in ("ARCHIVE_DATA_DIR", "DATABASE_URL", "ARCHIVE_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_what_is_made_is_for_its_owner_alone_under_any_umask(settings_of, umask):
    environment = read_environment(settings_of)
    folder = settings_of / "data"
    assert environment.problems == environment.warnings == []
    assert mode(folder) == 0o700
    assert modes_below(folder) == {"archive.sqlite3": 0o600, "secret_key": 0o600}
    database = sqlite3.connect(folder / "archive.sqlite3")
    database.executescript("PRAGMA journal_mode=WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1);")
    assert {name: mode for name, mode in modes_below(folder).items() if name.startswith("archive")} == {
        "archive.sqlite3": 0o600,
        "archive.sqlite3-wal": 0o600,
        "archive.sqlite3-shm": 0o600,
    }
    database.close()


def test_pictures_are_too(tmp_path, umask):
    data = tmp_path / "data"
    data_folder.make_folder(data)
    source = tmp_path / "in"
    data_folder.make_folder(source)
    data_folder.make_file(source / "a.png")
    (source / "a.png").write_bytes(PNG)
    assert PictureFinder("a.md", str(source), keep_in=data)("a.png") is not None
    assert set(modes_below(data).values()) == {0o700, 0o600}
    assert all(mode(path) == (0o700 if path.is_dir() else 0o600) for path in data.rglob("*"))


def test_what_an_earlier_version_left_open_is_closed_at_the_start(settings_of):
    folder = settings_of / "data"
    elsewhere = settings_of / "elsewhere.png"
    elsewhere.write_bytes(PNG)
    (folder / "attachments" / "ab").mkdir(parents=True)
    names = ("archive.sqlite3", "archive.sqlite3-wal", "archive.sqlite3-shm", "attachments/ab/x.png")
    for name in names:
        (folder / name).write_bytes(b"")
    (folder / "secret_key").write_text("k" * 60)
    (folder / "attachments" / "link.png").symlink_to(elsewhere)
    for path in (folder, *folder.rglob("*"), elsewhere):
        path.chmod(0o755 if path.is_dir() else 0o644)
    environment = read_environment(settings_of)
    assert environment.warnings == []
    assert environment.secret_key == "k" * 60
    assert mode(folder) == mode(folder / "attachments") == mode(folder / "attachments" / "ab") == 0o700
    assert {mode(folder / name) for name in (*names, "secret_key")} == {0o600}
    assert mode(elsewhere) == 0o644, "what a link leads to is not ours"


def test_pictures_are_closed_in_a_closed_folder_too(settings_of):
    folder = settings_of / "data" / "attachments"
    folder.mkdir(parents=True)
    (folder / "x.png").write_bytes(b"")
    folder.chmod(0o755)
    folder.parent.chmod(0o700)
    read_environment(settings_of)
    assert (mode(folder), mode(folder / "x.png")) == (0o700, 0o600)


def test_a_database_elsewhere_is_closed_and_its_folder_let_alone(settings_of, monkeypatch):
    there = settings_of / "there"
    there.mkdir()
    there.chmod(0o755)
    (there / "a.sqlite3").write_bytes(b"")
    (there / "a.sqlite3").chmod(0o644)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{there}/a.sqlite3")
    read_environment(settings_of)
    assert (mode(there), mode(there / "a.sqlite3")) == (0o755, 0o600)


def test_a_folder_for_everybody_is_not_taken_from_them(settings_of, monkeypatch):
    shared = settings_of / "tmp"
    shared.mkdir()
    shared.chmod(0o1777)
    monkeypatch.setenv("ARCHIVE_DATA_DIR", str(shared))
    (warning,) = read_environment(settings_of).warnings
    assert str(shared) in warning
    assert mode(shared) == 0o1777


def test_processes_that_start_together_get_one_secret(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(data_folder.kept_secret, [tmp_path / "secret_key"] * 64))) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_secret_that_was_never_written_is_made_again(tmp_path):
    (tmp_path / "secret_key").touch()
    secret = data_folder.kept_secret(tmp_path / "secret_key")
    assert len(secret) > 50
    assert data_folder.kept_secret(tmp_path / "secret_key") == secret
    assert mode(tmp_path / "secret_key") == 0o600


def test_a_real_archive_leaves_nothing_open(tmp_path):
    (tmp_path / "a.md").write_text("---\ntitle: A\n---\nWords.\n\n![p](p.png)\n")
    (tmp_path / "p.png").write_bytes(PNG)
    environment = {**os.environ, "ARCHIVE_DATA_DIR": str(tmp_path / "data")}
    environment.pop("DATABASE_URL", None)
    before = os.umask(0o000)
    try:
        for command in (["migrate", "-v0"], ["import_articles", str(tmp_path / "a.md")]):
            run = [sys.executable, "manage.py", *command]
            subprocess.run(run, cwd=PROJECT, env=environment, check=True, capture_output=True)
    finally:
        os.umask(before)
    files = modes_below(tmp_path / "data")
    assert any(name.startswith("attachments/") and name.endswith(".png") for name in files)
    # The search index's files are created by a library; the folder they are in is private.
    assert not files["index"] & 0o077
    assert all(not mode & 0o077 for name, mode in files.items() if not name.startswith("index/")), files
