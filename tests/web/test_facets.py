"""The library's filters beside the list, and the pages that list all values of one."""

import re
from urllib.parse import urlencode

import pytest

from archive.search import facets
from tests.web.pages import library, titles

pytestmark = pytest.mark.usefixtures("public", "db")


def test_a_facet_adds_its_filter_and_takes_it_off_again(client, shelf):
    assert 'href="?tag=sea"' in library(client)
    page = library(client, "/?tag=sea")
    assert re.search(r'<a href="\?" aria-current="true"><span dir="auto">sea</span>', page)


@pytest.mark.parametrize(
    ("typed", "label"),
    [("tag:sea", "sea"), ("site:harbour", "Harbour"), ('author:"bo ferry"', "Bo Ferry"), ("on:2022", "2022")],
)
def test_a_typed_filter_shows_as_chosen_and_a_click_takes_it_out_of_the_text(client, shelf, typed, label):
    page = library(client, f"/?{urlencode({'q': f'boats {typed}'})}")
    assert re.search(rf'<a href="\?q=boats" aria-current="true"><span dir="auto">{label}</span>', page)


def test_tags_below_a_chosen_one_are_shown_under_it(client, shelf):
    assert "?tag=kitchen%2Fbaking" not in re.search(r"<aside.*?</aside>", library(client), re.DOTALL)[0]
    panel = re.search(r"<aside.*?</aside>", library(client, "/?tag=kitchen"), re.DOTALL)[0]
    assert 'class="below-1"' in panel
    assert "tag=kitchen&amp;tag=kitchen%2Fbaking" in panel


def test_a_facet_counts_what_a_click_would_give(client, shelf):
    page = library(client)
    for href, count in re.findall(
        r'<a href="(\?[^"]+)"><span dir="auto">[^<]*</span> <span class="number">(\d+)<', page
    ):
        shown = titles(library(client, "/" + href.replace("&amp;", "&")))
        assert len(shown) == int(count), href


def test_facet_pages_list_all_values_and_narrow_by_their_beginning(client, shelf):
    page = library(client, "/filters/author/")
    assert "Ana Miel" in page
    assert "Bo Ferry" in page
    page = library(client, "/filters/author/?begins=fer&tag=sea")
    assert "Bo Ferry" in page
    assert "Ana Miel" not in page
    assert 'href="/?tag=sea&amp;author=Bo+Ferry"' in page
    assert client.get("/filters/nonsense/").status_code == 404


def test_filters_of_a_great_many_results_follow_by_themselves(client, shelf, monkeypatch):
    monkeypatch.setattr(facets, "QUICK", 1)
    page = client.get("/?q=-tag:nothing").content.decode()
    assert 'hx-get="/filters/?q=-tag%3Anothing" hx-trigger="load"' in page
    assert '<noscript><ul role="list"><li><a class="facet-more" href="/filters/tag/?q=-tag%3Anothing">' in page
    assert '<nav class="chart" id="chart" aria-label="Articles over time"></nav>' in page
    response = client.get("/filters/?q=-tag:nothing")
    followed = response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert followed.count('<section class="facet"') >= 3
    assert '<nav class="chart" id="chart" hx-swap-oob="true"' in followed
    assert "<html" not in followed
    assert 'id="counting"' not in client.get("/?q=-tag:nothing").content.decode()  # it remembers them now
