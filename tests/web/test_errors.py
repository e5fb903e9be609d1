"""Error pages: they match the site, say what happened, and need nothing that may be broken."""

import pytest
from django.test import Client
from django.test.utils import override_settings
from django.urls import path
from django.views.defaults import server_error

from archive.urls import urlpatterns as our_urls


def broken(request):
    raise RuntimeError("a secret of the server")


urlpatterns = [*our_urls, path("broken/", broken)]


@override_settings(ROOT_URLCONF=__name__)
def test_a_broken_page_says_so_and_no_more(public, db):
    client = Client(raise_request_exception=False)
    response = client.get("/broken/")
    assert response.status_code == 500
    page = response.content.decode()
    assert "Something went wrong" in page
    assert "secret" not in page
    assert "Go to the library" in page


def test_the_page_of_a_broken_server_needs_neither_database_nor_request(rf):
    assert "Something went wrong" in server_error(rf.get("/")).content.decode()


def test_a_forged_form_is_explained(public, db):
    response = Client(enforce_csrf_checks=True).post("/preferences/", {"theme": "dark"})
    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()
    assert "Allow cookies for this site" in response.content.decode()


FORM = {"theme": "dark"}


def send(csrf=None, cookie=None, **headers):
    client = Client(enforce_csrf_checks=True)
    if cookie:
        client.cookies["csrftoken"] = cookie
    return client.post("/preferences/", FORM | ({"csrfmiddlewaretoken": csrf} if csrf else {}), headers=headers)


@pytest.mark.parametrize(
    ("headers", "says"),
    [
        ({"Origin": "https://read.example.org:9100"}, "https://read.example.org:9100, but this archive believes"),
        ({"Origin": "null"}, "did not say which page sent it"),
        ({}, "You may have signed in or out"),
    ],
)
def test_a_refused_form_names_its_reason_on_the_page_and_in_the_log(public, db, caplog, headers, says):
    response = send(csrf="a" * 32, cookie="b" * 32, **headers)
    assert response.status_code == 403
    assert says in response.content.decode()
    assert "Origin checking failed" in caplog.text or "CSRF token" in caplog.text
    if "read.example.org" in says:
        assert "ARCHIVE_TRUSTED_ORIGINS" in caplog.text


def test_an_origin_that_is_trusted_is_accepted(public, db, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://read.example.org:9100"]
    assert send(csrf="a" * 32, cookie="a" * 32, Origin="https://read.example.org:9100").status_code == 302


def test_what_is_not_there_and_what_is_not_open_is_told(client, public, db, reader):
    missing = client.get("/nothing/here/")
    assert missing.status_code == 404 and "Page not found" in missing.content.decode()
    closed = client.post("/changes/new", {"asked": "", "verb": "trash"})
    assert closed.status_code == 403 and "You don’t have access" in closed.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_reading_pages_only_answer_to_reading(client, keeper, method):
    assert getattr(client, method)("/").status_code == 405


def test_every_page_forbids_inline_code_framing_and_sniffing(client, public, db):
    for address in ("/", "/sign-in/", "/nothing/here/", "/imports/"):
        headers = client.get(address).headers
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
