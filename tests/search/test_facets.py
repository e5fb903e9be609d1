"""Facets: a count is what a click would give."""

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archive import query
from archive.articles.models import Article
from archive.query import parse
from archive.query.labels import filter_by
from archive.search import facets, index, listing
from archive.search.facets import Value, more
from archive.search.searching import Search
from archive.web.periods import periods
from tests.factories import article

pytestmark = pytest.mark.django_db


def labels(values: tuple[Value, ...] | list[Value]) -> list[tuple[str, int]]:
    return [(value.label, value.count) for value in values]


def test_facets_of_the_archive(shelf: dict[str, Article]) -> None:
    found = facets.facets(parse(""))
    assert labels(found.tags) == [("Ukraine", 2), ("diplomacy", 2), ("energy", 2), ("economy", 1)]
    assert found.tags[1].children == ()  # nobody sees them before the tag is chosen
    chosen = facets.facets(parse("tag:diplomacy")).tags[0]
    assert [(child.label, child.value, child.depth) for child in chosen.children] == [("talks", "diplomacy/talks", 1)]
    assert labels(found.publications) == [("Nikkei", 1), ("Reuters", 1), ("财新", 1)]
    assert labels(found.authors)[:2] == [("Li Na", 2), ("Anna Müller", 1)]  # Li Na finds Li Na Chen, too
    assert labels(found.years) == [("2026", 1), ("2025", 2), ("1999", 1)]


@pytest.mark.parametrize(
    "names",
    [
        ("Li Na", "Li Na Chen", "Mei Li Na"),
        ("Thomson Reuters", "Reuters"),
        ("Jean-Luc", "Jeanluc", "Jean Luc"),
        ("Anna Müller", "Anna Mueller", "Anna Muller"),
        ("Samuel Roe", "Samul Ro"),
        ("王小明", "小明"),
        ("Ann Lee", "Ann Leeds"),
    ],
)
def test_an_author_is_counted_as_often_as_a_click_finds(names: tuple[str, ...]) -> None:
    for name in names:
        article(authors=(name,))
    index.refresh()
    found = facets.facets(parse("")).authors
    assert labels(found) == [(value.label, Search(filter_by("author", value.label)).total) for value in found]


def test_facets_of_a_search(shelf: dict[str, Article]) -> None:
    found = facets.facets(parse("peace tag:ukraine"))
    assert labels(found.tags) == [("Ukraine", 2), ("diplomacy", 1), ("energy", 1)]
    assert [tag.selected for tag in found.tags] == [True, False, False]
    assert labels(found.years) == [("2026", 1), ("2025", 1)]


def test_selected_labels_are_shown_however_rare() -> None:
    for number in range(20):
        article(tags=(f"tag {number}", "rare/deep/er") if number == 0 else (f"tag {number}", f"tag {number + 1}"))
    index.refresh()
    assert len(facets.facets(parse("")).tags) == facets.SHOWN
    found = facets.facets(parse("tag:rare/deep"))
    rare = next(tag for tag in found.tags if tag.value == "rare")
    assert (rare.selected, rare.children[0].selected, rare.children[0].children[0].value) == (
        False,
        True,
        "rare/deep/er",
    )


def test_a_label_is_counted_everywhere_though_many_others_are_as_rare() -> None:
    """The engine takes the commonest of each segment; here one is among the rarest in the second."""
    for _ in range(3):
        article(tags=("zeal",), authors=("Zoe Zeal",))
    index.catch_up()
    article(
        tags=("zeal", *(f"tag {n}" for n in range(700))), authors=(*(f"Author {n}" for n in range(700)), "Zoe Zeal")
    )
    index.catch_up()
    found = facets.facets(parse(""))
    commonest = (found.tags[0], found.authors[0], more("author", parse(""))[0])
    assert [(value.label, value.count) for value in commonest] == [("zeal", 4), ("Zoe Zeal", 4), ("Zoe Zeal", 4)]


def test_more_lists_what_begins_so(shelf: dict[str, Article]) -> None:
    assert labels(more("author", parse(""), "mul")) == [("Anna Müller", 1)]
    assert labels(more("tag", parse(""), "di")) == [("diplomacy", 2), ("diplomacy/talks", 1)]
    assert labels(more("tag", parse(""), "talks")) == [("diplomacy/talks", 1)]
    assert labels(more("site", parse("peace"), "")) == [("Nikkei", 1), ("Reuters", 1)]
    assert labels(more("year", parse(""), "20")) == [("2026", 1), ("2025", 2)]
    assert more("site", parse(""), "x") == []


@pytest.mark.parametrize(
    ("facet", "value"),
    [
        ("tag", " / "),
        ("site", " "),
        ("author", "?"),
        ("other", "x"),
        *(("year", year) for year in ("0", "12345", "²", "x")),
    ],
)
def test_a_click_that_makes_no_sense_adds_nothing(facet: str, value: str) -> None:
    assert filter_by(facet, value) is None


def test_what_was_counted_is_remembered_until_something_changes(
    shelf: dict[str, Article], django_assert_num_queries: Any
) -> None:
    facets.facets(parse("peace"))
    with django_assert_num_queries(1):  # whether the index is as it was
        assert labels(facets.facets(parse("peace")).years) == [("2026", 1), ("2025", 1)]
    shelf["talks"].edit(published=date(2020, 1, 1))
    index.refresh()
    assert labels(facets.facets(parse("peace")).years) == [("2025", 1), ("2020", 1)]


def test_facets_are_quick_with_few_results_and_when_remembered(
    shelf: dict[str, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "QUICK", 3)
    assert facets.are_quick(Search(parse("peace").node))
    asked = parse("-tag:economy")
    assert not facets.are_quick(Search(asked.node))
    facets.facets(asked)
    assert facets.are_quick(Search(asked.node))


NAMES = st.sampled_from(
    ["Li Na", "Li Na Chen", "li na", "José", "Jose", "C++", "a/b", "AI", "ai", "Der Spiegel", "财新"]
)
TAGS = st.sampled_from(["ai", "AI/agents", "ai/Agents/x", "c++", "c#", "c", "<b", "<b/[.x]*", "Δ", "δ/x", "a b", "a-b"])
QUERIES = st.sampled_from(
    [
        "",
        "words",
        "tag:ai",
        "tag:ai/agents",
        "tag:<b",
        "-tag:c",
        "author:na",
        "year:2024",
        "words:>1",
        '"no such thing"',
    ]
)


class ACountIsWhatAClickGives(TestCase):
    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(
            st.fixed_dictionaries(
                {
                    "authors": st.lists(NAMES, max_size=2, unique=True).map(tuple),
                    "tags": st.lists(TAGS, max_size=3, unique_by=str.casefold).map(tuple),
                    "publication": st.sampled_from([None, "Reuters", "reuters.com", "AC/DC", "财新"]),
                    "published": st.sampled_from([None, date(2024, 1, 1), date(2024, 12, 31), date(1850, 5, 5)]),
                }
            ),
            min_size=1,
            max_size=6,
        ),
        QUERIES,
    )
    def test_counts(self, articles: list[dict[str, Any]], text: str) -> None:
        for fields in articles:
            article(**fields)
        index.refresh()
        cache.clear()
        asked = parse(text)
        found = facets.facets(asked)
        listed = {facet: more(facet, asked) for facet in ("tag", "site", "author", "year")}

        def click(node: query.Node | None) -> int:
            return listing.find(query.Query(query.conjoin(asked.node, node))).total

        tags = list(found.tags)
        while tags:
            tag: Value = tags.pop()
            assert click(filter_by("tag", tag.value)) == tag.count, tag
            tags += tag.children
        by_facet = {"tag": (), "site": found.publications, "author": found.authors, "year": found.years}
        for facet, values in by_facet.items():
            for value in [*values, *listed[facet]]:
                assert click(filter_by(facet, value.value)) == value.count, value
        for bar in periods(found.months):
            assert click(query.DateRange(bar.since, bar.until)) == bar.count, bar
