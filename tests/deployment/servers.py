"""A real gunicorn with the project's own configuration and its own data folder."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

PROJECT = Path(__file__).resolve().parents[2]


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def environment_for(data_dir: Path, **settings: str) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("ARCHIVE_", "DATABASE_", "DJANGO_"))
    }
    return kept | {"ARCHIVE_DATA_DIR": str(data_dir), **settings}


def manage(data_dir: Path, *arguments: str, **settings: str) -> str:
    """The output of a command."""
    command = [sys.executable, "manage.py", *arguments]
    environment = environment_for(data_dir, **settings)
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=True).stdout


@contextmanager
def gunicorn(data_dir: Path, **settings: str):
    """The address of a server that runs until the end of the block."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    with (data_dir / "gunicorn.log").open("w") as log:
        server = subprocess.Popen(command, cwd=PROJECT, env=environment_for(data_dir, **settings), stderr=log)
        try:
            deadline = time.monotonic() + 30
            while fetch(f"http://127.0.0.1:{port}/healthz")[0] != 200:
                assert time.monotonic() < deadline, (data_dir / "gunicorn.log").read_text()
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def fetch(url: str, data: bytes | None = None, **headers: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and text of a response; redirects are not followed. Status 0 means no response."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with build_opener(_Stay).open(Request(url, data, named), timeout=20) as response:
            return response.status, _headers(response), response.read().decode("utf-8", "replace")
    except HTTPError as error:
        return error.code, _headers(error), error.read().decode("utf-8", "replace")
    except URLError:
        return 0, {}, ""


def _headers(response) -> dict[str, str]:
    return {name: "\n".join(response.headers.get_all(name)) for name in response.headers}
