"""The settings a person may give, read from the environment.

A wrong value must not end in a traceback: it is replaced by its default and remembered in `problems`, which a system
check turns into a sentence (see `archive.accounts.checks`).
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import environs

from archive import data_folder
from archive.hosting import TrustedProxies, parse_host, parse_origin, parse_proxies, parse_subpath

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
SHORTEST_SECRET = 50
HSTS = ("host", "subdomains", "preload")
MAIL_SCHEMES = ("smtp", "submission", "console")
MAIL_TIMEOUT = 10  # seconds that a person waits for a mail server at most
SQLITE = "django.db.backends.sqlite3"

Value = TypeVar("Value")


@dataclass(frozen=True)
class Environment:
    """What a person set, or the default. `problems` are sentences about what could not be used."""

    data_dir: Path
    index_dir: Path
    database: dict[str, Any]
    secret_key: str
    allowed_hosts: list[str]
    trusted_origins: list[str]
    trusted_proxies: TrustedProxies
    subpath: str
    time_zone: str
    https: bool
    hsts: str
    mail: dict[str, Any]
    public_reading: bool
    fetch: bool
    debug: bool
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_environment(project_dir: Path) -> Environment:
    """Read every ARCHIVE_ variable and DATABASE_URL; make the data directory, the database file and the secret key."""
    env = environs.Env()
    problems: list[str] = []

    def get(parser: Callable[..., Value], name: str, default: Value, expected: str) -> Value:
        try:
            return parser(name, default)
        except (environs.EnvError, ValueError) as error:
            problems.append(f"{name} should be {expected}. It was ignored: {error}.")
            return default

    def listed(name: str, expected: str) -> list[str]:
        given: list[str] = get(env.list, name, [], f"{expected}, separated by commas")
        return [each.strip() for each in given if each.strip()]

    def parsed(name: str, parse: Callable[..., Value], given: Any, default: Value) -> Value:
        try:
            return parse(given)
        except ValueError as error:
            problems.append(f"{name}: {error}.")
            return default

    data_dir = Path(get(env.str, "ARCHIVE_DATA_DIR", str(project_dir / "data"), "a folder")).absolute()
    database = _database(env, data_dir, problems)
    warnings = _prepare(data_dir, database, problems)

    hosts = [
        parsed("ARCHIVE_ALLOWED_HOSTS", parse_host, each, None) for each in listed("ARCHIVE_ALLOWED_HOSTS", "names")
    ]
    elsewhere = [host for host in hosts if host is not None and host.name not in LOOPBACK]
    debug = get(env.bool, "ARCHIVE_DEBUG", False, "on or off")
    https_expected = any(host.scheme != "http" for host in elsewhere) and not debug
    https = get(env.bool, "ARCHIVE_HTTPS", https_expected, "on or off")
    origins = [
        parsed("ARCHIVE_TRUSTED_ORIGINS", parse_origin, each, "")
        for each in listed("ARCHIVE_TRUSTED_ORIGINS", "origins")
    ]
    origins += [origin for host in hosts if host is not None for origin in host.origins(https)]
    proxies = listed("ARCHIVE_TRUSTED_PROXIES", "addresses or networks")
    return Environment(
        data_dir=data_dir,
        index_dir=Path(get(env.str, "ARCHIVE_INDEX_DIR", str(data_dir / "index"), "a folder")).absolute(),
        database=database,
        secret_key=get(env.str, "ARCHIVE_SECRET_KEY", "", "a long random text") or _kept_secret(data_dir, problems),
        allowed_hosts=[*dict.fromkeys(host.name for host in elsewhere), *LOOPBACK],
        trusted_origins=list(dict.fromkeys(origins)),
        trusted_proxies=parsed("ARCHIVE_TRUSTED_PROXIES", parse_proxies, proxies, TrustedProxies()),
        subpath=parsed("ARCHIVE_SUBPATH", parse_subpath, get(env.str, "ARCHIVE_SUBPATH", "", "a path"), ""),
        time_zone=parsed("ARCHIVE_TIME_ZONE", _time_zone, get(env.str, "ARCHIVE_TIME_ZONE", "UTC", "a name"), "UTC"),
        https=https,
        hsts=parsed("ARCHIVE_HSTS", _hsts, get(env.str, "ARCHIVE_HSTS", "host", "a word"), "host"),
        mail=_mail(env, problems),
        public_reading=get(env.bool, "ARCHIVE_PUBLIC_READING", False, "on or off"),
        fetch=get(env.bool, "ARCHIVE_FETCH", False, "on or off"),
        debug=debug,
        problems=problems,
        warnings=warnings,
    )


def _prepare(data_dir: Path, database: dict[str, Any], problems: list[str]) -> list[str]:
    """Make what the data folder needs, for us alone, and close what was open to others; warnings if that fails."""
    kept_in = Path(database["NAME"]) if database["ENGINE"] == SQLITE and database["NAME"] != ":memory:" else None
    try:
        data_folder.make_folder(data_dir)
    except OSError as error:
        problems.append(f"ARCHIVE_DATA_DIR should be a folder that can be written to: {error}.")
        return []
    try:
        if kept_in is not None:
            data_folder.make_file(kept_in)
    except OSError:
        pass  # SQLite says it better, and only to those who use the database
    still_open = data_folder.close(data_dir, kept_in)
    said = "Other users of this machine may be able to read {}: its permissions could not be changed."
    return [said.format(path) for path in still_open]


def _time_zone(given: str) -> str:
    # Django looks for it in the system's folder alone, where there is one.
    folder = Path("/usr/share/zoneinfo")
    try:
        if folder.exists() and not (folder / given).is_file():
            raise KeyError(given)
        return ZoneInfo(given).key
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"“{given}” should be the name of a time zone, like Europe/Berlin or UTC") from error


def _hsts(given: str) -> str:
    if given not in HSTS:
        raise ValueError(f"“{given}” should be one of {', '.join(HSTS)}")
    return given


def _mail(env: environs.Env, problems: list[str]) -> dict[str, Any]:
    """Django's settings for sending mail; empty where no mail server is named."""
    address = env.str("ARCHIVE_EMAIL_URL", "")
    sender = env.str("ARCHIVE_EMAIL_FROM", "")
    if not address:
        return {}
    scheme, separator, rest = address.partition("://")
    try:
        if not separator or scheme not in MAIL_SCHEMES or not (rest or scheme == "console"):
            raise ValueError("it does not name a mail server")
        mail = env.dj_email_url("ARCHIVE_EMAIL_URL")
    except (environs.EnvError, ValueError) as error:
        problems.append(f"ARCHIVE_EMAIL_URL should look like submission://user:password@mail.example.org: {error}.")
        return {}
    if "@" not in sender:
        problems.append("ARCHIVE_EMAIL_FROM should be the address that mail comes from, like archive@example.org.")
        return {}
    given = {name: value for name, value in mail.items() if value is not None}
    return {"EMAIL_TIMEOUT": MAIL_TIMEOUT, **given, "DEFAULT_FROM_EMAIL": sender}


def _database(env: environs.Env, data_dir: Path, problems: list[str]) -> dict[str, Any]:
    beside_data = f"sqlite:///{data_dir / 'archive.sqlite3'}"
    try:
        database = dict(env.dj_db_url("DATABASE_URL", beside_data))
    except (environs.EnvError, ValueError) as error:
        problems.append(f"DATABASE_URL should look like postgres://user:password@host/name: {error}.")
        database = {"ENGINE": SQLITE, "NAME": str(data_dir / "archive.sqlite3")}
    return with_options(database)


def with_options(database: dict[str, Any]) -> dict[str, Any]:
    """The settings of a database as read from its address, with what an archive wants of it."""
    if database["ENGINE"] == SQLITE:
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
    try:
        return data_folder.kept_secret(data_dir / "secret_key")
    except OSError as error:
        problems.append(
            f"The secret key could not be saved in the data folder, so sign-ins end when this stops: {error}."
        )
        return secrets.token_urlsafe(SHORTEST_SECRET)
