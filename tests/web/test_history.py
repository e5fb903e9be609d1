"""An annotation's history, shown to its owner, and restoring earlier states."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from archive.annotations import bulk, writing
from archive.annotations.models import Annotation, Change
from archive.web import history
from tests.factories import article as make_article

pytestmark = pytest.mark.django_db
ATTACK = "<script>alert(1)</script>"


@pytest.fixture
def note(reader):
    return writing.annotate(reader, make_article(title="Tides"), None, note="First", tags=["sea"])


def address(note):
    return reverse("annotation-history", args=[note.uuid])


def edit(reader, annotation, **fields):
    version = Annotation.objects.get(pk=annotation.pk).version
    return writing.edit(reader, annotation, version=version, **fields)


def shown(client, note, query=""):
    response = client.get(address(note) + query)
    assert response.status_code == 200
    return response.content.decode()


def go_back(client, annotation, change, **fields):
    return client.post(address(annotation), {"change": change.pk, **fields})


CHANGES = {
    "note": ({"note": "Second"}, "Note changed"),
    "colour": ({"colour": "blue"}, "Colour from Yellow to Blue"),
    "tags": ({"tags": ["moon"]}, "Tags added: moon; tags removed: sea"),
    "sharing": ({"visibility": "shared"}, "Shared"),
    "several": ({"note": "Second", "visibility": "shared"}, "Note changed; shared"),
}


@pytest.mark.parametrize(("fields", "said"), CHANGES.values(), ids=CHANGES)
def test_each_change_is_told_and_can_be_undone(client, reader, note, fields, said):
    before = Annotation.objects.values("note", "colour", "visibility").get()
    changed = edit(reader, note, **fields)
    page = shown(client, note)
    assert f"<span>{said}</span>" in page and f"by {reader.get_username()}" in page
    assert page.index(said) < page.index("<span>Made</span>"), "the newest first"
    assert go_back(client, note, changed.changes.first()).status_code == 302
    assert Annotation.objects.values("note", "colour", "visibility").get() == before
    assert list(note.tags.names()) == ["sea"]
    assert "; undone " in shown(client, note)


def test_an_earlier_note_can_be_read_and_used_again_whenever_it_was(client, reader, note):
    for text in ("Second", "Third"):
        edit(reader, note, note=text)
    Change.objects.update(made_at=note.created_at - timedelta(days=400))
    second = note.changes.all()[0]
    page = shown(client, note)
    assert ">First</blockquote>" in page and ">Second</blockquote>" in page
    assert ">Undo" not in page, "what is 30 days old"
    version = Annotation.objects.get().version
    assert go_back(client, note, second, note="earlier", version=version).status_code == 302
    assert Annotation.objects.get().note == "Second"
    stale = go_back(client, note, note.changes.last(), note="earlier", version=version)
    assert stale.status_code == 404, "what made it replaced no note"
    again = go_back(client, note, second, note="earlier", version=version)
    assert again.status_code == 302 and Annotation.objects.get().version == version + 1, "sent twice, done once"
    edit(reader, note, note="Fourth")
    stale = go_back(client, note, second, note="earlier", version=version)
    assert stale.status_code == 409 and "changed elsewhere" in stale.content.decode()


def test_what_was_changed_again_since_is_not_undone(client, reader, note):
    first = edit(reader, note, note="Second").changes.first()
    edit(reader, note, note="Third")
    assert shown(client, note).count(">Undo") == 1
    refused = go_back(client, note, first)
    assert refused.status_code == 409 and "undo the later change first" in refused.content.decode()
    assert Annotation.objects.get().note == "Third"


def test_a_change_of_many_says_so(client, reader, note):
    bulk.change_many(reader, Annotation.objects.all(), colour="green")
    assert "with other notes" in shown(client, note) and "Undo for all of them" in shown(client, note)


def test_in_the_trash_the_page_of_the_note_tells_its_history(client, reader, note):
    writing.trash(reader, note)
    page = client.get(note.get_absolute_url()).content.decode()
    assert "Moved to trash" in page and "Restore" in page


def test_it_is_its_owner_s_alone(client, reader, note):
    secret = edit(reader, note, note="For all", visibility="shared").changes.first()
    client.force_login(get_user_model().objects.create_user("neighbour"))
    assert client.get(address(note)).status_code == 404
    assert go_back(client, note, secret).status_code == 404
    writing.trash(reader, note)
    page = client.get(note.get_absolute_url())
    assert page.status_code == 410 and "For all" not in page.content.decode()
    client.logout()
    assert client.get(address(note))["Location"].startswith("/sign-in/")


def test_hostile_words_stay_words(client, reader, note):
    edit(reader, note, note=ATTACK, tags=[ATTACK])
    edit(reader, note, note="Tame", tags=[])
    page = shown(client, note)
    assert ATTACK not in page and "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("number", ["", "-1", "x", "9" * 40, "0"])
def test_forged_numbers(client, reader, note, number):
    assert client.post(address(note), {"change": number}).status_code == 404
    for name in ("change", "before"):
        assert client.get(address(note), {name: number}).status_code == 200


def test_another_note_s_change_is_not_this_one_s(client, reader, note):
    other = writing.annotate(reader, note.article, None, note="Other")
    change = edit(reader, other, note="Changed").changes.first()
    assert go_back(client, note, change).status_code == 404


def test_a_long_history_is_told_page_by_page(client, reader, note, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(history, "SIZE", 3)
    monkeypatch.setattr(history, "LONGEST_TEXT", 20)
    for number in range(4):
        edit(reader, note, note=f"Number {number} " + "of many words " * 9)
    shown(client, note)
    with django_assert_num_queries(8):  # session, reader, time zone, note, changes, colours, and tags twice
        page = shown(client, note)
    assert page.count('<blockquote class="earlier') == 3
    assert "Number 1 of many wor …" in page and "Made" not in page
    third = note.changes.all()[2]
    assert f"?before={third.pk}" in page
    older = shown(client, note, f"?before={third.pk}")
    assert "Made" in older and older.count('<blockquote class="earlier') == 1
    whole = shown(client, note, f"?change={third.pk}")
    assert "of many words </blockquote>" in whole and "…" not in whole[whole.index("history") :]
