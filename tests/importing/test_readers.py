"""People can read and write during an import: nobody waits long, and nobody gets a "database is locked" error."""

import subprocess
import sys
from contextlib import ExitStack

READ_AND_WRITE = """
import sys, time
import django; django.setup()
from django.contrib.auth import get_user_model
from django.test import Client

person = get_user_model().objects.create_user(f"reader {sys.argv[1]}")
client = Client(HTTP_HOST="localhost", raise_request_exception=True)
slowest, pages = 0.0, 0
print("ready", flush=True)
end = time.monotonic() + float(sys.argv[2])
while time.monotonic() < end:
    began = time.monotonic()
    client.force_login(person)  # writes a session
    assert client.get("/").status_code == 200
    assert client.get("/?q=harbour").status_code == 200
    slowest = max(slowest, time.monotonic() - began)
    pages += 2
print(pages, slowest, flush=True)
"""


def test_an_import_blocks_no_reader_and_no_other_writer(make_archive, clippings):
    archive = make_archive("archive")
    for number in range(150):
        clippings.write(f"{number}.md", f"# Log {number}\n\n" + "The harbour lamp burned all winter. " * 80)
    environment = {
        **archive.environment(),
        "DJANGO_SETTINGS_MODULE": "archive.settings",
        "ARCHIVE_DEBUG": "on",  # static files need not be collected
    }
    with ExitStack() as running:
        readers = [
            running.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", READ_AND_WRITE, str(number), "5"],
                    env=environment,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    text=True,
                )
            )
            for number in range(2)
        ]
        for reader in readers:
            assert reader.stdout is not None
            assert reader.stdout.readline() == "ready\n"
        imported = archive.manage("import_articles", clippings.path)
        assert imported.returncode == 0, imported.stderr
        for reader in readers:
            out, errors = reader.communicate(timeout=60)
            assert reader.returncode == 0, errors
            pages, slowest = out.split()
            assert int(pages) > 0
            assert float(slowest) < 10, "a reader waits for no import"
