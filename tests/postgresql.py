"""Run the tests that use the database on PostgreSQL too: `python -m tests.postgresql`, with pytest's arguments.

Starts its own server in a temporary folder, on a Unix socket in it, and stops it at the end. Without PostgreSQL, it
says so and exits 0: the same tests run on SQLite.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

PACKAGES = [f"tests/{name}" for name in ("annotations", "curating", "exporting", "importing", "reading", "search")]
# Of the pages, those whose queries group, sort or lock; `test_private_words` asks every address there is.
PAGES = [
    f"tests/web/test_{name}.py"
    for name in (
        *("arrivals", "bulk_changes", "change_notes", "chart", "collections", "completions", "edit_details", "exports"),
        *("facets", "feeds", "history", "imports", "labels", "library", "lost", "mine", "notebook", "opds"),
        *("private_words", "saved_searches", "searching_notes", "selection", "sent_twice", "tag_completions"),
        *("time_zones", "undoing"),
    )
]
# Nothing here needs to outlive the run.
HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "shared_buffers=128MB")


def binaries() -> Path | None:
    """The folder of the newest installed PostgreSQL's server programs."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: float(folder.parent.name))
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


@contextmanager
def server(programs: Path) -> Iterator[str]:
    """The address of an empty database on its own server."""
    # PostgreSQL refuses to run as root.
    user = next((name for name in ("postgres", "nobody") if _exists(name)), None) if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="commonplace-pg-", dir="/tmp"))
    if user:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), *arguments]
        subprocess.run(command, check=True, cwd=folder, user=user, stdout=subprocess.DEVNULL)

    try:
        run(
            "initdb",
            "--pgdata=data",
            "--username=archive",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync",
        )
        options = " ".join(["-k", str(folder), *(f"-c {setting}" for setting in HASTY)])
        run("pg_ctl", "--pgdata=data", "--log=log", "--options", options, "--wait", "start")
        try:
            yield f"postgres://archive@{quote(str(folder), safe='')}/postgres"
        finally:
            run("pg_ctl", "--pgdata=data", "--mode=immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def main() -> int:
    programs = binaries()
    if programs is None:
        sys.stderr.write(
            "\n!!!!!!!! NO TEST WAS RUN ON POSTGRESQL !!!!!!!!\n"
            "There is no PostgreSQL on this machine. On Debian and Ubuntu: apt install postgresql\n\n"
        )
        return 0
    with server(programs) as address:
        command = [sys.executable, "-m", "pytest", *(sys.argv[1:] or ["-n", "2", *PACKAGES, *PAGES])]
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}).returncode


if __name__ == "__main__":
    sys.exit(main())
