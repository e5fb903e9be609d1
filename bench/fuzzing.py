"""The search box with random and hostile strings: `python -m bench.fuzzing [COUNT]`.

Each is parsed and searched for, some through the whole page. None may raise, and none may take a second. On a machine
that others use, too, the time of the processors says more: of this process and of its server of PostgreSQL, if that
runs here. Strings are cut at random out of operators, quotes, control characters, scripts of all kinds, words that the
archive has, and very long runs of each.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from operator import itemgetter
from pathlib import Path
from urllib.parse import urlencode

from bench.archive import SHORT_TEXT_WORDS
from bench.pages import Asker, prepare_archive
from bench.vocabulary import languages

SIZE = 10_000
LIMIT = 1  # seconds
WHOLE_PAGES = 1_000
LONGEST = 20_000  # code points

OPERATORS = (
    *('"', "'", "“", "”", "«", "»", "(", ")", "*", "-", "--", ":", "::", " ", "  ", "\t", "\n", "\\", "^", "+"),
    *("~", "/", "OR", "AND", "NOT", "NEAR", "NEAR(", "{", "}", "|", "&", "!", "%", "_", ";", "--;", "\0"),
    *("title:", "author:", "site:", "tag:", "lang:", "path:", "before:", "after:", "on:", "year:", "words:", "has:"),
    *("in:", "is:", "sort:", "notes:", "highlights:", "filter:", "all:", "_state", "-_state", "a~2", "/a.*/"),
    *("2026", "2026-02-30", "9999-12-31", "0000", "7d", "999999999999y", "..", ">", "<", ">=", "1e9", "-1", "٣", "²"),
    *("\u200b", "\u200d", "\u202e", "\ufeff", "\ud800", "\udfff", "\U0010ffff", "\u0301", "ﬁ", "İ", "ß"),
    *("';DROP TABLE x;--", "Σ", "가", "か\u3099"),
)  # fmt: skip


def strings(count: int, seed: int = 1) -> Iterator[str]:
    """So many strings, the same for the same seed."""
    chance = random.Random(seed)
    spoken = languages(seed)

    def piece() -> str:
        kind = chance.random()
        if kind < 0.45:
            return chance.choice(OPERATORS)
        if kind < 0.75:
            language = chance.choice(spoken)
            return chance.choices(language.words, cum_weights=language.cumulative)[0]
        if kind < 0.85:
            return chr(chance.choice((chance.randrange(0x80), chance.randrange(0x3000), chance.randrange(0x110000))))
        if kind < 0.95:
            return chance.choice(OPERATORS) * chance.randrange(1, 40)
        return chance.choice(spoken[0].words)[:2] + "*"

    for _ in range(count):
        pieces = [piece() for _ in range(min(400, int(chance.expovariate(0.15)) + 1))]
        text = chance.choice(("", " ")).join(pieces)
        yield (text * chance.randrange(20, 400) if chance.random() < 0.005 else text)[:LONGEST]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("data/bench"), help="where archives are, or will be")
    options = parser.parse_args()
    prepare_archive(options.keep / f"{SIZE}x{SHORT_TEXT_WORDS}", SIZE, SHORT_TEXT_WORDS)

    from archive.query import parse
    from archive.search.listing import find

    asker = Asker()
    asker.get("/?q=one")  # what a process does but once is not to count
    failed: list[tuple[str, str]] = []
    slowest, dearest = (0.0, 0.0, ""), (0.0, 0.0, "")  # seconds by the clock, of the processors
    every = max(1, options.count // WHOLE_PAGES)
    for number, text in enumerate(strings(options.count, options.seed)):
        began, began_busy = time.perf_counter(), _busy()
        try:
            find(parse(text))
            if number % every == 0:
                asker.get("/?" + urlencode({"q": text}, errors="replace"))
        except Exception as error:
            failed.append((repr(error), text))
        took = time.perf_counter() - began, _busy() - began_busy, text
        slowest = max(slowest, took)
        dearest = max(dearest, took, key=itemgetter(1))
    print(
        f"{options.count:,} strings: {len(failed)} failed (bar: 0), the slowest took {slowest[0]:.2f} s (bar: {LIMIT})"
    )
    for name, (seconds, busy, text) in (("slowest", slowest), ("dearest", dearest)):
        print(f"the {name}: {seconds:.2f} s, {busy:.2f} s of the processors: {text[:100]!r}")
    for error, text in failed[:10]:
        print(f"FAILED {error}: {text[:200]!r}")
    sys.exit(bool(failed) or slowest[0] > LIMIT)


def _busy() -> float:
    """Seconds that the processors have worked for this process, and for its connection's process where that is here."""
    from django.db import connection

    busy = time.process_time()
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        with suppress(OSError):
            fields = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rpartition(")")[2].split()
            busy += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return busy


if __name__ == "__main__":
    main()
