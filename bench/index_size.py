"""How large the index is beside the texts, with 10,000 articles of full length: `python -m bench.index_size`.

The texts are what is searched, as UTF-8: titles, descriptions and bodies. The bar: 1.5 times as large.
"""

import argparse
import sys
from pathlib import Path

from bench.archive import FULL_TEXT_WORDS
from bench.pages import prepare_archive

SIZE = 10_000
BAR = 1.5
_INDEX = {
    "sqlite": """SELECT (SELECT sum(length(block)) FROM search_index_data) + (SELECT sum(length(sz) + 9)
        FROM search_index_docsize) + (SELECT coalesce(sum(length(term) + 12), 0) FROM search_index_idx)""",
    "postgresql": "SELECT pg_total_relation_size('search_index')",
}
_TEXTS = """SELECT sum({0}(article.title) + {0}(article.description) + {0}(revision.text))
    FROM articles_article AS article JOIN articles_revision AS revision ON revision.id = article.revision_id"""
_BYTES = {"sqlite": "octets", "postgresql": "octet_length"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--words", type=int, default=FULL_TEXT_WORDS, help="mean length of a text")
    parser.add_argument("--keep", type=Path, default=Path("data/bench"), help="where archives are, or will be")
    options = parser.parse_args()
    prepare_archive(options.keep / f"{options.size}x{options.words}", options.size, options.words)

    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            connection.connection.create_function("octets", 1, lambda text: len(text.encode()))
        cursor.execute(_INDEX[connection.vendor])
        [index] = cursor.fetchone()
        cursor.execute(_TEXTS.format(_BYTES[connection.vendor]))
        [texts] = cursor.fetchone()
    print(f"index {index / 1e6:.1f} MB, texts {texts / 1e6:.1f} MB: {index / texts:.2f} times (bar: under {BAR})")
    sys.exit(index >= BAR * texts)


if __name__ == "__main__":
    main()
