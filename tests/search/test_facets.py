"""Facets: a count is what a click would give."""

import itertools
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from unittest import mock

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archive import query
from archive.articles.models import Article
from archive.query import parse
from archive.search import counts, counts_of_many, facets, index, listing
from archive.search.facets import TagValue, Value, more
from archive.search.filters import filter_by
from archive.search.periods import periods
from tests.factories import article

pytestmark = pytest.mark.django_db


def labels(values: tuple[Value, ...] | list[Value]) -> list[tuple[str, int]]:
    return [(value.label, value.count) for value in values]


def test_facets_of_the_archive(shelf: dict[str, Article]) -> None:
    found = facets.facets(parse(""))
    assert labels(found.tags) == [("Ukraine", 2), ("diplomacy", 2), ("energy", 2), ("economy", 1)]
    assert [(child.label, child.value, child.depth) for child in found.tags[1].children] == [
        ("talks", "diplomacy/talks", 1)
    ]
    assert labels(found.publications) == [("Nikkei", 1), ("Reuters", 1), ("财新", 1)]
    assert labels(found.authors)[:2] == [("Li Na", 2), ("Anna Müller", 1)]  # Li Na finds Li Na Chen, too
    assert labels(found.years) == [("2026", 1), ("2025", 2), ("1999", 1)]


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
    with django_assert_num_queries(1):
        assert labels(facets.facets(parse("peace")).years) == [("2026", 1), ("2025", 1)]
    shelf["talks"].edit(published=date(2020, 1, 1))
    index.refresh()
    assert labels(facets.facets(parse("peace")).years) == [("2025", 1), ("2020", 1)]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than two results are too many to go through, and there is time to count each label."""
    monkeypatch.setattr(counts, "FEW", 2)
    monkeypatch.setattr(facets, "FEW", 2)
    monkeypatch.setattr(counts_of_many, "BUDGETS", {"year": 60, "month": 60})
    monkeypatch.setattr(counts_of_many, "BUDGET", 60)
    monkeypatch.setattr(counts_of_many, "BUDGET_OF_ALL", 60)
    monkeypatch.setattr(counts_of_many, "LATEST_END", 60)


def test_facets_of_the_whole_archive_cost_no_walk(shelf: dict[str, Article], few: None) -> None:
    found = facets.facets(parse(""))
    assert labels(found.tags) == [("Ukraine", 2), ("diplomacy", 2), ("energy", 2), ("economy", 1)]
    assert labels(found.publications) == [("Nikkei", 1), ("Reuters", 1), ("财新", 1)]
    assert labels(found.authors)[:2] == [("Li Na", 2), ("Anna Müller", 1)]
    assert labels(found.years) == [("2026", 1), ("2025", 2), ("1999", 1)]
    assert [bar.count for bar in found.chart if bar.count] == [1, 2, 1]
    assert labels(more("tag", parse(""), "di")) == [("diplomacy", 2), ("diplomacy/talks", 1)]
    assert labels(more("author", parse(""), "mul")) == [("Anna Müller", 1)]


def test_of_many_results_the_newest_tell_what_is_counted(shelf: dict[str, Article], few: None) -> None:
    found = facets.facets(parse("-tag:economy"))
    assert labels(found.tags) == [("Ukraine", 2), ("diplomacy", 2), ("energy", 1)]
    assert labels(found.years) == [("2026", 1), ("2025", 1), ("1999", 1)]
    assert [bar.label for bar in found.chart][::27] == ["1999", "2026"]
    assert labels(more("author", parse("-tag:economy"), "mul")) == [("Anna Müller", 1)]  # not among the newest


@pytest.mark.parametrize("bounds", [{"BUDGET": -1, "BUDGETS": {"year": -1}}, {"BUDGET_OF_ALL": -1}, {"LATEST_END": 0}])
def test_labels_that_there_is_no_time_to_count_have_no_number(
    shelf: dict[str, Article], few: None, monkeypatch: pytest.MonkeyPatch, bounds: dict[str, object]
) -> None:
    for name, value in bounds.items():
        monkeypatch.setattr(counts_of_many, name, value)
    found = facets.facets(parse("-tag:economy"))
    assert {value.count for value in (*found.tags, *found.publications, *found.authors, *found.years)} == {None}
    assert ([value.label for value in found.years], found.chart) == (["2026", "2025", "1999"], ())


def test_a_label_is_expected_to_take_as_long_as_the_results_it_is_counted_among(
    shelf: dict[str, Article], few: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = itertools.count()  # one tick for a year, seven for all three with what is between them
    for module in (facets, counts_of_many):
        monkeypatch.setattr(module, "perf_counter", clock.__next__)
    monkeypatch.setattr(counts_of_many, "LATEST_END", 14)
    found = facets.facets(parse("-tag:economy"))
    assert labels(found.years) == [("2026", 1), ("2025", 1), ("1999", 1)]
    assert {value.count for value in (*found.tags, *found.publications, *found.authors)} == {None}


def test_years_without_results_do_not_make_others_take_longer(
    shelf: dict[str, Article], few: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = itertools.count()  # at 16 the years and months are counted; a label takes seven, by the three years
    for module in (facets, counts_of_many):
        monkeypatch.setattr(module, "perf_counter", clock.__next__)
    monkeypatch.setattr(counts_of_many, "LATEST_END", 24)
    found = facets.facets(parse("after:2025"))
    assert labels(found.years) == [("2026", 1), ("2025", 2)]
    assert any(tag.count for tag in found.tags)


def test_no_label_is_counted_beyond_a_bound(
    shelf: dict[str, Article], few: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts_of_many, "MOST_COUNTED", 2)
    found = facets.facets(parse("-tag:economy"))
    assert [(tag.label, tag.count, tag.is_least) for tag in found.tags] == [
        ("Ukraine", 2, True), ("diplomacy", 2, True), ("energy", 1, False),
    ]  # fmt: skip


def test_facets_are_quick_with_few_results_with_all_and_when_remembered(shelf: dict[str, Article], few: None) -> None:
    asked = parse("-tag:economy")
    assert facets.are_quick(asked, None, total=2)
    assert facets.are_quick(parse(""), None, total=5)
    assert not facets.are_quick(asked, None, total=4)
    facets.facets(asked)
    assert facets.are_quick(asked, None, total=4)


NAMES = st.sampled_from(
    ["Li Na", "Li Na Chen", "li na", "José", "Jose", "C++", "a/b", "AI", "ai", "Der Spiegel", "财新"]
)
TAGS = st.sampled_from(["ai", "AI/agents", "ai/Agents/x", "c++", "c#", "c", "Δ", "δ/x", "a b", "a-b"])
QUERIES = st.sampled_from(["", "words", "tag:ai", "-tag:c", "author:na", "year:2024", "words:>1", '"no such thing"'])


class ACountIsWhatAClickGives(TestCase):
    few = 500

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
        with (
            mock.patch.object(counts, "FEW", self.few),
            mock.patch.multiple(counts_of_many, BUDGET=60, BUDGETS={}, BUDGET_OF_ALL=60, LATEST_END=60),
        ):
            found = facets.facets(asked)
            listed = {facet: more(facet, asked) for facet in ("site", "author", "year")}

        def click(node: query.Node | None) -> int:
            return listing.find(query.Query(query.conjoin(asked.node, node))).total

        tags = list(found.tags)
        while tags:
            tag: TagValue = tags.pop()
            assert click(filter_by("tag", tag.value)) == tag.count, tag
            tags += tag.children
        for facet, values in (("site", found.publications), ("author", found.authors), ("year", found.years)):
            for value in [*values, *listed[facet]]:
                assert click(filter_by(facet, value.value)) == value.count, value
        for bar in found.chart:
            assert click(query.DateRange(bar.since, bar.until)) == bar.count, bar


class AlsoWhereEachIsCountedByItself(ACountIsWhatAClickGives):
    few = 1


@pytest.mark.parametrize(
    ("months", "labels_and_counts"),
    [
        ({}, []),
        ({"2026-02": 3}, [("Feb 2026", 3)]),
        ({"2025-12": 1, "2026-02": 3}, [("Dec 2025", 1), ("Jan 2026", 0), ("Feb 2026", 3)]),
        ({"2020-01": 1, "2020-05": 1, "2023-02": 3}, [("2020", 2), ("2021", 0), ("2022", 0), ("2023", 3)]),
        (
            {"1949-01": 1, "2019-01": 2},
            [("1940–1949", 1), *((f"19{n}0–19{n}9", 0) for n in "56789"), ("2000–2009", 0), ("2010–2019", 2)],
        ),
    ],
)
def test_bars(months: dict[str, int], labels_and_counts: list[tuple[str, int]]) -> None:
    assert [(bar.label, bar.count) for bar in periods(months)] == labels_and_counts


@given(st.lists(st.dates(), min_size=1, max_size=5))
@example([date(2201, 1, 1), date(8200, 1, 1)])
def test_bars_follow_each_other_and_are_few(days: list[date]) -> None:
    found = periods({day.isoformat()[:7]: 1 for day in days})
    assert len(found) <= 60
    assert all(after.since - before.until == timedelta(days=1) for before, after in pairwise(found))
    assert found[0].since <= min(days) <= max(days) <= found[-1].until
