import re
from urllib.parse import unquote, urlencode

import pytest
from django.core.cache import cache

from archive.search import counts, facets, index, relaxing
from tests.factories import article

pytestmark = pytest.mark.usefixtures("public", "db")

HX = {"HX-Request": "true"}


def library(client, address="/", **headers):
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def titles(page: str) -> list[str]:
    headings = re.findall(r"<h2 dir=\"auto\">(.*?)</h2>", page)
    return [re.sub(r"<[^>]+>", "", heading) for heading in headings]


@pytest.fixture
def shelf():
    article(
        title="Bread",
        published="2024-03-01",
        tags=("kitchen/baking", "craft"),
        authors=("Ana Miel",),
        publication="Hearth",
    )
    article(
        title="Boats", published="2022-07-10", tags=("sea",), authors=("Bo Ferry", "Ana Miel"), publication="Harbour"
    )
    article(title="Undated", published=None, text="Water and salt, and water again.")
    index.refresh()


def test_rows_show_title_publication_authors_date_minutes_and_tags(client, shelf):
    page = library(client)
    assert titles(page) == ["Bread", "Boats", "Undated"]
    for shown in ("Hearth", "Ana Miel", "1 Mar 2024", "1 min", "kitchen/baking", "3 articles"):
        assert shown in page
    assert 'datetime="2024-03-01"' in page


def test_a_date_is_no_more_exact_than_it_is_known(client):
    article(title="Old", published="2019-01-01", published_precision="year")
    article(title="Spring", published="2020-04-01", published_precision="month")
    index.refresh()
    page = library(client)
    assert '<time datetime="2019">2019</time>' in page
    assert '<time datetime="2020-04">Apr 2020</time>' in page


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/?tag=kitchen", ["Bread"]),
        ("/?tag=kitchen&tag=craft", ["Bread"]),
        ("/?tag=kitchen&tag=sea", []),
        ("/?author=Ana+Miel", ["Bread", "Boats"]),
        ("/?site=Harbour", ["Boats"]),
        ("/?year=2022", ["Boats"]),
        ("/?on=2024-03", ["Bread"]),
        ("/?q=water", ["Undated"]),
        ("/?q=tag:sea", ["Boats"]),
        ("/?q=author:miel&tag=sea", ["Boats"]),
        ("/?sort=title", ["Boats", "Bread", "Undated"]),
        ("/?sort=-published", ["Boats", "Bread", "Undated"]),
    ],
)
def test_the_address_says_what_is_shown(client, shelf, address, found):
    shown = titles(library(client, address))
    assert (shown if "sort=-" not in address else sorted(shown)) == found


def test_hits_are_marked_in_the_passage_that_matched(client, shelf):
    page = library(client, "/?q=water")
    assert '<mark class="hit">Water</mark> and salt' in page


def test_what_people_wrote_is_escaped(client):
    article(
        title="<script>alert(1)</script>",
        description="<img src=x onerror=alert(2)>",
        tags=('"><b>tag',),
        authors=("<i>name",),
        publication="<u>paper",
        text="<script>alert(3)</script> water",
    )
    index.refresh()
    for address in (
        "/",
        "/?q=water",
        "/?q=%3Cscript%3Ewater",
        "/filters/tag/",
        "/filters/author/?begins=%3Ci",
        "/?tag=%22%3E%3Cb%3Etag",
    ):
        page = library(client, address)
        assert not re.search(r"<script>|<img|<b>tag|<i>name|<u>paper", page), address


def test_each_condition_is_a_chip_that_takes_it_away(client, shelf):
    page = library(client, "/?q=bread+tag:craft&site=Hearth&sort=title")
    chips = dict(
        re.findall(
            r'class="chip" href="([^"]*)"><span class="visually-hidden">Remove </span><span dir="auto">([^<]*)<', page
        )
    )
    assert {label: href.replace("&amp;", "&") for href, label in chips.items()} == {
        "bread": "?q=tag%3Acraft&site=Hearth&sort=title",
        "tag: craft": "?q=bread&site=Hearth&sort=title",
        "publication: hearth": "?q=bread+tag%3Acraft&sort=title",
    }


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


def test_going_on_and_back_through_the_pages(client):
    for number in range(60):
        article(title=f"Number {number:02}", published="2024-01-01", tags=("all",))
    index.refresh()
    seen, address = [], "/?tag=all&sort=title"
    while address:
        page = library(client, address)
        seen += titles(page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following and "/" + following[1].replace("&amp;", "&")
    assert seen == [f"Number {number:02}" for number in range(60)]
    before = re.search(r'rel="prev" href="([^"]+)"', page)
    assert titles(library(client, "/" + before[1].replace("&amp;", "&")))[-1] == "Number 49"


@pytest.mark.parametrize("cursor", ["", "x", "0", "AAAA", "%00", "9" * 2000, "WyJwdWJsaXNoZWQiLCAwLCAxXQ"])
def test_a_made_up_cursor_leads_somewhere_sensible(client, shelf, cursor):
    for name in ("after", "before"):
        library(client, f"/?{name}={cursor}")


@pytest.mark.parametrize(
    "parameters",
    [
        "q=%22open",
        "q=(((((",
        "q=%00%00",
        "q=" + "x" * 3000,
        "q=-",
        "q=*",
        "q=foo:bar",
        "q=before:never",
        "year=abc",
        "year=99999",
        "year=0",
        "on=2024-13",
        "lang=%F0%9F%92%A9",
        "tag=",
        "tag=///",
        "author=%22%22",
        "site=%00",
        "sort=nonsense",
        "&".join(f"tag={number}" for number in range(200)),
        "%FF%FE=1&q=%FF",
    ],
)
def test_no_address_breaks_the_page(client, shelf, parameters):
    library(client, f"/?{parameters}")


def test_what_was_not_understood_is_said(client, shelf):
    assert 'class="hints"' in library(client, "/?q=before:never")
    assert "makes no sense as a filter" in library(client, "/?year=abc")


def test_a_new_search_keeps_the_filters(client, shelf):
    page = library(client, "/?q=bread&tag=craft&sort=title")
    assert '<input type="hidden" name="tag" value="craft" form="search">' in page
    assert '<input type="hidden" name="sort" value="title" form="search">' in page
    assert 'name="q" value="bread"' in page


def test_an_empty_archive_says_how_to_fill_it(client):
    page = library(client)
    assert "make run ARTICLES=" in page
    assert "import_articles" in page
    assert "<aside" not in page


def test_no_match_offers_a_way_out(client, shelf):
    page = library(client, "/?q=nothinglikethis&tag=sea")
    assert "No article fits all of this" in page
    assert 'href="?">begin again' in page


@pytest.mark.parametrize(
    ("address", "ways"),
    [
        ("/?q=water+tag:sea", [("?q=tag%3Asea", "water", "1 article"), ("?q=water", "tag: sea", "1 article")]),
        (
            "/?author=Ana+Miel&tag=sea&year=2024&sort=title",
            [
                ("?author=Ana+Miel&year=2024&sort=title", "tag: sea", "1 article"),
                ("?tag=sea&author=Ana+Miel&sort=title", "2024", "1 article"),
            ],
        ),
        ("/?q=water+nothinglikethis+tag:sea", []),
        ("/?q=nothinglikethis", []),
    ],
)
def test_no_match_offers_the_search_without_a_condition_where_that_finds_something(client, shelf, address, ways):
    found = re.findall(
        r'<li><a href="([^"]*)">without <span dir="auto">([^<]*)</span></a> <span class="faded">([^<]*)<',
        library(client, address),
    )
    assert [(href.replace("&amp;", "&"), label, number) for href, label, number in found] == ways


def test_ways_out_of_a_search_without_match_are_bounded(client, shelf, monkeypatch, django_assert_max_num_queries):
    address = f"/?tag=sea&q=boats+{'+'.join(f'nothing{number}' for number in range(60))}"
    with django_assert_max_num_queries(60):
        library(client, address)
    monkeypatch.setattr(relaxing, "BUDGET", -1)
    assert "Take one of the conditions above away" in library(client, "/?q=water+tag:sea")


def test_htmx_gets_the_part_that_changes_and_back_gets_the_page(client, shelf):
    part = library(client, "/?tag=sea", **HX)
    assert part.startswith("<title>")
    assert "<article-list" in part
    assert "<html" not in part
    whole = library(client, "/?tag=sea", **HX, **{"HX-History-Restore-Request": "true"})
    assert "<html" in whole
    assert "HX-Request" in client.get("/")["Vary"]


def test_facet_pages_list_all_values_and_narrow_by_their_beginning(client, shelf):
    page = library(client, "/filters/author/")
    assert "Ana Miel" in page
    assert "Bo Ferry" in page
    page = library(client, "/filters/author/?begins=fer&tag=sea")
    assert "Bo Ferry" in page
    assert "Ana Miel" not in page
    assert 'href="/?tag=sea&amp;author=Bo+Ferry"' in page
    assert client.get("/filters/nonsense/").status_code == 404


def test_the_number_of_queries_does_not_grow(client, reader, django_assert_max_num_queries):
    def fill(count):
        for number in range(count):
            article(
                tags=(f"a{number}", f"b/{number}"),
                authors=(f"X{number}", f"Y{number}"),
                publication=f"P{number}",
                text="water",
            )
        index.refresh()

    for count in (1, 30):
        fill(count)
        for address in ("/", "/?q=water", "/?tag=b&q=water+OR+salt&site=P0", "/?q=water&sort=title"):
            cache.clear()
            with django_assert_max_num_queries(21):
                client.get(address)


def test_filters_of_a_great_many_results_follow_by_themselves(client, shelf, monkeypatch):
    monkeypatch.setattr(facets, "FEW", 1)
    monkeypatch.setattr(counts, "FEW", 1)
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


def test_a_full_page_stays_light(client):
    for number in range(40):
        article(
            title=f"A title of quite ordinary length for an article, number {number}",
            description="What an article says of itself in two or three sentences. " * 5,
            tags=tuple(f"subject {number % 7}/{n}" for n in range(6)),
            authors=(f"Author Someone {number}", f"Other Person {number}"),
            publication=f"The Daily Something {number}",
            published=f"20{number % 24:02}-0{number % 9 + 1}-11",
        )
    index.refresh()
    assert len(client.get("/?tag=subject+3&tag=subject+1").content) < 60_000
    assert len(client.get("/").content) < 60_000
