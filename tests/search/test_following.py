"""Three processes write and search at once; some are killed. Afterwards, searches agree with the database."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

WRITER = """
import os, random, sys, django
django.setup()
from archive.articles.models import Article
from archive.query import parse
from archive.search import index, listing
chance = random.Random(int(sys.argv[1]))
pks = list(Article.objects.values_list("pk", flat=True))
for number in range(int(sys.argv[2])):
    Article.objects.filter(pk=chance.choice(pks)).update(title=f"Title w{sys.argv[1]}x{number}")
    index.refresh()
    page = listing.find(parse(f"title:w{sys.argv[1]}x{number}"))
    assert page.total <= 1, page.total
"""
CHECK = """
import django
django.setup()
from archive.search import index
index.refresh()
problems = index.check()
assert not problems, problems
"""
BEGIN = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.factories import article
for number in range(30):
    article(text=f"Words of number {number}")
"""


@pytest.fixture
def run(tmp_path: Path):
    environment = {**os.environ, "ARCHIVE_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "archive.settings"}
    environment.pop("DATABASE_URL", None)

    def run(code: str, *arguments: object) -> subprocess.Popen:
        command = [sys.executable, "-W", "ignore", "-c", code, *map(str, arguments)]
        return subprocess.Popen(command, env=environment, cwd=Path(__file__).parents[2])

    assert run(BEGIN).wait() == 0
    return run


def test_three_processes_lose_nothing(run) -> None:
    processes = [run(WRITER, number, 8) for number in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    assert run(CHECK).wait() == 0


def test_whoever_is_killed_leaves_an_index_that_the_next_one_mends(run) -> None:
    chance = random.Random(5)
    for number in range(2):
        process = run(WRITER, number, 1_000)
        time.sleep(1 + chance.random())  # somewhere in its work
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert run(CHECK).wait() == 0
