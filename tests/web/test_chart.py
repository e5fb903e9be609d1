"""The library's chart over time, and the form under Dates that does the same."""

import re
from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.search import index
from archive.web.periods import periods
from tests.factories import article
from tests.web.pages import library, titles

pytestmark = pytest.mark.usefixtures("public", "db")


def test_every_bar_of_the_chart_is_a_link_with_a_name(client, shelf):
    page = library(client)
    bars = re.findall(r'<li[^>]*><a href="([^"]+)" aria-label="([^"]+)"[^>]*><svg', page)
    assert [name for _, name in bars] == ["Jul 2022: 1", "Mar 2024: 1"]
    assert titles(library(client, "/" + bars[0][0])) == ["Boats"]


@pytest.mark.parametrize(
    ("address", "period", "leads_to"),
    [
        ("/", "2022-07", "?on=2022-07"),
        ("/?tag=sea&sort=title&q=boats+on:2022..2024", "2022-07", "?q=boats&tag=sea&on=2022-07&sort=title"),
        ("/?q=after:2022-07-15", "2022-07-15..2022-07-31", "?on=2022-07-15..2022-07-31"),
        ("/?on=2021..2022-07&year=2022", "2022-07", "?on=2022-07"),
    ],
)
def test_a_bar_stands_for_the_days_that_the_search_leaves_of_it(client, shelf, address, period, leads_to):
    article(title="More boats", text="boats", tags=("sea",), published="2022-07-20")
    article(title="Boats before", text="boats", tags=("sea",), published="2022-06-20")
    index.refresh()
    page = library(client, address)
    month = re.search(r'<li data-on="([^"]*)" data-label="Jul 2022"><a href="([^"]*)"', page)
    assert month.groups() == (period, leads_to.replace("&", "&amp;"))


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("from=2022&to=2024", "/?on=2022..2024"),
        ("from=2022-07&to=2022-07&q=bread&tag=sea&sort=title", "/?q=bread&tag=sea&on=2022-07&sort=title"),
        ("from=+2022+&to=2022-12-31", "/?on=2022"),
        ("from=2022&to=", "/?on=2022.."),
        ("from=&to=3mo", "/?on=..3mo"),
        ("from=&to=", "/?"),
        ("from=soon&to=", "/?on=soon.."),
    ],
)
def test_the_form_of_dates_leads_to_the_list_of_a_time(client, shelf, asked, shown):
    response = client.get(f"/?{asked}")
    assert response.status_code == 302
    assert unquote(response["Location"]) == shown
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("address", "since", "until", "kept"),
    [
        ("/", "", "", []),
        ("/?tag=sea&q=boats+on:2022&sort=title", "2022", "2022", [("q", "boats"), ("tag", "sea"), ("sort", "title")]),
        ("/?on=2021..2022-07", "2021-01", "2022-07", []),
        ("/?q=after:2022", "2022-01-01", "", []),
    ],
)
def test_the_form_of_dates_says_what_holds_and_keeps_the_rest(client, shelf, address, since, until, kept):
    form = re.search(r'<form id="dates".*?</form>', library(client, address), re.DOTALL)[0]
    assert re.findall(r'name="(?:from|to)" value="([^"]*)"', form) == [since, until]
    assert re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form) == kept


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
