"""Lists: their pages, orders, cursors and what they cost."""

import base64
import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import query
from archive.articles.models import Article
from archive.query import parse
from archive.query.sorting import cursor_of, place_at
from archive.search import documents, facets, index, related
from archive.search.listing import find, neighbours
from archive.search.searching import Search
from tests.databases import reading_only
from tests.factories import article, articles_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def many() -> list[Article]:
    made = [
        article(
            title=f"{'Peace ' if number % 5 == 0 else ''}Title {number % 7}",
            text="Peace. " * (number % 4) + "Words.",
            published=date(2024, 1, 1) + timedelta(days=number // 3) if number % 10 else None,
            clipped=date(2025, 1, 1) + timedelta(days=number % 6) if number % 3 else None,
            word_count=number % 8,
            authors=("B. Second", "A. First") if number % 2 else (),
            tags=("a", "b/c"),
            publication="Reuters",
        )
        for number in range(40)
    ]
    index.refresh()
    return made


def walk(text: str, sort: str | None, size: int) -> list[int]:
    """The articles of all pages, forwards; checked against the way back."""
    pages, cursor = [], None
    while True:
        page = find(replace(parse(text), sort=sort), after=cursor, size=size)
        pages.append([row.article.pk for row in page.rows])
        if page.next_cursor is None:
            break
        cursor = page.next_cursor
    back = [pages[-1]]
    while page.previous_cursor:
        page = find(replace(parse(text), sort=sort), before=page.previous_cursor, size=size)
        back.insert(0, [row.article.pk for row in page.rows])
    assert back == pages
    return [pk for page_of in pages for pk in page_of]


@pytest.mark.parametrize(
    "sort", [None, *("published", "added", "clipped", "title", "length"), *("-published", "-title")]
)
def test_pages_show_everything_once(many: list[Article], sort: str | None) -> None:
    for text, size in product(["", "peace", "words:>2", "tag:b peace"], [7, 40]):
        shown = walk(text, sort, size)
        assert len(shown) == len(set(shown)) == find(parse(text), size=1).total > 0, (text, size)


def test_orders(many: list[Article]) -> None:
    def keys(sort: str) -> list[tuple[Any, ...]]:
        articles = {made.pk: made for made in many}
        return [SORT_KEYS[sort](articles[pk]) for pk in walk("", sort, 40)]

    assert keys("published") == sorted(keys("published"), reverse=True)
    assert keys("-published") == sorted(keys("published"))
    assert keys("clipped") == sorted(keys("clipped"), reverse=True)
    assert keys("added") == sorted(keys("added"), reverse=True)
    assert keys("length") == sorted(keys("length"), reverse=True)
    assert keys("title") == sorted(keys("title"))
    assert keys("-title") == sorted(keys("title"), reverse=True)


SORT_KEYS = {
    "published": lambda made: (made.published or date.min, made.pk),
    "clipped": lambda made: (made.clipped or date.min, made.published or date.min, made.pk),
    "added": lambda made: (made.pk,),
    "length": lambda made: (made.word_count, made.published or date.min, made.pk),
    "title": lambda made: (made.title.lower(), made.published or date.min, made.pk),
}
SORT_KEYS |= {f"-{name}": key for name, key in SORT_KEYS.items()}


def test_the_best_come_first_then_the_newest(many: list[Article]) -> None:
    shown = [made for pk in walk("peace", None, 4) for made in many if made.pk == pk]
    titled = sum(made.title.startswith("Peace") for made in shown)
    assert [made.title.startswith("Peace") for made in shown] == [True] * titled + [False] * (len(shown) - titled)
    alike = [made for made in shown if (made.title[0], made.revision.text) == ("T", "Peace. Words.")]
    assert [(made.published or date.min, made.pk) for made in alike] == sorted(
        ((made.published or date.min, made.pk) for made in alike), reverse=True
    )
    assert len(set(shown)) == len(shown) == find(parse("peace")).total


def test_a_word_in_the_title_counts_as_some_in_the_text() -> None:
    title = article(title="Energy", text="Other words", published=date(2001, 1, 1))
    often = article(text="energy " * 3 + "and other words", published=date(2002, 1, 1))
    once = article(text="energy and a long text " + "of other words " * 50, published=date(2003, 1, 1))
    for _ in range(4):
        article(text="Nothing of the kind")
    index.refresh()
    assert articles_in(find(parse("energy"))) == [title, often, once]
    assert articles_in(find(parse("energy sort:published"))) == [once, often, title]
    assert articles_in(find(parse("energy sort:-published"))) == [title, often, once]
    assert find(parse("tag:x sort:relevance")).sort == "published"


@pytest.mark.parametrize("sort", [None, "title", "-clipped"])
def test_neighbours(many: list[Article], sort: str | None) -> None:
    for text in ("", "peace", "title:peace"):
        shown = articles_in(find(replace(parse(text), sort=sort), size=50))
        for before, here, after in zip([None, *shown], shown, [*shown[1:], None], strict=False):
            assert neighbours(Search(parse(text).node), sort, here) == (before, after), text


def test_an_article_in_the_trash_has_no_neighbours(many: list[Article]) -> None:
    Article.objects.filter(pk=many[3].pk).trash()
    assert neighbours(Search(None), None, many[3]) == (None, None)


def made_up(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


FORGED = [
    *("", "x", "%%%", "é", "a" * 5000, "W" * 900, made_up(), made_up("published")),
    *(made_up("title", "a", 1), made_up("-published", 0, 1)),
    *(
        made_up("published", *pair)
        for pair in [("a", 1), (1, 1 << 70), (0, -1), (None, 1), (0, 1.5), ([], {}), (0, "1")]
    ),
]


def test_a_forged_cursor_leads_to_the_first_page(many: list[Article]) -> None:
    first = find(parse(""), size=5)
    for cursor in FORGED:
        assert find(parse(""), after=cursor, size=5) == first, cursor
        assert find(parse(""), before=cursor, size=5) == first, cursor


@given(st.text(), st.binary())
def test_reading_a_cursor_never_raises(text: str, data: bytes) -> None:
    assert place_at("published", 1, text) is None
    place_at("title", 5, base64.urlsafe_b64encode(data).decode())


@given(st.integers(0, (1 << 63) - 1), st.integers(0, (1 << 62)))
def test_a_cursor_comes_back(value: int, position: int) -> None:
    assert place_at("-title", 5, cursor_of("-title", (value, 0, 1, 2, position))) == (value, 0, 1, 2, position)
    assert place_at("length", 2, cursor_of("length", (7, position))) == (7, position)


def test_titles_that_differ_in_any_letter_are_in_order() -> None:
    titles = sorted(f"{'x' * before}{letter}" for before in range(27) for letter in "ab")
    for title in reversed(titles):
        article(title=title)
    index.refresh()
    assert [row.article.title for row in find(parse("sort:title"), size=60).rows] == titles


@pytest.mark.parametrize("sort", ["title", "-title", "clipped", "-length"])
def test_many_that_share_a_value_are_gone_through_by_their_dates(sort: str) -> None:
    made = [
        article(
            title=f"A title with a long beginning that all share {number % 2}",
            clipped=date(2025, 1, 1),
            word_count=7,
            published=date(2024, 1, 1) + timedelta(days=number % 4),
        )
        for number in range(9)
    ]
    index.refresh()
    assert walk("", sort, 2) == [
        pk for _, pk in sorted(((one.published, one.pk) for one in made), reverse=sort not in ("title", "-length"))
    ]


def test_rows_show_names_in_the_order_of_the_byline(shelf: dict[str, Article]) -> None:
    row = find(parse("exchanging")).rows[0]
    assert row.article.pk == shelf["talks"].pk
    assert row.authors == ["Olena Harmash", "Li Na"]
    assert row.tags == ["Ukraine", "diplomacy/talks"]
    assert row.article.publication_name == "Reuters"
    assert ("exchanged", True) in row.passage
    assert find(parse("")).rows[0].passage is None


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("prisonres", "prisoners"),
        ("prisonr", "prisoners"),  # what is nearest has another form there
        ("diplomcy", "diplomacy"),  # in tags alone
        ("psn OR wintr", "psn OR winter"),
        ("wnter -prisoner", "winter -prisoner"),
        ("Кореспондет", "кореспондент"),
        ("title:wintr", "title:winter"),
        ("winter words:>9000", None),
        ("prishnors", "prishnors~"),  # two letters other: what the engine finds of itself
        ("xyzzy", None),
    ],
)
def test_suggestions(shelf: dict[str, Article], text: str, suggestion: str | None) -> None:
    page = find(parse(text))
    assert (page.total, page.suggestion) == (0, suggestion)


def test_problems_are_told(shelf: dict[str, Article]) -> None:
    problems = find(parse('has:notes -is:read "unclosed')).problems
    assert any("read or starred" in problem for problem in problems)
    assert len(problems) == 2


@pytest.mark.parametrize(
    ("text", "most"), [("", 2), ("tag:b", 2), ("peace", 2), ("peace sort:title", 2), ("words:>2 peace", 2)]
)
def test_a_page_costs_few_queries_and_writes_nothing(
    many: list[Article], text: str, most: int, django_assert_num_queries: Any
) -> None:
    asked = parse(text)
    find(asked)  # by which the index is open
    with reading_only(), django_assert_num_queries(most):
        page = find(asked)
        for row in page.rows:
            assert row.article.publication_name and row.article.description == "" and row.article.word_count >= 0
    with reading_only(), django_assert_num_queries(0):
        facets.facets(asked, page.search)


def test_what_a_reading_page_asks_costs_few_queries_and_writes_nothing(
    many: list[Article], django_assert_num_queries: Any
) -> None:
    asked, here = parse("peace"), Article.objects.select_related("revision").get(pk=many[7].pk)
    find(asked)
    with reading_only(), django_assert_num_queries(2):
        neighbours(Search(asked.node), None, here)
    with reading_only(), django_assert_num_queries(2):
        related.related(here)


def test_while_the_index_is_made_there_is_a_list_without_words(
    many: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents.store, "snapshot", lambda: documents.store._empty)
    for sort in (None, "-published", "added", "title", "-clipped", "length", "relevance"):
        page = find(query.Query(None, sort), size=30)
        following = find(query.Query(None, sort), size=30, after=page.next_cursor)
        assert len({row.article.pk for row in page.rows + following.rows}) == page.total == len(many), sort
        assert following.next_cursor is None
        assert any("index is being built" in problem for problem in page.problems)
    assert find(parse("peace")).rows == []
    assert neighbours(Search(None), None, many[0]) == (None, None)
