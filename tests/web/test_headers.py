"""HTTP headers for browsers and caches."""

import pytest
from django.urls import reverse

from tests.factories import article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name", ["library", "notebook", "saved-searches", "account", "imports", "changes", "completions"]
)
def test_no_cache_keeps_what_somebody_sees_who_is_signed_in(client, keeper, name):
    kept = client.get(reverse(name))["Cache-Control"]
    assert "private" in kept and "no-store" in kept


def test_neither_an_article_with_its_notes_nor_a_download_nor_a_refusal(client, keeper):
    made = article()
    assert client.get(made.get_absolute_url())["Cache-Control"] == "private, no-store"
    assert client.get(reverse("export-notebook", args=["md"]))["Cache-Control"] == "private, no-store"
    assert client.get("/nothing/here/")["Cache-Control"] == "private, no-store"
    assert client.get(reverse("facet", args=["tag"]))["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ["/", "/sign-in/", "/healthz", "/nothing/here/", "/static/css/every-page.css"])
def test_every_answer_is_kept_from_other_sites_and_from_devices(client, public, address):
    response = client.get(address)
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_what_strangers_may_read_is_not_made_private(client, public):
    assert "no-store" not in client.get("/").get("Cache-Control", "")
