"""Our search beside a bare Tantivy on the same index: `python -m bench.beside_tantivy [SIZE]`.

The two hundred searches, each twice, the second counted, in CPU time of one thread. Bare: the query as compiled, asked
for the first 25 rows with their number and what a row keeps. Ours: the search read and compiled, in a page's order,
with its exact total and labels. The bar: twice as long.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench.archive import mean_words
from bench.pages import prepare_archive
from bench.searches import mix

BAR = 2  # times
ROWS = 25


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int, nargs="?", default=100_000)
    parser.add_argument("--words", type=int, help="mean length of a text")
    parser.add_argument("--keep", type=Path, default=Path("data/bench"), help="where archives are, or will be")
    options = parser.parse_args()
    words = options.words or mean_words(options.size)
    prepare_archive(options.keep / f"{options.size}x{words}", options.size, words)
    ours, bare = [], []
    for text in mix():
        search, plain = _ours(text), _bare(text)
        ours.append(_milliseconds(search))
        bare.append(_milliseconds(plain))
    print(f"{options.size:,} articles, CPU ms   {'median':>8} {'p95':>8} {'slowest':>8}")
    for name, times in (("ours", ours), ("bare", bare)):
        print(f"{name:<26} {median(times):>8.2f} {sorted(times)[int(len(times) * 0.95)]:>8.2f} {max(times):>8.2f}")
    ratio = sum(ours) / sum(bare)
    print(f"{ratio:.2f} times in all (bar: at most {BAR})")
    sys.exit(ratio > BAR)


def _ours(text: str) -> Callable[[], object]:
    from archive.query import parse
    from archive.query.sorting import article_of
    from archive.search.orders import choose
    from archive.search.searching import Search

    def search() -> object:
        asked = parse(text)
        made = Search(asked.node)
        rows = choose(made, asked.sort).rows(None, ROWS + 1)
        return made.total, made.labels([article_of(row) for row in rows[:ROWS]])

    return search


def _bare(text: str) -> Callable[[], object]:
    from archive.query import parse
    from archive.search.compiler import Compiler
    from archive.search.searching import Search

    made = Search(parse(text).node)
    searcher = made.snapshot.searcher
    wanted = Compiler(made.snapshot, made.reader).compile(made.node, is_weighed=made.is_ranked)
    order = {} if made.is_ranked else {"order_by_field": "position"}

    def search() -> object:
        found = searcher.search(wanted, ROWS, **order)  # type: ignore[arg-type]
        return [searcher.doc(address) for _, address in found.hits]

    return search


def _milliseconds(act: Callable[[], object]) -> float:
    act()
    began = time.thread_time()
    act()
    return (time.thread_time() - began) * 1000


if __name__ == "__main__":
    main()
