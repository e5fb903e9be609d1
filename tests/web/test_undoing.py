"""Undo says what it undid, and redo repeats it."""

import pytest
from django.urls import reverse

from archive.anchoring import Selector
from archive.annotations import bulk, writing
from archive.annotations.models import Annotation
from archive.web.answers import FRAGMENT
from tests.web.pages import QUOTE

pytestmark = pytest.mark.django_db
NAMED = f"(“{QUOTE}”)".replace("&", "&amp;")


def post(client, verb, article=None, **headers):
    fields = {"article": article.pk} if article else {}
    return client.post(reverse(f"{verb}-annotation"), fields, headers=headers)


def said(client, verb, article):
    answer = post(client, verb, article, Accept=FRAGMENT).content.decode()
    return answer[answer.index('<p id="said"') : answer.index("</p>") + 4]


CHANGES = {
    "note": (lambda reader, made: writing.edit(reader, made, version=1, note="New"), f"note changed {NAMED}"),
    "colour": (lambda reader, made: writing.recolour(reader, made, "red"), f"colour from Yellow to Red {NAMED}"),
    "tags": (lambda reader, made: writing.edit(reader, made, version=1, tags=[]), f"tags removed: sea {NAMED}"),
    "trash": (lambda reader, made: writing.trash(reader, made), f"moved to trash {NAMED}"),
    "size": (
        lambda reader, made: writing.resize(reader, made, Selector("keeper")),
        f"resized from “{QUOTE}” to “keeper”".replace("&", "&amp;"),
    ),
    "sharing": (lambda reader, made: writing.edit(reader, made, version=1, visibility="shared"), f"shared {NAMED}"),
}


@pytest.mark.parametrize(("change", "what"), CHANGES.values(), ids=CHANGES)
def test_it_is_told_what_was_undone_and_redone(client, reader, article, highlight, change, what):
    change(reader, highlight)
    assert said(client, "undo", article) == f'<p id="said" data-offer="redo">Undone: {what}.</p>'
    assert said(client, "redo", article) == f'<p id="said" data-offer="undo">Redone: {what}.</p>'


def test_a_new_note_a_reply_and_many_at_once(client, reader, article, highlight):
    writing.reply(reader, highlight, "Because of the *tide*")
    assert "Undone: new reply “Because of the *tide*”." in said(client, "undo", article)
    assert "Undone: new note “The keeper" in said(client, "undo", article)
    for words in ("tide", "twice"):
        writing.annotate(reader, article, Selector(words))
    bulk.change_many(reader, Annotation.objects.present(), colour="green")
    assert "Undone: colour from Yellow to Green, 2 notes." in said(client, "undo", article)
    assert "Redone: colour from Yellow to Green, 2 notes." in said(client, "redo", article)


def test_there_may_be_nothing_to_do(client, reader, article):
    for verb in ("undo", "redo"):
        assert said(client, verb, article) == f'<p id="said" data-offer="">There is nothing to {verb}.</p>'
        assert post(client, verb).status_code == 302


def test_a_plain_form_tells_it_on_the_next_page(client, reader, article, highlight):
    post(client, "undo", article)
    page = client.get(article.get_absolute_url()).content.decode()
    assert "Undone: new note “The keeper" in page and reverse("redo-annotation") in page


def test_it_is_for_oneself(client, reader, article, highlight, neighbour):
    writing.trash(reader, highlight)
    client.force_login(neighbour)
    assert "nothing to undo" in said(client, "undo", article)
    client.logout()
    for verb in ("undo", "redo"):
        assert post(client, verb, article).status_code == 401


def test_in_the_history_a_second_click_on_undo_does_not_redo(client, reader, highlight):
    change = writing.recolour(reader, highlight, "red").changes.first()
    address = reverse("annotation-history", args=[highlight.uuid])
    assert client.post(address, {"change": change.pk}).status_code == 302
    assert client.post(address, {"change": change.pk}).status_code == 409
    assert ">Redo" in client.get(address).content.decode()
    assert client.post(address, {"change": change.pk, "redo": "1"}).status_code == 302
    assert Annotation.objects.get().colour == "red"
