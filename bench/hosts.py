"""Three hosts on one PostgreSQL: `python -m bench.hosts [--seconds N]`.

Each host is a process with an index folder of its own. All edit articles and write private notes; one is stopped and
started again, and the index of another deleted. After each change, and at the end, what a host finds is compared with
the database.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.archive import fill, mean_words, open_archive
from tests.postgresql import binaries, server

HOSTS = 3
ARTICLES = 300

HOST = """
import random, sys, time, django
django.setup()
from django.contrib.auth import get_user_model
from archive.annotations.writing import annotate
from archive.articles.models import Article
from archive.query import parse
from archive.search import index
from archive.search.listing import find
number, seconds = sys.argv[1], float(sys.argv[2])
person, _ = get_user_model().objects.get_or_create(username=f"host{number}")
others = get_user_model().objects.exclude(pk=person.pk)
chance, end, done = random.Random(), time.monotonic() + seconds, 0
pks = list(Article.objects.values_list("pk", flat=True))
while time.monotonic() < end:
    pk, word = chance.choice(pks), f"zq{number}x{chance.randrange(10**9)}"
    if chance.random() < 0.5:
        Article.objects.get(pk=pk).edit(title=f"Title {word}")
        index.refresh()
        assert find(parse(word)).total <= 1 and find(parse("")).total == len(pks)
        held = set(Article.objects.filter(title__contains=word).values_list("pk", flat=True))
        assert {row.article.pk for row in find(parse(word)).rows} == held, word
    else:
        annotate(person, Article.objects.get(pk=pk), None, note=word)
        index.refresh()
        assert [row.article.pk for row in find(parse(word), reader=person.pk).rows] == [pk], word
        assert not any(find(parse(word), reader=other.pk).total for other in others)
    done += 1
print(f"host {number}: {done} changes", flush=True)
"""
CHECK = """
import django
django.setup()
from archive.search import index
problems = index.check()
assert not problems, problems
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    seconds = parser.parse_args().seconds
    programs = binaries()
    if programs is None:
        sys.exit("There is no PostgreSQL on this machine.")
    with server(programs) as address, tempfile.TemporaryDirectory(prefix="commonplace-hosts-") as folder:
        os.environ["DATABASE_URL"] = address
        open_archive(Path(folder, "data"))
        fill(ARTICLES, mean_words(ARTICLES))
        hosts = [_start(folder, number, HOST, number, seconds) for number in range(HOSTS)]
        time.sleep(seconds * random.random() / 2)
        hosts[0].kill()
        hosts[0].wait()
        shutil.rmtree(Path(folder, "index-1"), ignore_errors=True)
        time.sleep(seconds / 4)
        hosts[0] = _start(folder, 0, HOST, 0, seconds / 4)
        codes = [host.wait() for host in hosts]
        codes += [_start(folder, number, CHECK).wait() for number in range(HOSTS)]
    print("Every host agrees with the database." if not any(codes) else f"A host does not agree: {codes}")
    sys.exit(any(codes))


def _start(folder: str, number: int, code: str, *arguments: object) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "ARCHIVE_INDEX_DIR": str(Path(folder, f"index-{number}"))}
    return subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], env=environment)


if __name__ == "__main__":
    main()
