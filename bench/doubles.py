"""How reliably and how fast duplicates are found: `python -m bench.doubles [--planted N] [--plain N] [--lookalikes N]`.

Texts and their doubles are those of `bench.doubles_texts`, of another seed than the thresholds were chosen with.
`found` is the share of the planted doubles, `false` the share of the pairs found that are none. The rate is that of
`find_doubles`, by the clock and in processor time, and what a million articles take at it. Exits with 1 if a target is
missed.
"""

import argparse
import hashlib
import os
import random
import sys
import tempfile
import time
from collections import Counter
from itertools import islice
from pathlib import Path

from bench.archive import open_archive
from bench.doubles_texts import Text, texts

FOUND, FALSE, MINUTES = 0.95, 0.01, 30
BATCH = 1_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--planted", type=int, default=10_000)
    parser.add_argument("--plain", type=int, default=10_000)
    parser.add_argument("--lookalikes", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--show", action="store_true", help="print what was missed, and what was found in error")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        open_archive(Path(folder))
        made = list(texts(options.plain, options.planted, options.lookalikes, options.seed))
        random.Random(options.seed).shuffle(made)
        write(made)
        is_right = report(made, show=options.show)
    sys.exit(not is_right)


def write(made: list[Text]) -> None:
    """Articles of these texts, numbered from 1, without an index."""
    from django.db import transaction

    from archive.articles.models import Article, Revision
    from archive.search import index

    index.stop_following()
    numbered = enumerate(made, 1)
    while batch := list(islice(numbered, BATCH)):
        with transaction.atomic():
            Article.objects.bulk_create(
                Article(
                    id=number, identity=hashlib.sha256(str(number).encode()).hexdigest(), title=each.title,
                    source_url=each.url, revision_id=number,
                )
                for number, each in batch
            )  # fmt: skip
            Revision.objects.bulk_create(
                Revision(
                    id=number, article_id=number, original=each.text.encode(), content_hash="", path="",
                    encoding="utf-8", html=f"<p>{each.text}</p>", text=each.text, renderer_version=1,
                )
                for number, each in batch
            )  # fmt: skip


def processor_time() -> float:
    """Of this process and those it started that have ended, in seconds."""
    return time.process_time() + sum(os.times()[2:4])


def report(made: list[Text], *, show: bool) -> bool:
    """Find the doubles and print how many of each kind. Returns whether the bars are reached."""
    from archive.curating.doubles.finding import look_through
    from archive.curating.models import DoublePair

    began = time.perf_counter(), processor_time()
    look_through(jobs=2)
    seconds, busy = time.perf_counter() - began[0], processor_time() - began[1]

    planted: dict[int, list[int]] = {}
    for number, each in enumerate(made, 1):
        if each.original is not None:
            planted.setdefault(each.original, []).append(number)
    wanted = {(pair[0], pair[1]): made[pair[0] - 1].kind for pair in planted.values()}
    pairs = set(DoublePair.objects.values_list("first", "second"))
    all_of, found_of = Counter(wanted.values()), Counter(wanted[pair] for pair in pairs & wanted.keys())
    false = Counter(" and ".join(sorted({made[one - 1].kind for one in pair})) for pair in pairs - wanted.keys())
    for kind, number in sorted(all_of.items()):
        print(f"{kind:24} {found_of[kind]:6,} of {number:6,} found  {found_of[kind] / number:7.2%}")
    for kind, number in false.most_common(10):
        print(f"{'false: ' + kind:24} {number:6,}")
    if show:
        for pair in [*islice(wanted.keys() - pairs, 5), *islice(pairs - wanted.keys(), 5)]:
            for number in pair:
                print(f"\n{made[number - 1].kind}: {made[number - 1].text[:600]}")
    found, wrong = found_of.total() / max(1, len(wanted)), false.total() / max(1, len(pairs))
    million = 1_000_000 / len(made) / 60
    print(
        f"found {found:.2%} (bar: {FOUND:.0%}), false {wrong:.2%} (bar: {FALSE:.0%})\n"
        f"{len(made):,} articles in {seconds:.1f} s, {busy / len(made) * 1000:.2f} ms CPU each: a million in "
        f"{seconds * million:.0f} minutes by the clock, {busy * million / 2:.0f} of two cores (bar: {MINUTES})"
    )
    return found >= FOUND and wrong <= FALSE and busy * million / 2 <= MINUTES


if __name__ == "__main__":
    main()
