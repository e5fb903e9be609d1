"""The container's build steps, run without a container engine: the commands in the Dockerfile."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

PROJECT = Path(__file__).resolve().parents[2]
DOCKERFILE = re.sub(r"\\\n\s*", " ", (PROJECT / "Dockerfile").read_text())


def commands(instruction: str) -> list[str]:
    return re.findall(rf"^\s*{instruction} (.+)$", DOCKERFILE, re.MULTILINE)


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """A folder with what the Dockerfile copies, and the environment it sets."""
    folder = tmp_path_factory.mktemp("image")
    for step in commands("COPY"):
        if "--from" in step or "--chown" not in step:
            continue
        *names, target = step.split()[1:]
        for name in names:
            if (PROJECT / name).is_dir():
                shutil.copytree(PROJECT / name, folder / target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(PROJECT / name, folder / target)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ARCHIVE_", "DATABASE_"))}
    environment |= {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(folder),
        "ARCHIVE_DATA_DIR": str(folder / "data"),
    }
    return folder, environment


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(url: str, seconds: float) -> str:
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urlopen(url, timeout=3) as response:
                return response.read().decode()
        except URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def test_the_image_serves_an_archive_and_stops_gracefully(image):
    folder, environment = image
    static = next(step for step in commands("RUN") if "collectstatic" in step)
    build_dir = re.search(r"ARCHIVE_DATA_DIR=(\S+)", static)[1]
    step = static.replace(build_dir, str(folder / "build"))
    subprocess.run(["sh", "-c", step], cwd=folder, env=environment, check=True)
    assert (folder / "staticfiles" / "staticfiles.json").exists()

    port = free_port()
    serve = json.loads(commands("CMD")[-1])
    serve[-1] = serve[-1].replace("0.0.0.0:8000", f"127.0.0.1:{port}")
    server = subprocess.Popen(serve, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        health = re.search(r"http://127\.0\.0\.1:8000(/\w+)", DOCKERFILE)[1]
        assert wait_for(f"http://127.0.0.1:{port}{health}", seconds=30) == "ok"
        assert wait_for(f"http://127.0.0.1:{port}/readyz", seconds=5) == "ok"
    finally:
        server.send_signal(signal.SIGTERM)
        errors = server.communicate(timeout=30)[1]
    assert server.returncode == 0, errors
    assert "Traceback" not in errors


def test_the_container_runs_as_nobody_special_and_keeps_its_data_in_a_volume():
    assert commands("USER") == ["archive"]
    assert commands("VOLUME") == ["/data"]
    assert "ARCHIVE_DATA_DIR=/data" in DOCKERFILE
