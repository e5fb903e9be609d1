"""One reader's own data: `python -m bench.personal [--articles N]`.

Makes an archive of its own in a temporary folder, with one article of 60,000 characters among the others, and measures
whole requests by someone who signed in: a note on that article, a mark, its hits, and lists that notes take part in.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.archive import fill, mean_words, open_archive

LENGTH = 60_000  # characters
NOTES = 1_000  # by the same reader, on other articles
ROUNDS = 20
BARS = {  # milliseconds of work, p95
    "write a note on 60,000 characters": 100,
    "mark 60,000 characters as read": 100,
    "read 60,000 characters": 150,
    "the same with 100 hits marked": 200,
    "what is related, not remembered": 20,
    "library, with what is mine": 100,
    "search for a word, in notes too": 100,
    "search in notes alone": 100,
    "unread": 100,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2_000)
    count = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as folder:
        open_archive(Path(folder))
        fill(count, mean_words(count), 1)
        print(f"{'milliseconds':36}{'median':>8}{'p95':>8}{'bar':>8}")
        missed = [name for name, act in _measures() if not _measure(name, act)]
    if missed:
        raise SystemExit(f"Missed: {', '.join(missed)}")


def _measures() -> list[tuple[str, Callable[[int], object]]]:
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.cache import cache
    from django.test import Client

    from archive.annotations.writing import annotate
    from archive.articles.models import Article
    from archive.search import index
    from archive.search.related import related

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.ALLOWED_HOSTS = ["testserver"]
    person = get_user_model().objects.create_user("ada")
    chance = random.Random(1)
    articles = list(Article.objects.select_related("revision").order_by("pk")[: NOTES + 1])
    long = articles.pop()
    words = " ".join(articles[0].revision.text.split())  # type: ignore[union-attr]
    text = (words * (LENGTH // len(words) + 1))[:LENGTH]
    long.revision.text, long.revision.html = text, f"<p>{text}</p>"  # type: ignore[union-attr]
    long.revision.save()  # type: ignore[union-attr]
    common = max(set(text.split()), key=text.split().count)
    for each in articles:
        annotate(person, each, None, note=" ".join(chance.sample(text.split(), 20)))
    index.refresh()
    client = Client()
    client.force_login(person)
    address = long.get_absolute_url()

    def get(path: str, **asked: Any) -> None:
        cache.clear()
        assert client.get(path, asked).status_code == 200

    def post(path: str, **form: Any) -> None:
        assert client.post(path, form).status_code == 302

    def find_related(number: int) -> None:
        cache.clear()
        related(articles[number])

    acts: list[Callable[[int], object]] = [
        lambda n: post(f"/articles/{long.pk}/annotate", note=f"Note {n} in some words"),
        lambda n: post(f"/articles/{long.pk}/mark", mark=("read", "unread")[n % 2]),
        lambda n: get(address),
        lambda n: get(address, q=common),
        find_related,
        lambda n: get("/"),
        lambda n: get("/", q=chance.choice(text.split())),
        lambda n: get("/", q=f"in:notes {chance.choice(text.split())}"),
        lambda n: get("/", q="is:unread"),
    ]
    return list(zip(BARS, acts, strict=True))


def _measure(name: str, act: Callable[[int], object]) -> bool:
    times = []
    for number in range(ROUNDS + 1):
        begun = time.process_time()
        act(number)
        times.append((time.process_time() - begun) * 1000)
    p95 = quantiles(times[1:], n=20)[-1]
    print(f"{name:36}{median(times[1:]):8.1f}{p95:8.1f}{BARS[name]:8}", flush=True)
    return p95 < BARS[name]


if __name__ == "__main__":
    main()
