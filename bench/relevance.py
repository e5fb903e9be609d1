"""How relevant the best results are: `python -m bench.relevance`.

The samples and generated articles are imported, and the judged searches of `relevance.toml` are asked. nDCG@10 of our
order stands beside that of the engine's plain ranking of the same results: BM25 of all words alike. Where nothing is
found, what the archive suggests is sought. The bar: ours no worse, and no lower than 0.935.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log2
from pathlib import Path
from statistics import fmean
from typing import Any

from bench.archive import open_archive
from bench.topics import Topic, write

PROJECT = Path(__file__).resolve().parents[1]
SAMPLES = PROJECT / "samples"
JUDGED = Path(__file__).with_suffix(".toml")
PLACES = 10  # that count
Rankings = dict[str, dict[str, list[str]]]  # paths of files, by the text of a search and whose order it is


@dataclass(frozen=True)
class Judged:
    """A search, and the grades of the articles that answer it, by the path of the file."""

    kind: str
    text: str
    grades: dict[str, int]


def judged() -> tuple[list[Judged], list[Topic]]:
    """All judged searches, and the topics that some of them are about."""
    told = tomllib.loads(JUDGED.read_text())
    paths, topics = told["articles"], [Topic.read(number, each) for number, each in enumerate(told["topic"])]
    searches = [
        Judged(
            each["kind"], each["text"], {paths[name]: grade for grade in (3, 2, 1) for name in each.get(str(grade), [])}
        )
        for each in told["search"]
    ]
    made_up = [
        Judged(each["kind"], topic.text, topic.grades()) for each, topic in zip(told["topic"], topics, strict=True)
    ]
    return searches + made_up, topics


def ndcg(found: list[str], grades: Mapping[str, int]) -> float:
    """The normalized discounted cumulative gain of the first places: 1 if no other order were better."""

    def gain(some: list[int]) -> float:
        return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(some[:PLACES]))

    return gain([grades.get(path, 0) for path in found]) / gain(sorted(grades.values(), reverse=True))


def rank(folder: Path, data_dir: Path) -> Rankings:
    """Import the samples and the folder into the archive, and ask it every search."""
    open_archive(data_dir)

    from archive.articles.models import Article
    from archive.importing.running import import_paths
    from archive.query import parse
    from archive.search.listing import find

    for root in (SAMPLES, folder):
        run = import_paths([root])
        if run.failed:
            raise RuntimeError(f"{run.failed} files of {root} could not be imported.")
    paths = dict(Article.objects.values_list("pk", "revision__path"))
    rankings: Rankings = {}
    for search in judged()[0]:
        asked = parse(search.text)
        page = find(asked, size=PLACES)
        if not page.rows and page.suggestion:
            asked = parse(page.suggestion)
            page = find(asked, size=PLACES)
        places = [row.article.pk for row in page.rows]
        orders = {"ours": places, "plain": plain(asked.node)}
        rankings[search.text] = {name: [paths[place] for place in order] for name, order in orders.items()}
    return rankings


def plain(node: Any) -> list[int]:
    """The first results by the engine's own measure of all words, wherever they stand, as ids."""
    from archive.search.searching import Search

    search = Search(node)
    searcher = search.snapshot.searcher
    hits = searcher.search(search.query, PLACES).hits
    return [int(pk or 0) for pk in searcher.fast_field_values("id", [address for _, address in hits])]


def measured() -> Iterator[tuple[str, Rankings]]:
    """What each engine finds, measured in processes of their own."""
    with tempfile.TemporaryDirectory(prefix="commonplace-relevance-") as temporary:
        folder = Path(temporary, "files")
        print(f"26 samples, {write(judged()[1], folder):,} generated articles, {len(judged()[0])} judged searches")
        yield "", _ranked(folder, Path(temporary, "data"))


def _ranked(folder: Path, data_dir: Path) -> Rankings:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "bench.relevance", "--rank", str(folder), str(data_dir)]
    done = subprocess.run(command, cwd=PROJECT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    rankings: Rankings = json.loads(done.stdout)
    return rankings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", action="store_true", help="print every search, too")
    parser.add_argument("--rank", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.rank:
        print(json.dumps(rank(*options.rank)))
        return
    figures: dict[str, list[list[float]]] = defaultdict(list)  # by kind, the figures of each search
    columns = [(engine, whose, rankings) for engine, rankings in measured() for whose in ("ours", "plain")]
    for search in judged()[0]:
        row = [ndcg(rankings[search.text][whose], search.grades) for _, whose, rankings in columns]
        figures[search.kind].append(row)
        if options.each:
            print(f"{search.text:<32}", *(f"{figure:>12.3f}" for figure in row))
    print(f"\n{f'nDCG@{PLACES}':<32}", *(f"{engine:>12}" for engine, _, _ in columns))
    print(f"{'':<32}", *(f"{whose:>12}" for _, whose, _ in columns))
    every = [row for rows in figures.values() for row in rows]
    for kind, rows in [*figures.items(), ("all", every)]:
        means = [fmean(column) for column in zip(*rows, strict=True)]
        print(f"{kind:<26}{len(rows):>6}", *(f"{mean:>12.3f}" for mean in means))
    totals = [fmean(column) for column in zip(*every, strict=True)]
    is_met = min(totals[::2]) >= max(totals[1::2])
    print(f"bar: ours no worse than plain ranking{'' if is_met else '   MISSED'}")
    sys.exit(not is_met)


if __name__ == "__main__":
    main()
