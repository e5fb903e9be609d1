"""Server time of the pages at some sizes of an archive: `python -m bench.pages 10000 100000`.

Requests go through Django's handler within this process, with middleware and templates but no network. An archive is
generated once and kept in the folder `--keep`, one for each size.
"""

import argparse
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from bench.archive import open_archive

ROUNDS = 40  # requests for a row of the table
SEED = 1

Measure = tuple[str, list[str]]  # what a row says, and the addresses asked for in turn


def measures() -> Iterator[Measure]:
    """The library bare, filtered and deep down; searches from rare to common; reading."""
    from archive.articles.models import Article
    from archive.search.models import Word

    chance = random.Random(SEED)
    latin = Word.objects.filter(pk__range=("a", "zzz")).values_list("pk", flat=True)[:100_000]
    words = chance.sample([word for word in latin if word.isascii()], ROUNDS)
    numbers = chance.sample(range(1, Article.objects.count() + 1), ROUNDS)
    yield "library", ["/"]
    yield "library, last page", [_last_page()]
    yield "library, by title", [_library(q="sort:title")]
    yield "library, a tag and a year", [_library(tag=f"topic {n}", year=str(2010 + n)) for n in range(10)]
    yield "library, the commonest tag", [_library(tag="topic 0")]
    yield "search, words of any rarity", [_library(q=word) for word in words]
    yield "search, the and another word", [_library(q=f"the {word}") for word in words]
    yield "search, the commonest word", [_library(q="the")]
    yield "search, a common phrase", [_library(q='"of the"')]
    yield "search, prefixes of four letters", [_library(q=f"{word[:4]}*") for word in words]
    yield "search, fields and words", [_library(q=f'the tag:"topic {n}" after:2015 -of') for n in range(10)]
    yield "search, two Chinese characters", [_library(q=pair) for pair in _pairs(numbers)]
    yield "search, nothing found", [_library(q=f"zzq{n}") for n in range(10)]
    yield "reading", [article.get_absolute_url() for article in Article.objects.filter(pk__in=numbers)]


def _library(**parameters: str) -> str:
    return "/?" + urlencode(parameters)


def _last_page() -> str:
    """The address of the page with the oldest articles, as its predecessor would link it."""
    from archive.query import parse
    from archive.search import cursors
    from archive.search.listing import SIZE, find
    from archive.search.models import Document

    before = Document.objects.order_by("position")[SIZE]
    return _library(after=cursors.write(find(parse("")).sort, (0, before.pk)))


def _pairs(numbers: list[int]) -> list[str]:
    from archive.articles.models import Article

    titles = Article.objects.filter(language="zh").order_by("pk").values_list("title", flat=True)[: max(numbers)]
    return [title[:2] for title in titles[:ROUNDS]]


def time_requests(
    addresses: list[str], get: Callable[[str], object], clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """Milliseconds of each of ROUNDS requests, after one for each address that is not counted."""
    for address in addresses:
        get(address)
    times = []
    for number in range(ROUNDS):
        began = clock()
        get(addresses[number % len(addresses)])
        times.append((clock() - began) * 1000)
    return times


def measure() -> None:
    """Print the table for the archive that is open."""
    from django.core.cache import cache
    from django.db import connection, reset_queries
    from django.test import Client, override_settings

    client = Client(headers={"host": "localhost"})

    def get(address: str) -> int:
        response = client.get(address)
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}")
        return len(response.content)

    def get_uncached(address: str) -> int:
        cache.clear()
        return get(address)

    row = "{:<32} {:>9} {:>7} {:>7} {:>16} {:>8} {:>4}\n"
    sys.stdout.write(row.format("", "median ms", "p95 ms", "CPU ms", "CPU, uncached", "queries", "KB"))
    for name, addresses in measures():
        warm, cold = time_requests(addresses, get), time_requests(addresses, get_uncached, time.process_time)
        # Where other work shares the machine, the time of this process alone says more.
        busy = time_requests(addresses, get, time.process_time)
        with override_settings(DEBUG=True):
            reset_queries()
            size = get_uncached(addresses[0])
            queries = len(connection.queries)
        figures = [f"{figure:.1f}" for figure in (median(warm), _p95(warm), median(busy), median(cold))]
        sys.stdout.write(row.format(name, *figures, queries, f"{size / 1000:.0f}"))


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=[10_000])
    parser.add_argument("--keep", type=Path, default=Path("data/bench"), help="where archives are, or will be")
    options = parser.parse_args()
    for size in options.sizes:
        folder = options.keep / str(size)
        # What DATABASE_URL names is taken as it is.
        if "DATABASE_URL" not in os.environ and not (folder / "archive.sqlite3").exists():
            subprocess.run([sys.executable, "-m", "bench.archive", str(size), "--data-dir", str(folder)], check=True)
        if len(options.sizes) > 1:  # Django opens one archive in a process
            subprocess.run([sys.executable, "-m", "bench.pages", str(size), "--keep", str(options.keep)], check=True)
            continue
        sys.stdout.write(f"\n{size} articles\n")
        open_archive(folder)
        measure()


if __name__ == "__main__":
    main()
