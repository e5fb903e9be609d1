"""Two importers and ten readers at once: `python -m bench.soak --seconds 300`.

Works on an archive of its own in a temporary folder, or on the database that DATABASE_URL names, which should be empty.
Each importer writes new files and imports its folder, again and again; each reader asks for one page after another, and
one of them edits. Ends with 1 if anything failed, spoke of locks, or is not there at the end.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

from bench.archive import open_archive
from bench.files import write_files

PROJECT = Path(__file__).resolve().parents[1]
IMPORTERS, READERS = 2, 10
FILES = 40  # new ones in a round
LOCK_WORDS = ("locked", "deadlock", "lock timeout", "could not obtain")


class Soak:
    """Results so far, collected from many threads."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self.folder = folder
        self.ends_at = time.monotonic() + seconds
        self.counts = Counter[str]()
        self.errors: list[str] = []
        self.slowest = 0.0  # milliseconds
        self._lock = threading.Lock()

    def goes_on(self) -> bool:
        return time.monotonic() < self.ends_at

    def tell(self, what: str, count: int = 1) -> None:
        with self._lock:
            self.counts[what] += count

    def fail(self, error: str) -> None:
        with self._lock:
            self.errors.append(error)

    def importer(self, number: int) -> None:
        """Write files and import all there are, until the time is up."""
        home = self.folder / f"importer-{number}"
        rounds = 0
        while self.goes_on():
            write_files(FILES, home / f"round-{rounds}", seed=1 + number + IMPORTERS * rounds)
            rounds += 1
            command = [sys.executable, "manage.py", "import_articles", str(home), "--jobs", "1"]
            done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
            self.tell("imports")
            if done.returncode or any(word in done.stderr.lower() for word in LOCK_WORDS):
                self.fail(f"importer {number} ended with {done.returncode}: {done.stderr[-2000:]}")
        self.tell("files", FILES * rounds)

    def reader(self, number: int) -> None:
        """Request pages until the time is up. The first reader edits articles, too."""
        from django.db import connection
        from django.test import Client

        chance = random.Random(number)
        client = Client(headers={"host": "localhost"})
        while self.goes_on():
            address = chance.choice(["/", "/?q=the", "/?q=%22of+the%22", "/?" + urlencode({"q": f"w{number}* the"})])
            began = time.perf_counter()
            try:
                if number == 0:
                    self._edit(chance)
                status = client.get(address).status_code
                if status >= 400:
                    self.fail(f"{address} answered {status}")
            except Exception as error:
                self.fail(f"reader {number} at {address}: {type(error).__name__}: {error}")
            with self._lock:
                self.slowest = max(self.slowest, (time.perf_counter() - began) * 1000)
            self.tell("pages")
        connection.close()

    def _edit(self, chance: random.Random) -> None:
        from django.db import transaction

        from archive.articles.models import Article
        from archive.search import index

        pks = list(Article.objects.order_by("-pk").values_list("pk", flat=True)[:50])
        if pks:
            with transaction.atomic():
                Article.objects.get(pk=chance.choice(pks)).edit(description=f"Edited {chance.random()}")
            index.refresh()
            self.tell("edits")


def soak(seconds: float, folder: Path) -> Soak:
    """Run it on the archive that is open; files go below the folder."""
    from archive.articles.models import Article
    from archive.search import index

    before = Article.objects.count()
    run = Soak(folder, seconds)
    threads = [threading.Thread(target=run.importer, args=[number]) for number in range(IMPORTERS)]
    threads += [threading.Thread(target=run.reader, args=[number]) for number in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    there = Article.objects.count() - before
    if there != run.counts["files"]:
        run.fail(f"{run.counts['files']} files were written and {there} articles are there")
    run.errors += index.check()
    return run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="commonplace-soak-") as folder:
        open_archive(Path(folder) / "data")
        os.environ["ARCHIVE_DATA_DIR"] = str(Path(folder) / "data")  # for the importers
        from django.conf import settings
        from django.db import connection

        plain = "django.contrib.staticfiles.storage.StaticFilesStorage"  # no need to collect any first
        settings.STORAGES["staticfiles"]["BACKEND"] = plain
        run = soak(options.seconds, Path(folder))
        numbers = ", ".join(f"{count:,} {what}" for what, count in sorted(run.counts.items()))
        sys.stdout.write(f"{connection.vendor}: {numbers}; the slowest page {run.slowest:.0f} ms\n")
        sys.stdout.write("".join(f"{error}\n" for error in run.errors) or "No error, no lock message, no lost row.\n")
        connection.close()
    sys.exit(bool(run.errors))


if __name__ == "__main__":
    main()
