import stat

import pytest

from archive.environment import SHORTEST_SECRET, read_environment

NAMES = (
    "ARCHIVE_DATA_DIR",
    "DATABASE_URL",
    "ARCHIVE_SECRET_KEY",
    "ARCHIVE_ALLOWED_HOSTS",
    "ARCHIVE_PUBLIC_READING",
    "ARCHIVE_DEBUG",
    "ARCHIVE_HTTPS",
)


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_without_any_setting_the_archive_is_private_and_local(tmp_path):
    environment = read_environment(tmp_path)
    assert environment.data_dir == tmp_path / "data"
    assert environment.database["NAME"] == str(tmp_path / "data" / "archive.sqlite3")
    assert environment.allowed_hosts == ["localhost", "127.0.0.1", "[::1]"]
    assert (environment.https, environment.public_reading, environment.debug) == (False, False, False)
    assert environment.problems == []


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first = read_environment(tmp_path).secret_key
    assert len(first) >= SHORTEST_SECRET
    assert read_environment(tmp_path).secret_key == first
    assert stat.S_IMODE((tmp_path / "data" / "secret_key").stat().st_mode) == 0o600


def test_a_host_of_its_own_means_https(tmp_path, monkeypatch):
    monkeypatch.setenv("ARCHIVE_ALLOWED_HOSTS", "archive.example, localhost")
    environment = read_environment(tmp_path)
    assert environment.allowed_hosts == ["archive.example", "localhost", "127.0.0.1", "[::1]"]
    assert environment.https


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ARCHIVE_DEBUG", "perhaps"),
        ("ARCHIVE_PUBLIC_READING", "2"),
        ("ARCHIVE_HTTPS", "yes please"),
        ("DATABASE_URL", "my database"),
        ("DATABASE_URL", "oracel://host/name"),
        ("ARCHIVE_DATA_DIR", "/proc/no/such/place"),
        ("ARCHIVE_TIME_ZONE", "Mars/Olympus"),
        ("ARCHIVE_TIME_ZONE", "../../etc/passwd"),
        ("ARCHIVE_TIME_ZONE", "America"),
    ],
)
def test_a_wrong_value_is_a_sentence_that_names_the_setting(tmp_path, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    problems = read_environment(tmp_path).problems
    assert problems
    assert name in problems[0]


def test_postgresql_is_taken_from_its_address(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://reader:secret@db.example/archive")
    database = read_environment(tmp_path).database
    assert (database["ENGINE"], database["NAME"], database["HOST"]) == (
        "django.db.backends.postgresql",
        "archive",
        "db.example",
    )
