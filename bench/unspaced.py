"""Words of one to three characters of scripts without spaces: `python -m bench.unspaced [SIZE]`.

What the search finds is compared with a plain scan of titles, descriptions and texts. The bars: the same articles, and
no search over 100 ms at 100,000 articles.
"""

import argparse
import random
import sys
import time
from pathlib import Path
from statistics import median

from bench.archive import SHORT_TEXT_WORDS
from bench.pages import prepare_archive

LIMIT = 100  # ms
WORDS = 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int, nargs="?", default=100_000)
    parser.add_argument("--words", type=int, default=SHORT_TEXT_WORDS, help="mean length of a text")
    parser.add_argument("--keep", type=Path, default=Path("data/bench"), help="where archives are, or will be")
    options = parser.parse_args()
    prepare_archive(options.keep / f"{options.size}x{options.words}", options.size, options.words)

    from archive.articles.models import Article
    from archive.query import parse
    from archive.search.listing import all_ids, find

    chance = random.Random(1)
    articles = Article.objects.filter(language__in=("zh", "ja")).values_list(
        "pk", "title", "description", "revision__text"
    )
    held = [(pk, f"{title}\n{description}\n{text}") for pk, title, description, text in articles]
    words: dict[str, None] = {}
    while len(words) < WORDS:
        text = chance.choice(held)[1]
        start, length = chance.randrange(len(text)), 1 + len(words) % 3
        if (word := text[start : start + length]).isalpha() and len(word) == length:
            words[word] = None
    times, missed, more = [], 0, 0
    for word in words:
        find(parse(word))
        began = time.perf_counter()
        find(parse(word))
        times.append((time.perf_counter() - began) * 1000)
        found = set(all_ids(parse(word)))
        scanned = {pk for pk, text in held if word in text}
        missed += len(scanned - found)
        more += len(found - scanned)
    print(f"{WORDS} words of one to three characters in {options.size:,} articles")
    print(f"{'articles that the scan finds and we do not':<44} {missed:>6}      bar: 0")
    print(f"{'found across a comma or the like':<44} {more:>6}")
    print(f"{'median, slowest':<44} {median(times):>6.1f} {max(times):>6.1f} ms   bar: {LIMIT}")
    sys.exit(bool(missed) or max(times) > LIMIT)


if __name__ == "__main__":
    main()
