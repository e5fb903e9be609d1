"""What Zotero's browser extension finds on the pages, and what it gets."""

import re
from html import unescape
from urllib.parse import parse_qs

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from lxml import etree

from archive.articles.models import Article
from archive.search import index
from tests.factories import annotation
from tests.factories import article as make_article

pytestmark = pytest.mark.django_db
NAMESPACES = {
    "z": "http://www.zotero.org/namespaces/export#",
    "bib": "http://purl.org/net/biblio#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
}


@pytest.fixture
def post(db):
    made = make_article(
        text="The lamp burned all night. Nobody slept.",
        title='On "lamps" & <light>',
        authors=("Ada Brook",),
        publication="The Harbour Post",
        source_url="https://post.example/lamps",
        tags=("sea",),
        metadata={"type": "blog post"},
        published_precision="year",
    )
    index.refresh()
    return made


def on_page(client, address: str) -> tuple[list[str], list[dict[str, list[str]]]]:
    """The ids and the COinS on a page, which must name the server."""
    html = client.get(address).content.decode()
    assert f'<link rel="unapi-server" type="application/xml" title="unAPI" href="{reverse("unapi")}">' in html
    found = re.findall(r'<span class="Z3988" title="([^"]*)"', html)
    return re.findall(r'<abbr class="unapi-id" title="(\d+)"', html), [parse_qs(unescape(each)) for each in found]


def test_article_and_list_name_what_can_be_asked_for(client, reader, post):
    other = make_article(title="Other", publication="Reuters", source_url="https://reuters.com/a")
    index.refresh()
    ids, (said,) = on_page(client, post.get_absolute_url())
    assert ids == [str(post.pk)]
    assert said["rft.type"] == ["blogPost"] and said["rft.title"] == [post.title] and said["rft.date"] == ["2024"]
    assert said["rft.au"] == ["Brook, Ada"] and said["rft.subject"] == ["sea"]
    ids, listed = on_page(client, reverse("library"))
    assert sorted(ids) == sorted([str(post.pk), str(other.pk)])
    by_title = {each["rft.title"][0]: each for each in listed}
    assert by_title[post.title] == {name: value for name, value in said.items() if name != "rft.subject"}
    assert by_title["Other"]["rft.type"] == ["newspaperArticle"]


def test_unapi_tells_its_formats_and_gives_the_article_with_one_s_notes(client, reader, post):
    stranger = get_user_model().objects.create_user("stranger")
    annotation(post, reader, quote="lamp burned", note="Why *so*?", tags=("oil",))
    annotation(post, stranger, note="hidden")
    annotation(post, stranger, note="for everyone", shared=True)
    address = reverse("unapi")
    formats = etree.fromstring(client.get(address).content)
    assert [each.get("name") for each in formats] == ["rdf_zotero"]
    asked = client.get(f"{address}?id={post.pk}")
    assert asked.status_code == 300 and etree.fromstring(asked.content).get("id") == str(post.pk)
    response = client.get(f"{address}?id={post.pk}&format=rdf_zotero")
    assert response.status_code == 200 and response["Content-Type"].startswith("application/rdf+xml")
    root = etree.fromstring(response.content)
    assert root.xpath("//z:itemType/text()", namespaces=NAMESPACES) == ["blogPost"]
    assert root.xpath("//dc:subject/text()", namespaces=NAMESPACES) == ["sea"]
    whole, passage = root.xpath("//bib:Memo/rdf:value/text()", namespaces=NAMESPACES)
    assert "for everyone" in whole and "<blockquote>" in passage and "<em>so</em>" in passage and "#oil" in passage
    assert b"hidden" not in response.content


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("id=0&format=rdf_zotero", 404),
        ("id=x", 404),
        ("id=99999", 404),
        ("id={}&format=mods", 406),
        ("format=mods", 200),
    ],
)
def test_what_unapi_cannot_give(client, reader, post, asked, status):
    assert client.get(f"{reverse('unapi')}?{asked.format(post.pk)}").status_code == status


def test_visitors_get_articles_without_notes_where_they_may_read(client, public, post):
    annotation(post, get_user_model().objects.create_user("ada"), note="shared", shared=True)
    address = f"{reverse('unapi')}?id={post.pk}&format=rdf_zotero"
    assert b"bib:Memo" not in client.get(address).content
    Article.objects.filter(pk=post.pk).trash()
    assert client.get(address).status_code == 404
