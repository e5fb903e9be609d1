"""The archive in a folder: commands on it, and serving it as `make run` does, for what a browser measures."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

PROJECT = Path(__file__).resolve().parents[1]
PORT = 8765
ADDRESS = f"http://127.0.0.1:{PORT}"


def manage(data_dir: Path, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a command of manage.py on the archive in this folder, and check that it succeeds."""
    run = [sys.executable, "manage.py", *command]
    return subprocess.run(run, cwd=PROJECT, env=environment(data_dir), check=check, capture_output=True, text=True)


@contextmanager
def served(data_dir: Path, port: int = PORT) -> Iterator[str]:
    """The address of the archive in this folder, served publicly until the block ends."""
    manage(data_dir, "migrate")
    manage(data_dir, "collectstatic", "--noinput")
    serve = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    server = subprocess.Popen(serve, cwd=PROJECT, env={**environment(data_dir), "ARCHIVE_PUBLIC_READING": "on"})
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address)
        yield address
    finally:
        server.terminate()
        server.wait()


def environment(data_dir: Path) -> dict[str, str]:
    """That of a process which works on the archive in this folder."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "ARCHIVE_DATA_DIR": str(data_dir)}


def _wait(address: str) -> None:
    for _ in range(400):  # a machine may be busy
        try:
            urlopen(f"{address}/healthz", timeout=1).close()
            return
        except OSError:  # refused, or busy still
            time.sleep(0.1)
    raise SystemExit("The server did not start.")
