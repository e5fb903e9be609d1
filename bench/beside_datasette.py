"""The library beside Datasette with FTS, on the same 10,000 articles: `python -m bench.beside_datasette`.

Both are served by their own servers over the loopback interface to the same client, 25 articles a page: lists with
three facets, and searches with and without them. Ours come with passages and all facets: where these follow a page by
themselves, both requests count. Each address is asked for the first time, after others have warmed the server.
Datasette is installed into a folder below `--keep`. The bar: three times as fast.
"""

import argparse
import http.client
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlencode, urlsplit

from bench.archive import FULL_TEXT_WORDS
from bench.pages import DEFERRED, prepare_archive
from bench.searches import mix
from bench.serving import ADDRESS, served

SIZE = 10_000
BAR = 3  # times
BARRED = ("all articles", "search")
SEARCHES = 40
THEIRS = "http://127.0.0.1:8766"
FACETS = ("publication", "language", "year")
COLUMNS = ("title", "description", "publication", "author", "year", "language")

# Datasette finds the index by its name and content, as `sqlite-utils enable-fts` makes it.
_COPY = """
CREATE TABLE theirs.articles (
    id INTEGER PRIMARY KEY, title TEXT, description TEXT, text TEXT, publication TEXT, author TEXT, year TEXT,
    language TEXT, published TEXT
);
INSERT INTO theirs.articles SELECT
    article.id, article.title, article.description, revision.text, publication.name,
    (SELECT author.name FROM articles_authorship JOIN articles_author AS author ON author.id = author_id
        WHERE article_id = article.id ORDER BY position LIMIT 1),
    substr(published, 1, 4), language, published
FROM articles_article AS article JOIN articles_revision AS revision ON revision.id = article.revision_id
    JOIN articles_publication AS publication ON publication.id = publication_id;
CREATE INDEX theirs.by_publication ON articles (publication);
CREATE INDEX theirs.by_language ON articles (language);
CREATE INDEX theirs.by_year ON articles (year);
CREATE INDEX theirs.by_published ON articles (published);
CREATE VIRTUAL TABLE theirs.articles_fts USING fts5(title, description, text, content='articles', content_rowid='id');
INSERT INTO theirs.articles_fts (rowid, title, description, text)
    SELECT id, title, description, text FROM theirs.articles;
INSERT INTO theirs.articles_fts (articles_fts) VALUES ('optimize');
"""


class Browser:
    """Asks one server for pages over a connection that stays."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc)

    def get(self, path: str) -> bytes:
        try:
            self._connection.request("GET", path)
            response = self._connection.getresponse()
        except http.client.RemoteDisconnected:  # it was idle while the other server was asked
            return self.get(path)
        content = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}: {content[:200]!r}")
        return content


def ours(browser: Browser, **parameters: str) -> None:
    """A page with its facets, if they are not in it by a second request."""
    if DEFERRED in browser.get("/?" + urlencode(parameters)):
        browser.get("/filters/?" + urlencode(parameters))


def theirs(browser: Browser, *, with_facets: bool = True, **parameters: str) -> None:
    pairs = [("_size", "25"), *(("_col", column) for column in COLUMNS), *parameters.items()]
    pairs += [("_facet", facet) for facet in FACETS if with_facets]
    browser.get("/articles/articles?" + urlencode(pairs))


def milliseconds(ask: Callable[[str], object], values: list[str]) -> float:
    """The median of the first answers, after a quarter of the values has warmed the server."""
    times = []
    for value in values:
        began = time.perf_counter()
        ask(value)
        times.append((time.perf_counter() - began) * 1000)
    return median(times[len(times) // 4 :])


def copy(archive: Path, database: Path) -> None:
    """Make Datasette's database of the articles in ours."""
    database.unlink(missing_ok=True)
    with closing(sqlite3.connect(archive, isolation_level=None)) as connection:
        connection.execute("ATTACH ? AS theirs", [str(database)])
        connection.executescript(_COPY)


@contextmanager
def datasette(folder: Path, database: Path) -> Iterator[str]:
    """The address of Datasette with this database; installed first if it is not yet."""
    python = folder / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "datasette"], check=True)
    port = THEIRS.rpartition(":")[2]
    serve = [str(python), "-m", "datasette", "serve", str(database), "--port", port]
    server = subprocess.Popen(serve, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                Browser(THEIRS).get("/-/versions.json")
                break
            except OSError:
                time.sleep(0.1)
        yield THEIRS
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, default=Path("data/bench"), help="where archives are, or will be")
    options = parser.parse_args()
    folder = options.keep / f"{SIZE}x{FULL_TEXT_WORDS}"
    prepare_archive(folder, SIZE, FULL_TEXT_WORDS)
    their_folder = options.keep / "datasette"
    their_folder.mkdir(parents=True, exist_ok=True)
    copy(folder / "archive.sqlite3", their_folder / "articles.db")
    words = [text for text in mix() if text.isalpha() and text.isascii()][:SEARCHES]
    lists = [str(2006 + number) for number in range(20)]
    with served(folder), datasette(their_folder, their_folder / "articles.db"):
        we, they = Browser(ADDRESS), Browser(THEIRS)
        rows = (
            (
                "all articles",
                milliseconds(lambda _: ours(we), lists),
                milliseconds(lambda _: theirs(they, _sort_desc="published"), lists),
            ),
            (
                "articles of a year",
                milliseconds(lambda year: ours(we, year=year), lists),
                milliseconds(lambda year: theirs(they, _sort_desc="published", year=year), lists),
            ),
            (
                "search",
                milliseconds(lambda word: ours(we, q=word), words),
                milliseconds(lambda word: theirs(they, _search=word), words),
            ),
        )
        plain = milliseconds(lambda word: theirs(they, _search=word, with_facets=False), words)
    print(f"{'':<24}{'ours, ms':>10}{'theirs, ms':>12}{'times':>8}   bar: {BAR}")
    is_met = True
    for name, our_time, their_time in rows:
        is_missed = name in BARRED and their_time < BAR * our_time
        is_met &= not is_missed
        figures = f"{our_time:>10.1f}{their_time:>12.1f}{their_time / our_time:>8.1f}"
        print(f"{name:<24}{figures}{'   MISSED' if is_missed else ''}")
    print(f"{'their search, no facets':<34}{plain:>12.1f}")
    sys.exit(not is_met)


if __name__ == "__main__":
    main()
