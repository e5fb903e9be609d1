"""Typed text survives signing out, another person, and an expired form, without JavaScript."""

import html
import io
import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from archive.annotations.models import Annotation
from archive.web.answers import FRAGMENT
from tests.web.pages import QUOTE, url

TYPED = "My “typed” <text>,\nwith two lines"
PASSWORD = "a long password"


@pytest.fixture
def browser(reader):
    """A browser that checks CSRF tokens, and has none yet; `reader` can sign in with it."""
    reader.set_password(PASSWORD)
    reader.save()
    return Client(enforce_csrf_checks=True)


def inputs(page: str) -> dict[str, str]:
    """The fields of the page's own form."""
    main = page[page.index("<main") : page.index("</main>")]
    form = main[main.index("<form") :]
    fields = {}
    for tag in re.findall(r"<input[^>]*>", form):
        named = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if "name" in named and (named.get("type") != "radio" or " checked" in tag):
            fields[named["name"]] = html.unescape(named.get("value", ""))
    for name, value in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        fields[name] = html.unescape(value).removeprefix("\n")
    return fields


def sign_in(browser, page: str, name: str, password: str = PASSWORD):
    """Fill in the sign-in form that a page shows, and send it."""
    return browser.post(reverse("sign-in"), {**inputs(page), "username": name, "password": password})


def start(browser, person="reader") -> None:
    sign_in(browser, browser.get(reverse("sign-in")).content.decode(), person)


@pytest.fixture
def filled(browser, article):
    """The form for a note on the article, opened while signed in and filled in."""
    start(browser)
    page = browser.get(reverse("annotate", args=[article.pk]), {"start": 0, "end": 10}).content.decode()
    return {**inputs(page), "exact": QUOTE, "start": "", "note": TYPED, "tags": "one, two"}


def expire(browser):
    del browser.cookies["sessionid"]


def send(browser, article, filled, **headers):
    return browser.post(reverse("annotate", args=[article.pk]), filled, headers=headers)


@pytest.mark.parametrize("is_public", [True, False])
def test_signing_in_comes_back_to_the_filled_form(browser, article, filled, settings, is_public):
    settings.PUBLIC_READING = is_public
    expire(browser)
    response = send(browser, article, filled)
    assert response.status_code == 401 and not Annotation.objects.exists()
    wrong = sign_in(browser, response.content.decode(), "reader", "a wrong password")
    page = sign_in(browser, wrong.content.decode(), "reader").content.decode()
    again = inputs(page)
    assert (again["note"], again["tags"], again["exact"]) == (TYPED, "one, two", QUOTE)
    assert send(browser, article, again).status_code == 302
    made = Annotation.objects.get()
    assert (made.note, made.exact, set(made.tags.names())) == (TYPED, QUOTE, {"one", "two"})
    send(browser, article, {**again, "csrfmiddlewaretoken": browser.cookies["csrftoken"].value})
    assert Annotation.objects.count() == 1, "going back and sending it again"


def test_signed_in_again_in_another_tab_the_form_keeps_its_text(browser, article, filled):
    expire(browser)
    start(browser)
    response = send(browser, article, filled, **{"Sec-Fetch-Site": "same-origin"})
    again = inputs(response.content.decode())
    assert response.status_code == 403 and again["note"] == TYPED
    assert send(browser, article, again).status_code == 302
    assert Annotation.objects.get().note == TYPED


def test_signed_in_meanwhile_in_another_tab_while_at_the_way_in(browser, article, filled):
    expire(browser)
    way_in = send(browser, article, filled).content.decode()
    start(browser)
    fields = {**inputs(way_in), "username": "reader", "password": PASSWORD}
    stale = browser.post(reverse("sign-in"), fields, headers={"Sec-Fetch-Site": "same-origin"})
    assert inputs(stale.content.decode())["note"] == TYPED
    fields["csrfmiddlewaretoken"] = browser.cookies["csrftoken"].value
    assert inputs(browser.post(reverse("sign-in"), fields).content.decode())["note"] == TYPED


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}])
def test_a_form_of_another_site_does_not_become_one_of_ours(browser, article, filled, headers):
    response = send(browser, article, {**filled, "csrfmiddlewaretoken": "x" * 64}, **headers)
    page = response.content.decode()
    assert response.status_code == 403 and "typed" not in page and "one, two" not in page


def test_somebody_else_who_signs_in_is_not_shown_it_and_it_is_not_stored_as_theirs(browser, article, filled):
    other = get_user_model().objects.create_user("other", password=PASSWORD)
    expire(browser)
    way_in = send(browser, article, filled).content.decode()
    response = sign_in(browser, way_in, "other")
    page = response.content.decode()
    assert response.status_code == 409 and "typed" not in page and "one, two" not in page
    assert "opened by someone else" in page
    fields = {**filled, "csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    sent = send(browser, article, fields)
    assert sent.status_code == 409 and "typed" not in sent.content.decode()
    assert not Annotation.objects.filter(owner=other).exists()
    # It comes back to the person who typed it.
    way_in = browser.post(reverse("sign-in-again"), inputs(page)).content.decode()
    assert inputs(sign_in(browser, way_in, "reader").content.decode())["note"] == TYPED


def test_no_password_and_no_file_is_kept(browser, article, keeper):
    browser.get(reverse("sign-in"))
    token = browser.cookies["csrftoken"].value
    kept = browser.post(reverse("tags", args=[article.pk]), {"csrfmiddlewaretoken": token, "old_password": "secret 12"})
    assert kept.status_code == 302
    files = {"csrfmiddlewaretoken": token, "name": "x", "files": io.BytesIO(b"# A file")}
    assert browser.post(reverse("upload"), files).status_code == 302


def test_scripts_are_told_in_words_and_ask_who_is_signed_in(browser, article, filled, reader):
    fragment = {"Accept": FRAGMENT}
    before = browser.get(reverse("session-state")).json()
    assert (before["name"], before["person"]) == ("reader", filled["opened_by"])
    expire(browser)
    response = send(browser, article, filled, **fragment)
    assert (response.status_code, response["Content-Type"]) == (401, "text/plain; charset=utf-8")
    assert browser.get(reverse("session-state")).json()["person"] == ""
    get_user_model().objects.create_user("other", password=PASSWORD)
    start(browser, "other")
    assert send(browser, article, filled, **fragment).status_code == 403
    state = browser.get(reverse("session-state")).json()
    assert state["name"] == "other" and state["person"] not in ("", filled["opened_by"])
    assert send(browser, article, {**filled, "csrfmiddlewaretoken": state["token"]}, **fragment).status_code == 403
    taken = {**filled, "csrfmiddlewaretoken": state["token"], "opened_by": state["person"]}
    assert send(browser, article, taken, **fragment).status_code == 200
    assert Annotation.objects.get().owner.get_username() == "other"


@pytest.mark.parametrize(
    ("resolve", "note", "tags", "visibility"),
    [
        ("typed", "One\nMine", {"sea", "mine"}, "shared"),
        ("stored", "One\nTheirs", {"sea", "theirs"}, "private"),
        ("joined", "One\nTheirs\n\nMine", {"sea", "mine", "theirs"}, "private"),
    ],
)
def test_two_texts_for_one_note(client, reader, highlight, resolve, note, tags, visibility):
    client.post(url("edit-annotation", highlight), {"version": 1, "note": "One\nTheirs", "tags": "sea, theirs"})
    mine = {"version": 1, "note": "One\nMine", "tags": "sea, mine", "visibility": "shared"}
    response = client.post(url("edit-annotation", highlight), mine, headers={"Accept": FRAGMENT})
    page = response.content.decode()
    assert response.status_code == 409 and "<del>Theirs</del>" in page and "<ins>Mine</ins>" in page
    assert "sea, theirs" in page and "only me" in page and "everyone in this archive" in page
    assert Annotation.objects.get().note == "One\nTheirs"
    fields = {**inputs(f"<main{page}</main>"), "resolve": resolve}
    assert client.post(url("edit-annotation", highlight), fields).status_code == 302
    now = Annotation.objects.get()
    assert (now.note, set(now.tags.names()), now.visibility) == (note, tags, visibility)
