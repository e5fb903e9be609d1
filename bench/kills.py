"""Work killed at random moments: `python -m bench.kills [--trials N] [--articles N]`.

An import, a bulk change and a rebuild of the index are begun in turn, on an archive of their own, and killed with all
their processes. Then one search is made, as the next request would, and `check_archive` has to be content each time.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.archive import fill, mean_words, open_archive
from bench.files import write_files

LONGEST = 6.0  # seconds that a work is left alone
FILES = 300  # of an import

BULK_CHANGE = """
import django
django.setup()
from django.contrib.auth import get_user_model
from archive.curating import bulk_changes
from archive.curating.models import Verb
from archive.query import parse
person, _ = get_user_model().objects.get_or_create(username="ada", is_staff=True)
change = bulk_changes.begin(person, Verb.TAG, parse("the").node, tags=["killed"])
bulk_changes.work(person, change.pk, seconds=1_000)
"""
SEARCH = """
import django
django.setup()
from archive.articles.models import Article
from archive.query import parse
from archive.search.listing import find
assert find(parse("")).total == Article.objects.present().count()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=50)
    parser.add_argument("--articles", type=int, default=900)  # which one request still indexes by itself
    options = parser.parse_args()
    chance = random.Random(1)
    with tempfile.TemporaryDirectory(prefix="commonplace-kills-") as folder:
        open_archive(Path(folder, "data"))
        fill(options.articles, mean_words(options.articles))
        failed = [number for number in range(options.trials) if not _trial(number, Path(folder), chance)]
    print(f"{options.trials} trials, {len(failed)} archives with a fault afterwards (bar: 0)")
    sys.exit(bool(failed))


def _trial(number: int, folder: Path, chance: random.Random) -> bool:
    """Whether everything is intact after one work was killed."""
    name = ("import", "bulk change", "rebuild")[number % 3]
    files = folder / f"files-{number}"
    if name == "import":
        write_files(FILES, files, seed=number)
    command = {
        "import": ["manage.py", "import_articles", str(files)],
        "bulk change": ["-c", BULK_CHANGE],
        "rebuild": ["manage.py", "rebuild_search_index"],
    }[name]
    process = _start(command)
    after = chance.uniform(0.5, LONGEST)
    try:
        process.wait(after)
        print(f"{number:>3} {name:<12} was done before {after:.1f} s")
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    time.sleep(0.1)
    found = _start(["-c", SEARCH]).wait() == 0
    is_well = found and _start(["manage.py", "check_archive"]).wait() == 0
    print(f"{number:>3} {name:<12} {'well' if is_well else 'NOT WELL'}", flush=True)
    return is_well


def _start(arguments: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, *arguments], start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


if __name__ == "__main__":
    main()
