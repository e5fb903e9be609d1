"""Resizing and recolouring a highlight, as plain forms and as the reading page's script sends them."""

import html as html_escapes
import re

import pytest

from archive.anchoring import Selector
from archive.annotations import writing
from archive.annotations.models import Annotation, Status
from archive.web.answers import FRAGMENT
from tests.factories import rendered
from tests.web.pages import url

pytestmark = pytest.mark.django_db

SOURCE = """The keeper writes. The keeper sleeps.
The keeper wakes, e.g. at three p.m., and writes.

Another paragraph. It has *two* sentences.
"""


@pytest.fixture
def article(db):
    return rendered(SOURCE, title="Keeping", language="en")


@pytest.fixture
def highlight(reader, article):
    return writing.annotate(reader, article, Selector("The keeper sleeps."), note="Why?")


def form(client, highlight, query=""):
    response = client.get(url("resize-annotation", highlight) + query)
    assert response.status_code == 200
    page = response.content.decode()
    fields = {name: value for name, value in re.findall(r'name="(\w+)" value="(\d+)"', page) if name != "csrf"}
    fields["exact"] = html_escapes.unescape(
        re.search(r'<textarea[^>]*name="exact"[^>]*>(.*?)</textarea>', page, re.S)[1]
    )
    return page, fields


def link(page, words):
    return html_escapes.unescape(re.search(rf'href="([^"]*)">[^<]*{words}', page)[1])


def test_the_sentences_around_it_are_added_by_links(client, highlight, article):
    page, fields = form(client, highlight)
    assert fields["exact"] == "The keeper sleeps."
    page, fields = form(client, highlight, link(page, "Add the sentence after"))
    assert fields["exact"] == "The keeper sleeps. The keeper wakes, e.g. at three p.m., and writes."
    page, fields = form(client, highlight, link(page, "Add the sentence before"))
    assert fields["exact"].startswith("The keeper writes. The keeper sleeps.")
    assert "Add the sentence before" not in page
    page, fields = form(client, highlight, link(page, "Add the sentence after"))
    assert fields["exact"].endswith("\nAnother paragraph.")
    response = client.post(url("resize-annotation", highlight), fields, follow=True)
    made = Annotation.objects.get()
    assert (made.exact, made.start) == (article.revision.text[: made.end], 0)
    assert "Highlight resized." in response.content.decode()


def test_words_that_stand_elsewhere_too_are_found_within_what_was_offered(client, highlight, article):
    _, fields = form(client, highlight)
    client.post(url("resize-annotation", highlight), {**fields, "exact": "keeper"})
    made = Annotation.objects.get()
    assert made.exact == "keeper"
    assert made.start == article.revision.text.index("keeper sleeps")


def test_what_is_refused_says_why_and_keeps_what_was_typed(client, highlight):
    _, fields = form(client, highlight)
    refused = client.post(url("resize-annotation", highlight), {**fields, "exact": "nobody wrote <this>"})
    assert refused.status_code == 400
    page = refused.content.decode()
    assert "not in the article" in page and ">nobody wrote &lt;this&gt;</textarea>" in page
    writing.edit(highlight.owner, highlight, version=1, note="Because")
    assert client.post(url("resize-annotation", highlight), fields | {"exact": "keeper"}).status_code == 409
    script = client.post(
        url("resize-annotation", highlight), fields | {"exact": "keeper"}, headers={"Accept": FRAGMENT}
    )
    assert script.status_code == 409 and script["Content-Type"].startswith("text/plain")


def test_the_script_gets_the_body_and_what_to_offer(client, highlight):
    fields = {"exact": "keeper sleeps", "version": 1, "start": 23}
    answer = client.post(url("resize-annotation", highlight), fields, headers={"Accept": FRAGMENT}).content.decode()
    assert '<p id="said" data-offer="undo">Highlight resized.</p>' in answer
    assert f'id="annotation-{highlight.uuid}">keeper sleeps</mark>' in answer


@pytest.mark.parametrize("query", ["?start=x&end=y", "?start=9&end=3", "?start=0&end=999999999", "?image=a"])
def test_forged_places_give_a_form_all_the_same(client, highlight, query):
    assert form(client, highlight, query)[1]["exact"]


@pytest.mark.parametrize(
    "fields", [{}, {"exact": ""}, {"exact": "\0"}, {"image": "x"}, {"exact": "The", "start": "-1"}]
)
def test_forged_forms_change_nothing(client, highlight, fields):
    assert client.post(url("resize-annotation", highlight), {"version": 1, **fields}).status_code == 400
    assert Annotation.objects.get().version == 1


def test_what_has_no_words_at_their_place_leads_back(client, reader, article, highlight):
    Annotation.objects.update(status=Status.ORPHAN)
    assert client.get(url("resize-annotation", highlight)).status_code == 302


def test_its_history_tells_of_it(client, reader, highlight):
    writing.resize(reader, highlight, Selector("The keeper sleeps. The keeper wakes"))
    page = client.get(url("annotation-history", highlight)).content.decode()
    assert "Resized from “The keeper sleeps.” to “The keeper sleeps. The keeper wakes”" in page


def test_a_colour_is_changed_whatever_was_changed_since(client, reader, highlight):
    writing.edit(reader, highlight, version=1, note="Because")
    answer = client.post(url("recolour-annotation", highlight), {"colour": "blue"}, headers={"Accept": FRAGMENT})
    assert "Colour changed to blue." in answer.content.decode()
    made = Annotation.objects.get()
    assert (made.colour, made.note) == ("blue", "Because")
    assert client.post(url("recolour-annotation", highlight), {"colour": "mauve"}).status_code == 400


@pytest.mark.parametrize("name", ["resize-annotation", "recolour-annotation"])
def test_another_s_is_not_there(client, neighbour, highlight, name):
    writing.edit(highlight.owner, highlight, version=1, visibility="shared")
    client.force_login(neighbour)
    assert client.post(url(name, highlight), {"exact": "keeper", "version": 2, "colour": "red"}).status_code == 404
    client.logout()
    assert client.post(url(name, highlight))["Location"].startswith("/sign-in/")
