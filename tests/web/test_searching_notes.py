"""Searches find what a reader wrote immediately."""

import pytest
from django.urls import reverse

from archive.annotations.models import Annotation
from archive.search import index
from tests.factories import article

pytestmark = pytest.mark.django_db


@pytest.fixture
def tides(db):
    made = article(title="Tides", text="The tide rose before dawn.")
    index.refresh()
    return made


def finds(client, text):
    return "Tides" in client.get("/", {"q": text}).content.decode()


def test_a_note_is_found_when_it_is_written_and_gone_with_it(client, reader, tides):
    client.post(reverse("annotate", args=[tides.pk]), {"exact": "before dawn", "note": "Compare October"})
    assert finds(client, "october") and finds(client, "in:notes october") and finds(client, 'highlights:"before dawn"')
    note = Annotation.objects.get()
    client.post(reverse("edit-annotation", args=[note.uuid]), {"version": note.version, "note": "Compare September"})
    assert finds(client, "september") and not finds(client, "october")
    client.post(reverse("trash-annotation", args=[note.uuid]))
    assert not finds(client, "september")
    client.post(reverse("undo-annotation"))
    assert finds(client, "september")
    client.post(reverse("change-annotations"), {"annotation": [str(note.uuid)], "trash": "1"})
    assert not finds(client, "september")


def test_nobody_else_finds_a_private_note(client, reader, tides, django_user_model, settings):
    settings.PUBLIC_READING = True
    client.post(reverse("annotate", args=[tides.pk]), {"note": "Compare October"})
    client.logout()
    assert not finds(client, "october")
    client.force_login(django_user_model.objects.create_user("other"))
    assert not finds(client, "october") and not finds(client, "has:notes")
    client.force_login(reader)
    assert finds(client, "october") and finds(client, "has:notes")
