"""The archive as an OPDS catalogue, read as KOReader reads it."""

import base64
import re
import zipfile
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from archive.accounts import tokens
from archive.articles.models import Article
from archive.curating import collections, saved_searches
from archive.reading import marking
from archive.search import index
from archive.web import opds
from tests.factories import annotation
from tests.factories import article as make_article

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def ada(db):
    return get_user_model().objects.create_user("ada")


@pytest.fixture
def device(ada):
    """A client that signs in like a device: with a user name, and a token as the password."""
    return with_password(tokens.make(ada, "Reader", ["read"]))


def with_password(password: str) -> Client:
    return Client(headers={"Authorization": "Basic " + base64.b64encode(f"ada:{password}".encode()).decode()})


def feed(client: Client, address: str) -> ET.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert re.match(r"application/atom\+xml", response["Content-Type"])
    root = ET.fromstring(response.content)
    for element in [root, *root.findall("a:entry", ATOM)]:
        for name in ("id", "title", "updated"):
            assert (element.findtext(f"a:{name}", None, ATOM) or "").strip() or name == "title"
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.findtext("a:updated", "", ATOM))
    return root


def titles(root: ET.Element) -> list[str]:
    return [entry.findtext("a:title", "", ATOM) for entry in root.findall("a:entry", ATOM)]


def link(element: Any, relation: str) -> str:
    """The path of a link on our host; empty if there is none."""
    found = [each.get("href") for each in element.findall("a:link", ATOM) if each.get("rel") == relation]
    if not found:
        return ""
    parts = urlsplit(found[0])
    assert parts.netloc == "testserver"
    return parts.path + (f"?{parts.query}" if parts.query else "")


def way_to(root: ET.Element, title: str) -> str:
    entry = next(each for each in root.findall("a:entry", ATOM) if each.findtext("a:title", "", ATOM) == title)
    return link(entry, "subsection")


def test_from_the_start_to_a_book(device, ada):
    made = make_article(
        title="Lamps & <light>\x01",
        authors=("Ada Brook", "Ben Marsh"),
        publication="Post",
        tags=("sea",),
        language="en",
        description="About lamps",
    )
    annotation(made, ada, note="Mine alone")
    index.refresh()
    (entry,) = feed(device, way_to(feed(device, reverse("opds")), "All articles")).findall("a:entry", ATOM)
    assert entry.findtext("a:title", "", ATOM) == "Lamps & <light> "
    assert [each.text for each in entry.findall("a:author/a:name", ATOM)] == ["Ada Brook, Ben Marsh"]
    assert "About lamps" in entry.findtext("a:summary", "", ATOM)
    assert [each.get("term") for each in entry.findall("a:category", ATOM)] == ["sea"]
    (acquisition,) = [each for each in entry.findall("a:link", ATOM) if "acquisition" in each.get("rel")]
    assert acquisition.get("rel") == "http://opds-spec.org/acquisition"
    assert acquisition.get("type") == "application/epub+zip"
    book = device.get(link(entry, "http://opds-spec.org/acquisition"))
    with zipfile.ZipFile(BytesIO(b"".join(book))) as archive:
        assert archive.testzip() is None
        assert not any(b"Mine alone" in archive.read(name) for name in archive.namelist())


def test_every_shelf(device, ada):
    made = [make_article(title=title, tags=("sea",) if title == "Two" else ()) for title in ("One", "Two", "Three")]
    marking.mark_read(ada, [made[0].pk])
    marking.star(ada, [made[1].pk])
    shelf = collections.create(ada, "Shelf")
    collections.add(ada, shelf.pk, [made[2].pk, made[0].pk])
    ben = get_user_model().objects.create_user("ben")
    shared = collections.create(ben, "Shared")
    collections.edit(ben, shared.pk, version=1, name="Shared", note="", visibility="shared")
    private = collections.create(ben, "Private")
    saved_searches.keep(ada, "About the sea", "tag=sea")
    index.refresh()
    start = feed(device, reverse("opds"))
    assert titles(start) == ["All articles", "Unread", "Starred", "Collections", "Saved searches"]
    assert titles(feed(device, way_to(start, "All articles"))) == ["Three", "Two", "One"]
    assert titles(feed(device, way_to(start, "Unread"))) == ["Three", "Two"]
    assert titles(feed(device, way_to(start, "Starred"))) == ["Two"]
    shelves = feed(device, way_to(start, "Collections"))
    assert titles(shelves) == ["Shared (ben)", "Shelf"]
    assert titles(feed(device, way_to(shelves, "Shelf"))) == ["Three", "One"]
    assert titles(feed(device, way_to(feed(device, way_to(start, "Saved searches")), "About the sea"))) == ["Two"]
    assert device.get(reverse("opds-collection", args=[private.pk])).status_code == 404


def test_search(device):
    make_article(title="Lamps", text="One burned.")
    make_article(title="Bread", text="It rose.")
    index.refresh()
    start = feed(device, reverse("opds"))
    description = device.get(link(start, "search"))
    assert description["Content-Type"].startswith("application/opensearchdescription+xml")
    (url,) = ET.fromstring(description.content).iter("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert url.get("type").startswith("application/atom+xml")
    assert titles(feed(device, url.get("template").replace("{searchTerms}", "burned"))) == ["Lamps"]


@pytest.mark.parametrize("kind", ["articles", "collection"])
def test_pages_hold_each_article_once(device, ada, monkeypatch, kind):
    monkeypatch.setattr(opds, "SIZE", 3)
    made = [make_article(title=f"{number}") for number in range(8)]
    shelf = collections.create(ada, "Shelf")
    collections.add(ada, shelf.pk, [each.pk for each in made])
    index.refresh()
    address, found = reverse("opds-articles") if kind == "articles" else reverse("opds-collection", args=[shelf.pk]), []
    while address:
        page = feed(device, address)
        found += titles(page)
        address = link(page, "next")
    assert found == [f"{number}" for number in (reversed(range(8)) if kind == "articles" else range(8))]


def test_who_may_look(client, ada, public):
    shared = make_article(title="One")
    index.refresh()
    start = feed(client, reverse("opds"))  # a visitor, if reading is public
    assert titles(start) == ["All articles"] and titles(feed(client, way_to(start, "All articles"))) == ["One"]
    assert titles(feed(client, reverse("opds-collections"))) == []
    client.force_login(ada)
    assert "Unread" in titles(feed(client, reverse("opds")))
    Article.objects.filter(pk=shared.pk).trash()
    assert client.get(reverse("opds-book", args=[shared.pk])).status_code == 404


@pytest.mark.parametrize("name", ["opds", "opds-articles", "opds-collections", "opds-searches", "opds-opensearch"])
def test_without_a_good_token_the_device_is_asked_for_one(client, ada, name):
    for each in (client, with_password("secret"), with_password("cp_guessed")):
        response = each.get(reverse(name))
        assert response.status_code == 401 and "Basic" in response["WWW-Authenticate"]
    with_other_scope = with_password(tokens.make(ada, "Saver", ["save"]))
    assert with_other_scope.get(reverse(name)).status_code == 403
