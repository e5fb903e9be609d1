"""Completions in tag fields: tags of articles, of one's own notes and of shared ones."""

import pytest
from django.urls import reverse

from archive.anchoring import Selector
from archive.annotations import writing
from archive.search import index
from tests.factories import article as make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def tagged(reader, neighbour):
    article = make_article(text="one two three four five", tags=("harbour/lights", "sea"))
    writing.annotate(reader, article, Selector("one"), tags=["harbour/boats", "Häfen", "sea"])
    writing.annotate(reader, article, Selector("two"), tags=["harbour/boats"])
    writing.annotate(neighbour, article, Selector("three"), tags=["harbour masters"], visibility="shared")
    writing.annotate(neighbour, article, Selector("four"), tags=["harbour secret"])
    writing.trash(reader, writing.annotate(reader, article, Selector("five"), tags=["harbour gone"]))
    index.refresh()


def offered(client, before, after=""):
    response = client.get(reverse("tag-completions"), {"before": before, "after": after})
    assert response.status_code == 200
    return response.json()


def texts(client, before, after=""):
    return [option["text"] for option in offered(client, before, after)["options"]]


def test_a_word_of_the_tag_begins_so(client, tagged):
    assert texts(client, "har") == ["harbour/boats", "harbour/lights", "harbour masters", "harbour"][:1] + sorted(
        set(texts(client, "har")) - {"harbour/boats"}, key=str.casefold
    )
    assert {"harbour/boats", "harbour masters", "harbour/lights"} <= set(texts(client, "har"))
    assert texts(client, "boa") == ["harbour/boats"]
    assert texts(client, "haf") == ["Häfen"]


def test_what_is_private_or_in_the_trash_is_not_offered(client, tagged, neighbour):
    assert texts(client, "secret") == texts(client, "gone") == []
    client.force_login(neighbour)
    assert texts(client, "secret") == ["harbour secret"]
    assert texts(client, "boats") == []


def test_it_takes_the_place_of_the_tag_at_the_caret(client, tagged):
    answer = offered(client, "old,  boa", "ts, more")
    assert answer["options"][0] == {"text": "harbour/boats", "note": "2", "before": "old, harbour/boats, "}
    assert answer["rest"] == "more"


def test_what_the_field_has_already_is_not_offered(client, tagged):
    assert texts(client, "Harbour/Boats, boa") == texts(client, "boa", ", harbour/boats") == []


def test_notes_and_articles_count_together_and_the_commonest_come_first(client, tagged):
    assert offered(client, "sea")["options"][0]["note"] == "2"
    assert texts(client, "")[0] in ("harbour/boats", "sea")


@pytest.mark.parametrize("before", ["\0", "%_", "!!", "x" * 5000, "," * 3000])
def test_nonsense(client, tagged, before):
    assert isinstance(offered(client, before)["options"], list)


def test_strangers_are_told_nothing(client, public, tagged):
    client.logout()
    assert client.get(reverse("tag-completions"))["Location"].startswith("/sign-in/")
