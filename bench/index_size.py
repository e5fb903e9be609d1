"""How large the index is beside the texts, with 10,000 articles of full length: `python -m bench.index_size`.

The texts are what is searched, as UTF-8: titles, descriptions and bodies. The bar: 0.8 of them.
"""

import argparse
import sys
from pathlib import Path

from bench.archive import FULL_TEXT_WORDS
from bench.pages import prepare_archive

SIZE = 10_000
BAR = 0.8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--words", type=int, default=FULL_TEXT_WORDS, help="mean length of a text")
    parser.add_argument("--keep", type=Path, default=Path("data/bench"), help="where archives are, or will be")
    options = parser.parse_args()
    prepare_archive(options.keep / f"{options.size}x{options.words}", options.size, options.words)

    from archive.articles.models import Article
    from archive.search import documents, index

    index.catch_up()
    size = sum(path.stat().st_size for path in documents.store.folder.rglob("*") if path.is_file())
    held = Article.objects.values_list("title", "description", "revision__text").iterator(100)
    texts = sum(len(part.encode()) for parts in held for part in parts)
    print(f"index {size / 1e6:.1f} MB, texts {texts / 1e6:.1f} MB: {size / texts:.2f} times (bar: under {BAR})")
    sys.exit(size >= BAR * texts)


if __name__ == "__main__":
    main()
