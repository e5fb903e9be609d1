"""Collection pages: filling, ordering, sharing, exports and feeds."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from archive.articles.models import Article
from archive.curating import collections as verbs
from archive.curating.models import Collection
from archive.search import index
from archive.web import collections as pages
from tests.factories import annotation, article
from tests.web.pages import library, titles


@pytest.fixture
def shelf(db):
    return [article(title=f"Story {number}", text="Nobody slept that night.") for number in range(4)]


@pytest.fixture
def kept(reader, shelf):
    made = verbs.create(reader, "Reading list")
    verbs.add(reader, made.pk, [each.pk for each in shelf])
    return made


def post(client, name, /, *args, **form):
    return client.post(reverse(name, args=args), form, follow=True)


def page_of(client, collection, query=""):
    return client.get(collection.get_absolute_url() + query).content.decode()


def listed(page):
    return re.findall(r'<li id="article-\d+".*?<a href="[^"]*">(.*?)</a>', page, re.DOTALL)


def buttons(page, label, title):
    return re.search(rf'name="move" value="(\d+:\d*)"([^>]*)aria-label="{label}: {title}"', page)


def test_from_an_article_into_a_new_collection_and_another(client, reader, shelf):
    first, second, *_ = shelf
    assert reverse("collect", args=[first.pk]) in client.get(first.get_absolute_url()).content.decode()
    post(client, "collect", first.pk, name="Trains")
    trains = Collection.objects.get()
    post(client, "collect", second.pk, collection=[trains.pk], name="Boats")
    assert listed(page_of(client, trains)) == ["Story 0", "Story 1"]
    boats = Collection.objects.get(name="Boats")
    # A checkbox that was not changed changes nothing, whatever happened meanwhile.
    post(client, "collect", second.pk, collection=[boats.pk], seen=[boats.pk])
    assert listed(page_of(client, trains)) == ["Story 0", "Story 1"]
    post(client, "collect", second.pk, collection=[], seen=[boats.pk, trains.pk])
    assert listed(page_of(client, trains)) == ["Story 0"]
    assert "You already have a collection named" in post(client, "collect", first.pk, name="Boats").content.decode()


def test_articles_chosen_in_a_list_are_added_at_once(client, reader, kept):
    more = [article(title=f"More {number}").pk for number in range(3)]
    said = post(client, "add-to-collection", article=more, collection=kept.pk, next="/?q=more").content.decode()
    assert "3 articles added to “Reading list”." in said
    assert (
        "already has these articles"
        in post(client, "add-to-collection", article=more, collection=kept.pk).content.decode()
    )
    post(client, "add-to-collection", article=[*more, "x", "99999"], name="Fresh")
    assert Collection.objects.get(name="Fresh").items.count() == 3


def test_all_that_a_search_finds_is_added_in_its_order(client, kept, reader):
    more = [article(title=f"More {number}", tags=("more",), published=date(2020 + number, 1, 1)) for number in range(3)]
    index.refresh()
    page = client.get(reverse("change-articles") + "?tag=more").content.decode()
    assert reverse("add-to-collection") in page
    post(client, "add-to-collection", asked="tag=more&sort=-published", collection=kept.pk)
    assert [item.article_id for item in kept.items.all()[4:]] == [each.pk for each in more]


def test_a_collection_is_a_filter_and_a_word_of_the_search_language(client, kept, reader, neighbour, shelf):
    index.refresh()
    page = library(client, '/?q=collection:"reading LIST"+story')
    assert len(titles(page)) == 4
    assert re.search(r'aria-current="true"><span dir="auto">Reading list</span>', page)
    verbs.remove(reader, kept.pk, shelf[0].pk)
    assert len(titles(library(client, "/?collection=Reading+list"))) == 3
    assert "Story 0" in titles(library(client, "/?q=-collection:%22Reading+list%22"))
    # Nobody else finds anything with it until it is shared.
    other = Client()
    other.force_login(neighbour)
    assert titles(library(other, "/?collection=Reading+list")) == []
    verbs.edit(reader, kept.pk, version=1, name="Reading list", note="", visibility="shared")
    assert len(titles(library(other, "/?collection=Reading+list"))) == 3


def test_buttons_put_the_articles_in_order(client, kept):
    page = page_of(client, kept)
    assert "disabled" in buttons(page, "Move up", "Story 0")[2]
    moved = post(client, "move-in-collection", kept.pk, move=buttons(page, "Move down", "Story 0")[1])
    assert listed(moved.content.decode()) == ["Story 1", "Story 0", "Story 2", "Story 3"]
    moved = post(client, "move-in-collection", kept.pk, move=buttons(page, "Move up", "Story 3")[1])
    assert listed(moved.content.decode()) == ["Story 1", "Story 0", "Story 3", "Story 2"]
    for nonsense in ("", "1", "x:1", ":", "99999:0"):
        assert post(client, "move-in-collection", kept.pk, move=nonsense).status_code == 200


def test_moving_leads_over_pages_and_past_what_is_in_the_trash(client, kept, shelf, monkeypatch):
    monkeypatch.setattr(pages, "SHOWN", 2)
    Article.objects.filter(pk=shelf[1].pk).trash()
    page = page_of(client, kept, "?page=2")
    assert listed(page) == ["Story 3"]
    moved = post(client, "move-in-collection", kept.pk, move=buttons(page, "Move up", "Story 3")[1])
    assert listed(moved.content.decode()) == ["Story 0", "Story 3"]


def test_what_was_removed_can_be_put_back(client, kept, shelf):
    page = post(client, "remove-from-collection", kept.pk, article=shelf[1].pk).content.decode()
    assert listed(page) == ["Story 0", "Story 2", "Story 3"]
    assert "was removed" in page
    at = re.search(r'name="at" value="(\d+)"', page)[1]
    page = post(client, "put-back-into-collection", kept.pk, article=shelf[1].pk, at=at).content.decode()
    assert listed(page) == ["Story 0", "Story 1", "Story 2", "Story 3"]


def test_others_read_what_is_shared_with_their_own_highlights(client, kept, reader, neighbour, shelf):
    annotation(shelf[0], reader, quote="Nobody slept", note="Mine alone")
    annotation(shelf[2], neighbour, quote="that night", note="Of the neighbour")
    annotation(shelf[2], reader, quote="Nobody slept", note="For all", shared=True)
    form = {"version": 1, "name": "For everyone", "note": "Read *these*.", "visibility": "shared"}
    assert "Collection saved." in post(client, "edit-collection", kept.pk, **form).content.decode()
    other = Client()
    other.force_login(neighbour)
    page = page_of(other, kept)
    assert "<em>these</em>" in page
    assert re.findall(r"(\d+ highlights?)<", page) == ["2 highlights"]
    assert "Move up" not in page
    written = b"".join(other.get(reverse("export-collection", args=[kept.pk, "md"]))).decode()
    assert "Of the neighbour" in written
    assert "For all" in written
    assert "Mine alone" not in written
    assert "For everyone" in other.get(reverse("collections")).content.decode()


def test_notes_come_out_in_the_order_of_the_collection(client, kept, reader, shelf):
    for each in shelf[:3]:
        annotation(each, reader, quote="Nobody slept", note=f"On {each.title}")
    annotation(article(), reader, quote="Some words", note="On another")
    verbs.move(reader, kept.pk, shelf[2].pk, 0)
    for format in ("md", "csv", "jsonld"):
        written = b"".join(client.get(reverse("export-collection", args=[kept.pk, format]))).decode()
        assert re.findall(r"On Story \d", written) == ["On Story 2", "On Story 0", "On Story 1"]
        assert "On another" not in written
    assert client.get(reverse("export-collection", args=[kept.pk, "pdf"])).status_code == 404
    written = b"".join(client.get(reverse("export-collection", args=[kept.pk, "ris"]))).decode()
    assert re.findall(r"Story \d", written) == ["Story 2", "Story 0", "Story 1", "Story 3"]


def test_the_feed_is_for_whoever_has_its_address(client, kept, shelf):
    Article.objects.filter(pk=shelf[3].pk).trash()
    stranger = Client()
    address = reverse("collection-feed", args=[kept.secret])
    feed = stranger.get(address)
    assert re.findall(r"<title>(.*?)</title>", feed.content.decode()) == [
        "Reading list · Commonplace", "Story 2", "Story 1", "Story 0",
    ]  # fmt: skip
    assert stranger.get(address, headers={"If-None-Match": feed["ETag"]}).status_code == 304
    post(client, "renew-collection-feed", kept.pk)
    assert stranger.get(address).status_code == 404
    fresh = Collection.objects.get()
    verbs.delete(fresh.owner, fresh.pk)
    assert stranger.get(reverse("collection-feed", args=[fresh.secret])).status_code == 404


def test_two_windows_are_shown_both_texts(client, kept):
    form = {"version": 1, "name": "Reading list", "note": "First", "visibility": "private"}
    post(client, "edit-collection", kept.pk, **form)
    response = client.post(reverse("edit-collection", args=[kept.pk]), {**form, "note": "Second"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "First" in page
    assert "Second</textarea>" in page
    post(client, "edit-collection", kept.pk, **{**form, "note": "Second", "version": 2})
    assert Collection.objects.get().note == "Second"


def test_a_deleted_collection_can_be_restored(client, kept):
    page = post(client, "delete-collection", kept.pk).content.decode()
    assert "“Reading list” was deleted." in page
    assert client.get(kept.get_absolute_url()).status_code == 404
    post(client, "restore-collection", kept.pk)
    assert len(listed(page_of(client, kept))) == 4
    assert post(client, "create-collection", name="Reading list").status_code == 200
    assert Collection.objects.count() == 1
