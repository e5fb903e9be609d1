"""A form sent twice, for example by a double click without JavaScript, has an effect once, and gives the same
response."""

import re

import pytest
from django.urls import reverse

from archive.annotations import writing
from archive.annotations.models import Annotation, Change
from archive.articles.models import Article
from archive.curating.models import BulkChange, SavedSearch
from archive.search import index
from tests.factories import article as an_article

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def form(client, address, action):
    """The hidden fields of the page's form that is sent to this address."""
    page = client.get(address).content.decode()
    (found,) = re.findall(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page, re.DOTALL)[:1]
    return {name: value for name, value in HIDDEN.findall(found) if name != "csrfmiddlewaretoken"}


def twice(client, address, fields):
    """Send it twice; both responses are the same."""
    answers = [client.post(address, fields, follow=True) for _ in range(2)]
    pages = [re.sub(r'csrfmiddlewaretoken" value="\w+', "", each.content.decode()) for each in answers]
    said = [re.search(r'class="messages".*?</(?:ul|div)>', page, re.DOTALL) for page in pages]
    assert [each.status_code for each in answers] == [200, 200]
    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert (said[0] and said[0][0]) == (said[1] and said[1][0])


@pytest.mark.parametrize("page", ["notebook", "article"])
def test_undo_takes_back_one_change_and_redo_makes_one_again(client, reader, article, highlight, page):
    for colour in ("red", "green", "blue"):
        writing.recolour(reader, highlight, colour)
    address = reverse("notebook") if page == "notebook" else article.get_absolute_url()
    more = {} if page == "notebook" else {"article": article.pk}

    def send(verb):
        holder = reverse("undo-annotation") if page == "notebook" else ""
        fields = form(client, address, holder) if holder else actions(client, address)
        twice(client, reverse(f"{verb}-annotation"), fields | more)
        return Annotation.objects.get().colour

    assert [send(verb) for verb in ("undo", "undo", "redo", "undo", "undo")] == [
        "green",
        "red",
        "green",
        "red",
        "yellow",
    ]


def actions(client, address):
    page = client.get(address).content.decode()
    (found,) = re.findall(r'<form id="note-actions".*?</form>', page, re.DOTALL)
    return {name: value for name, value in HIDDEN.findall(found) if name != "csrfmiddlewaretoken"}


def test_many_notes_are_changed_once_and_undone_at_one_go(client, reader, article, highlight):
    action = reverse("change-annotations")
    fields = form(client, reverse("notebook"), action) | {"annotation": str(highlight.uuid)}
    twice(client, action, fields | {"add": "tide"})
    twice(client, action, fields | {"add": "tide, ebb"})  # gone back to, and sent with different content
    assert set(Annotation.objects.get().tags.names()) >= {"tide", "ebb"}
    twice(client, action, fields | {"trash": "1"})
    assert Annotation.objects.get().trashed_at is not None
    assert Change.objects.filter(batch__isnull=False).count() == 3


@pytest.mark.parametrize("verb", ["tag", "untag", "star", "unstar", "read", "trash"])
def test_many_articles_are_changed_once(client, keeper, verb):
    for _ in range(3):
        an_article(text="Words", tags=("land",))
    index.refresh()
    action = reverse("change-articles")
    fields = form(client, f"{action}?q=words", action) | {"verb": verb, "tags": "sea", "confirmed": "3"}
    twice(client, action, fields)
    assert BulkChange.objects.count() == 1
    assert Article.objects.present().count() == (0 if verb == "trash" else 3)


@pytest.mark.parametrize("verb", ["tag", "star", "read", "trash"])
def test_selected_articles_are_changed_once(client, keeper, verb):
    made = [an_article(text="Words", tags=("land",)) for _ in range(3)]
    index.refresh()
    action = reverse("change-articles")
    fields = form(client, "/?q=words", action) | {"verb": verb, "tags": "sea", "article": [each.pk for each in made]}
    twice(client, action, fields)
    assert BulkChange.objects.get().changed == 3
    twice(client, action, fields | {"article": made[0].pk, "verb": "unstar"})  # something else from the same page
    assert BulkChange.objects.count() == (1 if verb == "trash" else 2)


def test_a_search_is_saved_once_and_deleted_once(client, reader):
    for _ in range(2):
        answer = client.post(reverse("keep-search"), {"name": "Sea", "address": "q=sea"}, follow=True)
        assert "“Sea” was saved." in answer.content.decode()
    saved = SavedSearch.objects.get()
    said = [client.post(reverse("delete-search", args=[saved.pk]), follow=True).content.decode() for _ in range(2)]
    assert "“Sea” was deleted." in said[0] and "You have no such search." in said[1]


def test_a_lost_note_is_attached_once(client, reader, article, highlight):
    Annotation.objects.update(status="orphan")
    for _ in range(2):
        writing.attach(reader, highlight, 0, 3)
    assert Change.objects.count() == 2
