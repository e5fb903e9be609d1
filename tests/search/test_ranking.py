"""What SQLite weighs, and what it looks for in titles."""

from datetime import date

import pytest

from archive.articles.models import Article
from archive.query import parse
from archive.search import index
from archive.search.listing import find
from archive.search.searching import Search
from archive.search.sqlite import ranking
from archive.search.sqlite.engine import ranked
from archive.search.sqlite.query import rows, source
from tests.databases import only_sqlite
from tests.factories import article

pytestmark = [pytest.mark.django_db, only_sqlite]


def found(text: str) -> list[Article]:
    return [row.article for row in find(parse(text)).rows]


def test_words_that_most_articles_have_do_not_count_but_in_titles(monkeypatch: pytest.MonkeyPatch) -> None:
    title = article(title="Energy", text="Other words, often and rarely", published=date(2001, 1, 1))
    often = article(text="energy " * 3 + "often", published=date(2002, 1, 1))
    once = article(text="energy and a long text " + "of other words " * 50, published=date(2003, 1, 1))
    rare = article(text="energy rarely " * 2, published=date(2000, 1, 1))
    for _ in range(9):
        article(text="Nothing of the kind")
    index.refresh()
    assert found("energy") == [title, often, rare, once]
    monkeypatch.setattr(ranking, "COMMON", 3)
    assert found("energy") == [title, once, often, rare]
    assert found("energy rarely") == [rare, title]
    assert found("energy OR rarely") == [rare, title, once, often]


@pytest.mark.parametrize(
    "text",
    [
        "peace",
        "talk end",
        '"end with" talks',
        "peace -grid",
        "prisoners OR winter",
        "经济",
        "经济增长 流行",
        '"经济增长"',
        "wint* gr*",
        "alt* strass*",
        "title:peace envoys",
        "peace author:harmash",
        "harmash OR uber",
        "tag:energy winter",
        "peace envoys",
    ],
)
def test_titles_are_read_as_the_index_reads_them(shelf: dict[str, Article], text: str) -> None:
    search = Search(parse(text).node)
    _, with_title, total = ranking._candidates(search.selection, search.titled.terms, 100)
    found, position, values = source(search.titled, with_documents=False)
    if not ranking._is_word(search.selection):
        assert with_title == [row[0] for row in rows(f"SELECT {position} {found} ORDER BY 1 DESC", values)]
    assert ranked(search.selection, search.titled, 100)[2] == total == find(parse(text)).total


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("wi*", {"grid", "talks", "undated"}),
        ("re*", {"talks"}),
        ("py*", {"chinese"}),
        ("zz*", set()),
        ("gri*", {"grid"}),
        ("title:pe*", {"talks"}),
        ("grid*", {"grid"}),
        ("nego*", {"talks", "grid"}),
    ],
)
@pytest.mark.parametrize("most_words", [500, 0])
def test_beginnings_of_any_length_find_the_words_that_begin_so(
    shelf: dict[str, Article], monkeypatch: pytest.MonkeyPatch, text: str, names: set[str], most_words: int
) -> None:
    monkeypatch.setattr("archive.search.sqlite.prefixes.MOST_WORDS", most_words)
    by_pk = {made.pk: name for name, made in shelf.items()}
    assert {by_pk[made.pk] for made in found(text)} == names
