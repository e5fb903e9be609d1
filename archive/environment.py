"""The settings a person may give, read from the environment.

A wrong value must not end in a traceback: it is replaced by its default and remembered in `problems`, which a system
check turns into a sentence (see `archive.accounts.checks`).
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import environs

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
SHORTEST_SECRET = 50

Value = TypeVar("Value")


@dataclass(frozen=True)
class Environment:
    """What a person set, or the default. `problems` are sentences about what could not be used."""

    data_dir: Path
    database: dict[str, Any]
    secret_key: str
    allowed_hosts: list[str]
    https: bool
    public_reading: bool
    debug: bool
    problems: list[str] = field(default_factory=list)


def read_environment(project_dir: Path) -> Environment:
    """Read every ARCHIVE_ variable and DATABASE_URL; make the data directory and the secret key where missing."""
    env = environs.Env()
    problems: list[str] = []

    def get(parser: Callable[..., Value], name: str, default: Value, expected: str) -> Value:
        try:
            return parser(name, default)
        except (environs.EnvError, ValueError) as error:
            problems.append(f"{name} should be {expected}. It was ignored: {error}.")
            return default

    data_dir = Path(get(env.str, "ARCHIVE_DATA_DIR", str(project_dir / "data"), "a folder")).absolute()
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problems.append(f"ARCHIVE_DATA_DIR should be a folder that can be written to: {error}.")

    given: list[str] = get(env.list, "ARCHIVE_ALLOWED_HOSTS", [], "host names, separated by commas")
    hosts = [host.strip() for host in given]
    elsewhere = [host for host in hosts if host and host not in LOOPBACK]
    debug = get(env.bool, "ARCHIVE_DEBUG", False, "on or off")
    return Environment(
        data_dir=data_dir,
        database=_database(env, data_dir, problems),
        secret_key=get(env.str, "ARCHIVE_SECRET_KEY", "", "a long random text") or _kept_secret(data_dir, problems),
        allowed_hosts=[*elsewhere, *LOOPBACK],
        https=get(env.bool, "ARCHIVE_HTTPS", bool(elsewhere) and not debug, "on or off"),
        public_reading=get(env.bool, "ARCHIVE_PUBLIC_READING", False, "on or off"),
        debug=debug,
        problems=problems,
    )


def _database(env: environs.Env, data_dir: Path, problems: list[str]) -> dict[str, Any]:
    beside_data = f"sqlite:///{data_dir / 'archive.sqlite3'}"
    try:
        database = dict(env.dj_db_url("DATABASE_URL", beside_data))
    except (environs.EnvError, ValueError) as error:
        problems.append(f"DATABASE_URL should look like postgres://user:password@host/name: {error}.")
        database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(data_dir / "archive.sqlite3")}
    return with_options(database)


def with_options(database: dict[str, Any]) -> dict[str, Any]:
    """The settings of a database as read from its address, with what an archive wants of it."""
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",  # a writer waits at the start, where it can, not in the middle
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
                "PRAGMA cache_size=-64000; PRAGMA mmap_size=1073741824; PRAGMA journal_size_limit=67108864"
            ),
        }
    if database["ENGINE"] == "django.db.backends.postgresql":
        # Compiling a query, or starting helper processes for it, takes longer than asking it; what the index finds
        # among a million articles needs 10 MB.
        options = "-c jit=off -c max_parallel_workers_per_gather=0 -c work_mem=32MB"
        database["OPTIONS"] = {"options": options, **database.get("OPTIONS", {})}
    return {**database, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}


def _kept_secret(data_dir: Path, problems: list[str]) -> str:
    """The secret key of this archive: made once, kept in the data directory, readable by its owner alone."""
    path = data_dir / "secret_key"
    try:
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(secrets.token_urlsafe(SHORTEST_SECRET), encoding="ascii")
    except FileExistsError:
        pass
    except OSError as error:
        problems.append(f"No secret key could be kept in the data folder, so sign-ins end with this process: {error}.")
        return secrets.token_urlsafe(SHORTEST_SECRET)
    return path.read_text(encoding="ascii")
