"""Searching through the API: the same articles as in the library, page by page."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from archive.accounts import tokens
from archive.search import index
from tests import factories


@pytest.fixture
def ask(db, data_dir):
    reader = get_user_model().objects.create_user("reader")
    header = {"Authorization": f"Bearer {tokens.make(reader, 'Script', ['read'])}"}

    def asked(address="/api/articles", **query):
        answer = Client().get(address, query, headers=header)
        assert answer.status_code == 200, answer.content
        return answer.json()

    asked.reader = reader
    return asked


def test_articles_are_found_with_what_is_known_of_them(ask):
    made = factories.article(title="Tides", authors=("Ann Rook",), publication="The Level", tags=("sea",), text="Ebb.")
    factories.article(title="Hills")
    index.refresh()
    found = ask(q="tag:sea")
    assert (found["total"], found["next"], found["problems"]) == (1, None, [])
    (article,) = found["articles"]
    assert article["id"] == made.pk and article["url"] == f"http://testserver{made.get_absolute_url()}"
    assert (article["title"], article["authors"], article["publication"]) == ("Tides", ["Ann Rook"], "The Level")
    assert (article["tags"], article["words"], article["source_url"]) == (["sea"], made.word_count, made.source_url)


def test_every_article_comes_once_from_page_to_page(ask):
    made = {factories.article(title=f"Tide {number}").pk for number in range(120)}
    index.refresh()
    found, sizes = [], []
    answer = ask(q="tide")
    while answer:
        found += [each["id"] for each in answer["articles"]]
        sizes.append(len(answer["articles"]))
        answer = ask(answer["next"]) if answer["next"] else None
    assert sizes == [50, 50, 20] and len(found) == 120 and set(found) == made


def test_another_s_private_notes_find_nothing(ask, django_user_model):
    article, other = factories.article(title="Hills"), django_user_model.objects.create_user("other")
    factories.annotation(article, other, note="zeppelin")
    index.refresh()
    assert ask(q="zeppelin")["total"] == 0
    factories.annotation(article, ask.reader, note="zeppelin")
    index.refresh()
    assert ask(q="zeppelin")["total"] == 1


@pytest.mark.parametrize("query", [{"q": "("}, {"q": "a\0b"}, {"q": "x" * 5000}, {"after": "nonsense"}, {"q": '"'}])
def test_nonsense_is_answered_all_the_same(ask, query):
    assert ask(**query).keys() == {"total", "articles", "next", "problems"}
