"""The pages for bulk changes to search results."""

import re

import pytest
from django.test import Client

from archive.articles.models import Article
from archive.curating import bulk_changes as verbs
from archive.curating.models import BulkChange
from archive.reading.models import ReadingState
from archive.search import index
from tests.factories import article

NEW = "/changes/new"


@pytest.fixture(autouse=True)
def _shelf(db):
    for _ in range(30):
        article(text="A boat.", tags=("sea",))
    article(text="Bread.", tags=("kitchen",))
    index.refresh()


def send(client, verb, asked="tag=sea", **fields):
    return client.post(NEW, {"asked": asked, "verb": verb, **fields}, follow=True)


def tagged(name):
    return Article.objects.filter(tags__name=name).count()


def test_the_library_leads_to_a_page_that_says_what_and_how_many(client, keeper):
    assert f'href="{NEW}?tag=sea"' in client.get("/?tag=sea").content.decode()
    page = client.get(f"{NEW}?tag=sea").content.decode()
    assert "Change 30 articles" in page
    assert re.search(r'<a class="chip" href="\?"><span[^>]*>Remove </span><span dir="auto">tag: sea</span></a>', page)
    assert "Change 31 articles" in client.get(NEW).content.decode()
    assert "No articles to change" in client.get(f"{NEW}?q=nothing").content.decode()
    assert "was ignored" in client.get(f"{NEW}?year=abc").content.decode()


def test_every_page_of_the_list_is_changed_and_undone(client, keeper):
    response = send(client, "tag", tags="new, Sea")
    assert "Done: 30 articles changed." in response.content.decode()
    assert (tagged("new"), tagged("kitchen")) == (30, 1)
    made = BulkChange.objects.get()
    assert f"/changes/{made.pk}/" in client.get("/changes/").content.decode()
    assert "Undone: 30 articles restored" in client.post(f"/changes/{made.pk}/undo", follow=True).content.decode()
    assert tagged("new") == 0


def test_the_trash_asks_with_the_number_and_again_where_it_has_changed(client, keeper):
    assert "Move 30 articles to the trash?" in send(client, "trash").content.decode()
    article(text="Another boat.", tags=("sea",))
    index.refresh()
    assert "Move 31 articles to the trash?" in send(client, "trash", confirmed="30").content.decode()
    assert not Article.objects.exclude(trashed_at=None).exists()
    assert "Done: 31 articles changed." in send(client, "trash", confirmed="31").content.decode()
    assert Article.objects.present().count() == 1


def test_a_long_one_goes_on_by_itself_or_by_a_button(client, keeper, monkeypatch):
    monkeypatch.setattr(verbs, "SIZE", 10)
    monkeypatch.setattr("archive.curating.bulk_changes.perf_counter", iter(range(0, 10_000, 5)).__next__)
    page = send(client, "star").content.decode()
    assert "10 of 30 articles" in page and 'hx-trigger="load, submit"' in page
    made = BulkChange.objects.get()
    assert "This stopped before it finished" in client.get(f"/changes/{made.pk}/").content.decode()
    assert "20 of 30" in client.post(f"/changes/{made.pk}/continue", follow=True).content.decode()
    part = client.post(f"/changes/{made.pk}/continue", headers={"HX-Request": "true"}).content.decode()
    assert "Done: 30 articles changed." in part and "<html" not in part
    assert '<p id="announcement" hx-swap-oob="innerHTML">Done</p>' in part


@pytest.mark.parametrize("verb", ["tag", "untag", "trash"])
def test_only_staff_change_articles(client, reader, verb):
    assert send(client, verb, tags="new", confirmed="30").status_code == 403
    assert "Add tags" not in client.get(f"{NEW}?tag=sea").content.decode()
    assert not BulkChange.objects.exists()


def test_everyone_stars_for_themselves(client, reader):
    send(client, "star")
    assert ReadingState.objects.filter(owner=reader).exclude(starred_at=None).count() == 30


def test_where_all_was_so_already_there_is_nothing_to_undo(client, reader):
    page = send(client, "unstar").content.decode()
    assert "Nothing needed changing" in page and "/undo" not in page


def test_who_is_no_longer_staff_undoes_nothing(client, keeper):
    send(client, "untag", tags="sea")
    keeper.is_staff = False
    keeper.save()
    assert client.post(f"/changes/{BulkChange.objects.get().pk}/undo").status_code == 403
    assert tagged("sea") == 0


@pytest.mark.parametrize("end", ["", "continue", "undo"])
def test_others_do_not_find_it(client, keeper, django_user_model, end):
    send(client, "star")
    client.force_login(django_user_model.objects.create_superuser("other", password="a long password"))
    address = f"/changes/{BulkChange.objects.get().pk}/{end}"
    assert (client.post(address) if end else client.get(address)).status_code == 404


@pytest.mark.parametrize(("verb", "tags", "status"), [("burn", "", 400), ("tag", " ,", 400)])
def test_nonsense_is_refused(client, keeper, verb, tags, status):
    assert send(client, verb, tags=tags).status_code == status
    assert not BulkChange.objects.exists()


def test_too_many_are_not_offered(client, keeper, monkeypatch):
    monkeypatch.setattr(verbs, "MOST_AT_ONCE", 29)
    page = client.get(f"{NEW}?tag=sea").content.decode()
    assert "29 articles can be changed at once" in page and 'name="verb"' not in page
    assert send(client, "star").status_code == 400


def test_strangers_and_forged_forms_change_nothing(client, keeper, public):
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(keeper)
    assert forged.post(NEW, {"asked": "", "verb": "star"}).status_code == 403
    asked = Client().post(NEW, {"asked": "", "verb": "star"})
    assert asked.status_code == 401 and 'name="kept"' in asked.content.decode()
    assert not BulkChange.objects.exists()


def test_asking_costs_the_same_for_any_number(client, keeper, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get(f"{NEW}?tag=sea")
