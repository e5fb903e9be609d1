import json
from urllib.parse import urlencode

import pytest

from archive.articles.models import Article
from archive.search import index
from tests.factories import article


@pytest.fixture(autouse=True)
def _shelf(public, db):
    article(tags=("energy", "energy/gas", "encyclopaedia"), authors=("Ana Miel",), publication="The Enquirer")
    article(tags=("energy", "Über uns"), authors=("Bo Ferry",), publication="Harbour")
    index.refresh()


def offered(client, before, after=""):
    response = client.get("/completions?" + urlencode({"before": before, "after": after}))
    assert response.status_code == 200
    return json.loads(response.content)


def texts(client, before):
    return [option["text"] for option in offered(client, before)["options"] if "href" not in option]


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("tag:en", "tag:energy "),
        ("tag:energy/g", "tag:energy/gas "),
        ("tag:gas", "tag:energy/gas "),
        ("tag:uber", 'tag:"Über uns" '),
        ("au", "author:"),
        ("author:mi", 'author:"Ana Miel" '),
        ("site:en", 'site:"The Enquirer" '),
        ("fer", 'author:"Bo Ferry" '),
        ("has:n", "has:notes "),
        ("is:", "is:unread "),
        ("sort:t", "sort:title "),
    ],
)
def test_the_word_at_the_caret_is_completed(client, before, text):
    assert text in texts(client, before)


def test_the_commonest_come_first_with_their_counts(client):
    first, *others, tips = offered(client, "-tag:en")["options"]
    assert tips == {"text": "Search tips", "note": "", "before": "-tag:en", "href": "/search-tips/"}
    assert first == {"text": "tag:energy ", "note": "2", "before": "-tag:energy "}
    assert {option["note"] for option in others} == {"1"}


def test_before_anything_is_typed_the_commonest_of_all_are_offered(client):
    article(tags=("ENERGY",))
    index.refresh()
    assert offered(client, "tag:")["options"][0]["note"] == "3"
    assert set(texts(client, "tag:")) == {"tag:energy ", "tag:encyclopaedia ", 'tag:"Über uns" '}
    assert set(texts(client, "author:")) == {'author:"Ana Miel" ', 'author:"Bo Ferry" '}


def test_what_stands_around_the_word_stays(client):
    answer = offered(client, "boats tag:en", "er sail")
    assert answer["options"][0]["before"] == "boats tag:energy "
    assert answer["rest"] == "sail"


@pytest.mark.parametrize("before", ["", "e ", '"en', "words:en", "zzzz", "\0", "x" * 5000, "tag:" + "%_" * 50])
def test_nothing_is_offered_where_nothing_fits(client, before):
    assert texts(client, before) == []


def test_what_lies_in_the_trash_is_not_offered(client):
    Article.objects.filter(authors__name="Ana Miel").trash()
    index.refresh()
    assert texts(client, "author:mi") == []


def test_a_private_archive_offers_nothing_to_strangers(client, settings):
    settings.PUBLIC_READING = False
    assert client.get("/completions?before=tag:en").status_code == 302


def test_a_completion_is_one_search_of_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        offered(client, "energ")
