"""The page that saves a page: from the bookmarklet, a phone's share sheet, or typed."""

import json
import threading
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.urls import resolve

from archive.annotations.models import Annotation
from archive.articles.models import Article
from archive.importing import sent_files
from archive.importing.fetching import Fetched, FetchRefused
from archive.importing.identity import identity_of_url
from tests.factories import article

URL = "https://example.org/tides"


@pytest.fixture
def staff(client, transactional_db, data_dir):
    person = get_user_model().objects.create_superuser("keeper")
    client.force_login(person)
    yield person
    for thread in threading.enumerate():
        if thread.name == "import":
            thread.join(30)


def here(**fields):
    made = article(title="Tides", source_url=URL, text="The tide comes in twice a day.", **fields)
    Article.objects.filter(pk=made.pk).update(identity=identity_of_url(URL))
    return made


def said(response):
    return " ".join(str(message) for message in response.context["messages"])


def form(**fields):
    return {"url": URL, **fields}


def shown(client, query):
    return client.get("/save", query).context["wanted"]


def test_the_form_shows_what_the_bookmarklet_tells(client, keeper):
    page = client.get("/save", {"url": f"{URL}?a=1", "title": "<b>Tides", "quote": "The tide"}).content.decode()
    assert f'value="{URL}?a=1"' in page and "&lt;b&gt;Tides" in page and ">The tide</textarea>" in page
    assert "does not fetch pages" in page and not Article.objects.exists()
    here()
    assert "Already in the archive" in client.get("/save", {"url": URL}).content.decode()


@pytest.mark.parametrize(
    ("shared", "wanted"),
    [
        ({"text": f"Tides {URL}"}, (URL, "Tides", "", "")),
        ({"text": URL, "title": "Tides"}, (URL, "Tides", "", "")),
        ({"text": f'"The tide comes"\n {URL}#:~:text=The%20tide', "title": "T"}, (URL, "T", "The tide comes", "")),
        ({"text": f"“The tide” {URL}"}, (URL, "", "The tide", "")),
        ({"text": f"Look at this! {URL}", "title": "Tides"}, (URL, "Tides", "", "Look at this!")),
        ({"url": f"{URL}#part", "text": "Tides", "title": "Tides"}, (f"{URL}#part", "Tides", "", "")),
        ({"text": "no address"}, ("", "no address", "", "")),
        ({"url": "\0", "title": "\ud7ff\0x"}, ("", "\ud7ffx", "", "")),
        ({}, ("", "", "", "")),
    ],
)
def test_a_share_sheet_may_put_the_address_into_the_text(client, keeper, shared, wanted):
    found = shown(client, shared)
    assert (found.url, found.title, found.quote, found.note) == wanted


def test_a_passage_of_a_known_article_becomes_a_highlight_once(client, staff):
    made = here()
    for _ in range(2):
        response = client.post("/save", form(quote="comes in twice", note="Why?", tags="sea"), follow=True)
        assert response.redirect_chain[-1][0] == made.get_absolute_url()
        assert "already in the archive" in said(response) and "Highlighted." in said(response)
    annotation = Annotation.objects.get()
    assert (annotation.exact, annotation.note, annotation.owner, annotation.status) == (
        *("comes in twice", "Why?", staff),
        "anchored",
    )
    assert [tag.name for tag in made.tags.all()] == ["sea"]
    lost = client.post("/save", form(quote="nowhere"), follow=True)
    assert "lost passages" in said(lost)


def test_a_page_that_is_not_here_waits_for_its_clipping(client, staff, settings, monkeypatch):
    monkeypatch.setattr(sent_files, "fetch", lambda *_, **__: pytest.fail("fetched"))
    response = client.post("/save", form(title="Tides", quote="comes in twice"), follow=True)
    made = Article.objects.get()
    assert (made.title, made.source_url, made.revision.text) == ("Tides", URL, "")
    assert "when a clipping of the page is imported" in said(response)
    assert "has no text" in response.content.decode()
    headers = {"Authorization": "Bearer " + _token(staff)}
    text = f"---\nurl: {URL}\n---\nThe tide comes in twice a day."
    client.post("/api/articles", text, "text/markdown", headers=headers)
    assert Annotation.objects.get().status == "anchored"


def _token(person):
    from archive.accounts import tokens

    return tokens.make(person, "Clipper", ["save"])


def test_where_the_owner_wants_it_the_server_fetches_the_page(client, staff, settings, monkeypatch):
    settings.FETCH = True
    asked = []
    words = "The tide comes in twice a day, and the keeper writes it down in a book. "

    def fetch(url, **_):
        asked.append(url)
        if "private" in url:
            raise FetchRefused("It is not a public address.")
        return Fetched(url, f"<html><body><article><h1>Tides</h1><p>{words * 9}</p></article></body></html>".encode())

    monkeypatch.setattr(sent_files, "fetch", fetch)
    response = client.post("/save", form(quote="keeper writes it"), follow=True)
    assert "Highlighted." in said(response)
    assert words.strip() in Article.objects.get().revision.text
    client.post("/save", form(note="again"))
    assert asked == [URL], "its text is here"
    response = client.post("/save", form(url="http://private.example/"), follow=True)
    assert "was not fetched: It is not a public address." in said(response)
    assert Article.objects.count() == 2


@pytest.mark.parametrize("url", ["", "nonsense", "javascript:alert(1)", "file:///etc/passwd"])
def test_what_is_no_address_is_asked_for_again(client, keeper, url):
    response = client.post("/save", form(url=url, quote="kept words"))
    assert response.status_code == 400
    assert "Give the address of the page" in response.content.decode() and "kept words" in response.content.decode()


def test_others_than_staff_highlight_what_is_here_and_add_nothing(client, reader):
    made = here()
    response = client.post("/save", form(quote="comes in twice"), follow=True)
    assert "Highlighted." in said(response) and Annotation.objects.get().owner == reader
    assert client.post("/save", form())["Location"] == made.get_absolute_url()
    refused = client.post("/save", form(url="https://example.org/other"))
    assert refused.status_code == 400 and "only staff can add" in refused.content.decode()
    assert Article.objects.count() == 1


def test_strangers_sign_in_first_and_keep_what_they_wanted_to_save(client, db, public):
    assert "quote%3DThe%2520tide" in client.get("/save?quote=The%20tide")["Location"]


def test_no_other_site_makes_a_browser_save(staff):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(staff)
    assert browser.post("/save", form()).status_code == 403
    assert not Article.objects.exists()


def test_the_manifest_shares_to_it():
    manifest = Path(finders.find("manifest.webmanifest"))
    target = json.loads(manifest.read_text())["share_target"]
    assert resolve(urljoin("/static/manifest.webmanifest", target["action"])).url_name == "save"
    assert (target["method"], set(target["params"])) == ("GET", {"title", "text", "url"})
