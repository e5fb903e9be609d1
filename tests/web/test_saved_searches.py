import re

import pytest

from archive.articles.models import Article
from archive.curating import saved_searches as verbs
from archive.curating.models import SavedSearch
from archive.reading import marking
from archive.search import index
from tests.factories import article

KEEP = {"name": "Harbour", "address": "q=boat&tag=sea&sort=title"}


@pytest.fixture(autouse=True)
def _shelf(db):
    article(title="Boats", text="A boat.", tags=("sea",))
    index.refresh()


@pytest.fixture
def saved(client, reader):
    client.post("/searches/keep", KEEP)
    return SavedSearch.objects.get()


def add(count=1):
    for _ in range(count):
        article(text="Another boat.", tags=("sea",), published="1990-01-01")
    index.refresh()


def page(client, address="/"):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_present_search_is_kept_under_a_name_and_stands_beside_the_list(client, reader):
    response = client.post("/searches/keep", KEEP)
    assert response["Location"] == "/?q=boat&tag=sea&sort=title"
    shown = page(client, response["Location"])
    assert re.search(
        r'<a href="\?q=boat&amp;tag=sea&amp;sort=title" aria-current="page"><span dir="auto">Harbour<', shown
    )
    assert "Save this search" not in shown
    assert "Save this search" in page(client, "/?q=boat")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": " ", "address": "q=a"}, "Give the search a name"),
        (KEEP | {"address": "q=other"}, "You already have a search named"),
    ],
)
def test_a_name_is_needed_and_belongs_to_one_search(client, reader, saved, form, said):
    assert said in client.post("/searches/keep", form, follow=True).content.decode()
    assert SavedSearch.objects.count() == 1


def test_a_made_up_address_is_kept_as_far_as_it_makes_sense(client, reader):
    client.post("/searches/keep", {"name": "x", "address": "q=boat&next=//elsewhere.example&year=abc&sort=no"})
    assert SavedSearch.objects.get().address == "q=boat&year=abc"


def test_there_is_an_end_to_how_many_one_person_keeps(client, reader, saved, monkeypatch):
    monkeypatch.setattr(verbs, "MOST_KEPT", 1)
    assert "Delete one first" in client.post("/searches/keep", {**KEEP, "name": "B"}, follow=True).content.decode()


def test_what_came_since_the_last_visit_is_new(client, saved):
    assert "new</span>" not in page(client, "/searches/news")
    add(2)
    article(text="Bread", tags=("kitchen",))
    index.refresh()
    assert f'id="new-{saved.pk}" hx-swap-oob="true">2 new<' in page(client, "/searches/news")
    assert "2 new" in page(client, "/searches/")
    assert "2 new since your last visit" in page(client, f"/?{saved.address}")
    assert "since your last visit" not in page(client, f"/?{saved.address}")
    assert "new</span>" not in page(client, "/searches/news")


def test_counting_what_is_new_has_an_end(client, saved, monkeypatch):
    monkeypatch.setattr(verbs, "MOST_NEW", 3)
    add(5)
    assert "3+ new" in page(client, "/searches/news")


def test_what_is_new_is_counted_for_its_owner(client, reader):
    client.post("/searches/keep", {"name": "To read", "address": "q=is:unread"})
    add(2)
    assert "2 new<" in page(client, "/searches/news")
    marking.mark_read(reader, [Article.objects.latest("pk").pk])
    index.refresh()
    assert "1 new<" in page(client, "/searches/news")


def test_another_search_is_no_visit(client, saved):
    add()
    page(client, "/?q=boat")
    assert "1 new" in page(client, "/searches/news")


def test_looking_without_news_counts_nothing(client, saved, django_assert_num_queries):
    with django_assert_num_queries(5):  # session, person, time zone, last article, searches
        page(client, "/searches/news")


def test_renaming_deleting_and_another_feed(client, saved):
    client.post(f"/searches/{saved.pk}/rename", {"name": "Ships"})
    client.post(f"/searches/{saved.pk}/renew-feed")
    changed = SavedSearch.objects.get()
    assert changed.name == "Ships"
    assert changed.secret != saved.secret
    client.post(f"/searches/{saved.pk}/delete")
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(("verb", "status"), [("rename", 404), ("renew-feed", 404), ("delete", 302)])
def test_others_have_no_part_in_it(client, saved, django_user_model, verb, status):
    page(client)  # its owner is told that it was saved
    client.force_login(django_user_model.objects.create_superuser("other", password="a long password"))
    assert client.post(f"/searches/{saved.pk}/{verb}", {"name": "Mine"}).status_code == status
    kept = SavedSearch.objects.get()
    assert (kept.name, kept.secret) == (saved.name, saved.secret)
    assert "Harbour" not in page(client) + page(client, "/searches/")


@pytest.mark.parametrize("address", ["/searches/", "/searches/news"])
def test_strangers_are_asked_to_sign_in(client, public, address):
    assert client.get(address)["Location"].startswith("/sign-in/")
    asked = client.post("/searches/keep", KEEP)
    assert asked.status_code == 401 and 'name="kept"' in asked.content.decode()
