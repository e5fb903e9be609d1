import re

import pytest
from django.core.cache import cache
from django.test.utils import override_script_prefix
from django.urls import reverse

from archive.articles.models import Article
from archive.search import index
from archive.web import library as library_page
from tests.factories import article
from tests.web.pages import library, titles

pytestmark = pytest.mark.usefixtures("public", "db")

HX = {"HX-Request": "true"}


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
    assert "is not a valid filter" in library(client, "/?year=abc")


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
    page = library(client, "/?q=nothinglikethis")
    assert "No articles match" in page
    assert 'href="?">See all articles' in page


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
    monkeypatch.setattr(library_page, "MOST_TRIED", 0)
    assert "See all articles" in library(client, "/?q=water+tag:sea")


def test_htmx_gets_the_part_that_changes_and_back_gets_the_page(client, shelf):
    part = library(client, "/?tag=sea", **HX)
    assert part.startswith("<title>")
    assert "<article-list" in part
    assert "<html" not in part
    whole = library(client, "/?tag=sea", **HX, **{"HX-History-Restore-Request": "true"})
    assert "<html" in whole
    assert "HX-Request" in client.get("/")["Vary"]


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


def test_hits_in_tags_authors_and_publications_are_marked_and_seen(client):
    article(
        title="Bread",
        tags=(*(f"a{number}" for number in range(9)), "zeta/harbours"),
        authors=("Ada", "Bo", "Cy", "Di", "Eve Harbour"),
        publication="The Harbour Post",
    )
    index.refresh()
    page = library(client, "/?q=harbour")
    assert '>The <mark class="hit">Harbour</mark> Post</a>' in page
    assert '>Eve <mark class="hit">Harbour</mark></a>' in page
    assert '>zeta/<mark class="hit">harbours</mark></a>' in page
    assert "and 1 more" in page and "and others" not in page
    assert "<mark" not in library(client, "/?q=author:harbour").partition("<ol")[2].partition("Eve")[0]
    assert ">Eve <mark" in library(client, "/?q=author:harbour")
    assert "<mark" not in library(client, "/?tag=zeta")


def test_a_small_picture_is_shown_where_it_may_be_loaded(client):
    kept = article(title="Kept", image="images/a.png")
    kept.revision.images = {"images/a.png": "5" * 64}
    kept.revision.save()
    article(title="Elsewhere", image="https://pictures.example/b.png?a=1&b=2")
    article(title="Lost", image="images/lost.png")
    article(title="No address", image="javascript:alert(1)")
    index.refresh()

    def pictures():
        response = client.get("/")
        found = re.findall(r'<img class="row-picture" src="([^"]*)" alt="" loading="lazy"', response.content.decode())
        return sorted(found), "https:" in response["Content-Security-Policy"]

    own, remote = f"/attachments/{'5' * 64}", "https://pictures.example/b.png?a=1&amp;b=2"
    assert pictures() == ([own], False)
    client.cookies["images"] = "always"
    assert pictures() == ([own, remote], True)


def test_filters_stay_where_nothing_is_found(client, shelf, reader):
    page = library(client, "/?q=nothing&tag=sea&site=Harbour&author=Ana+Miel&year=2022&is=unread")
    facets = page.partition('<aside class="facets"')[2].partition("</aside>")[0]
    links = re.findall(r'<a href="([^"]*)" aria-current="true"><span dir="auto">([^<]*)</span> <span[^>]*>0<', facets)
    assert [label for _, label in links] == ["Unread", "sea", "harbour", "Ana Miel", "2022"]
    assert links[1][0].replace("&amp;", "&") == "?q=nothing&author=Ana+Miel&site=Harbour&year=2022&is=unread"
    assert 'id="dates"' in page and 'id="sort"' in page
    assert '<aside class="facets"' not in library(client, "/?q=nothing")


def test_what_can_be_done_with_a_list_stands_at_its_head(client, shelf, keeper):
    head, _, rows = library(client, "/?tag=sea").partition('<ol class="rows"')
    for words in ("Feed of this list", "Export", "Change all results", "Save this search", "Search tips"):
        assert words in head and words not in rows.partition('<form class="selection"')[0]
    for target in ("#main", "#articles", "#facets"):
        assert f'href="{target}"' in head
    assert 'id="articles"' in library(client, "/?q=nothing")


def test_every_search_tip_is_a_search_that_is_understood(client, shelf):
    page = library(client, "/search-tips/")
    examples = re.findall(r'<a href="(/\?q=[^"]*)"><code>', page)
    assert len(examples) > 20
    for address in examples:
        assert not client.get(address).context["search"].query.problems, address


@pytest.mark.parametrize("title", ["Plain words", "Ämter & Wege", "中国 经济", "a/b?c", "…"])
def test_an_article_has_the_address_of_its_page(title):
    made = Article(pk=7, title=title)
    for prefix in ("/", "/lib/"):
        with override_script_prefix(prefix):
            assert made.get_absolute_url() == reverse("reading", args=[7, made.slug])
