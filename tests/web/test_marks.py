"""Read, starred and in progress: the reading page's buttons, and what they must not do."""

import pytest
from django.test import Client
from django.urls import reverse

from archive.articles.models import Article
from archive.reading.models import ReadingState
from archive.search import index
from archive.web.answers import FRAGMENT
from tests.factories import article

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db) -> Article:
    made = article(title="Tides")
    index.refresh()
    return made


def post(client, made, query="", **data):
    return client.post(reverse("mark", args=[made.pk]) + query, data)


def finds(client, what) -> bool:
    return client.get("/", {"q": f"is:{what}"}).context["page"].total == 1


def buttons(client, made) -> str:
    return client.get(made.get_absolute_url()).content.decode()


def test_buttons_change_with_what_they_did_and_so_does_the_search(client, reader, here):
    assert "Mark as read" in buttons(client, here) and "Remove star" not in buttons(client, here)
    assert finds(client, "unread") and not finds(client, "starred")
    assert post(client, here, "?q=tides", mark="read").url == f"{here.get_absolute_url()}?q=tides"
    assert post(client, here, mark="star").url == here.get_absolute_url()
    assert "Mark as unread" in buttons(client, here) and "Remove star" in buttons(client, here)
    assert finds(client, "read") and finds(client, "starred") and not finds(client, "unread")
    post(client, here, mark="unread")
    post(client, here, mark="unstar")
    assert "Mark as read" in buttons(client, here)
    assert finds(client, "unread") and not finds(client, "starred")


def test_the_script_gets_the_buttons_as_they_are_now(client, reader, here):
    response = client.post(reverse("mark", args=[here.pk]), {"mark": "star"}, headers={"Accept": FRAGMENT})
    assert b"Remove star" in response.content and b'data-said="Starred."' in response.content
    assert b"<html" not in response.content


def test_a_place_is_kept_and_offered(client, reader, here):
    assert post(client, here, position="7").status_code == 204
    assert ReadingState.objects.get().position == 7
    assert 'data-position="7"' in buttons(client, here)
    assert finds(client, "reading") and finds(client, "unread")
    post(client, here, mark="read")
    assert 'data-position=""' in buttons(client, here)


@pytest.mark.parametrize("wrong", [{}, {"mark": "burn"}, {"position": "-1"}, {"position": "9" * 10}])
def test_what_makes_no_sense_is_refused(client, reader, here, wrong):
    assert post(client, here, **wrong).status_code == 400
    assert not ReadingState.objects.exists()


def test_nobody_marks_without_signing_in_or_by_a_link_or_from_elsewhere(client, public, here, django_user_model):
    assert post(client, here, mark="read").status_code == 401
    assert "Mark as" not in buttons(client, here)
    client.force_login(django_user_model.objects.create_user("reader"))
    assert client.get(reverse("mark", args=[here.pk])).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(django_user_model.objects.get())
    assert post(strict, here, mark="read").status_code == 403
    assert not ReadingState.objects.exists()


def test_what_is_in_the_trash_is_not_marked(client, reader, here):
    Article.objects.all().trash()
    assert post(client, here, mark="read").status_code == 404
    assert post(client, Article(pk=999), mark="read").status_code == 404
