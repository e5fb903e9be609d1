"""A reader's own marks, in the library."""

import re

import pytest

from archive.articles.models import Article
from archive.reading import marking
from archive.search import index
from tests.factories import annotation, article
from tests.web.pages import library, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(db) -> list[Article]:
    made = [article(title=title, text="The tide rose.", tags=("sea",)) for title in ("Ebb", "Flood", "Neap")]
    index.refresh()
    return made


def page(client, **asked) -> str:
    return client.get("/", asked).content.decode()


def rows(client, **asked) -> dict[str, str]:
    """The facts of each row as text, by title."""
    parts = re.split(r'<li class="row', page(client, **asked))[1:]
    texts = [re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", part.partition(">")[2])).strip() for part in parts]
    return {text.split()[0]: text for text in texts}


def test_rows_say_what_is_read_begun_and_starred(client, reader, shelf):
    ebb, flood, neap = (made.pk for made in shelf)
    marking.mark_read(reader, [ebb])
    marking.star(reader, [ebb, flood])
    marking.keep_place(reader, neap, 5)
    index.refresh()
    found = rows(client)
    assert "read ★ starred" in found["Ebb"] and "starred" in found["Flood"] and "begun" in found["Neap"]
    assert "read" not in found["Neap"] and "begun" not in found["Flood"]
    assert page(client).count('class="row is-read is-starred"') == page(client).count('class="row is-starred"') == 1


def test_others_see_none_of_it(client, reader, shelf, django_user_model, public):
    marking.mark_read(reader, [made.pk for made in shelf])
    marking.star(reader, [shelf[0].pk])
    index.refresh()
    client.force_login(django_user_model.objects.create_user("other"))
    assert "starred" not in page(client) and "is-read" not in page(client)
    client.logout()
    assert "starred" not in page(client) and "is-read" not in page(client) and ">Mine<" not in page(client)


def test_the_facet_narrows_to_what_is_mine(client, reader, shelf):
    marking.star(reader, [shelf[1].pk])
    annotation(shelf[2], reader, note="October")
    index.refresh()
    facet = re.search(r'<section class="facet" aria-labelledby="facet-is">.*?</section>', page(client, tag="sea"), re.S)
    links = re.findall(r'href="([^"]*)"[^>]*><span dir="auto">([^<]*)</span> <span class="number">([^<]*)<', facet[0])
    assert [(label, count) for _, label, count in links] == [("Unread", "3"), ("Starred", "1"), ("With notes", "1")]
    for href, _, count in links:
        assert client.get("/" + href.replace("&amp;", "&")).context["page"].total == int(count)
    assert list(rows(client, **{"is": "starred"})) == ["Flood"]
    assert 'Remove </span><span dir="auto">starred</span>' in page(client, **{"is": "starred"})


def test_a_filter_that_makes_no_sense_is_told(client, reader, shelf):
    assert "is not a valid filter" in page(client, **{"is": "sideways"})


def test_a_hit_in_a_note_is_shown_as_the_readers_own(client, reader, shelf, django_user_model):
    other = django_user_model.objects.create_user("bo<b>")
    annotation(shelf[0], reader, note="Compare <i>October</i>")
    annotation(shelf[1], other, note="October, too", shared=True)
    annotation(shelf[2], other, note="October in secret")
    index.refresh()
    found = page(client, q="october")
    assert '<span class="whose" dir="ltr">Your note:</span> Compare <mark class="hit">October</mark>' in found
    assert '<span class="whose" dir="ltr">Note by bo&lt;b&gt;:</span> <mark class="hit">October</mark>, too' in found
    assert "secret" not in found


def test_marks_find_nothing_for_visitors(client, public, reader, shelf):
    marking.mark_read(reader, [Article.objects.first().pk])
    index.refresh()
    assert len(titles(library(client, "/?q=is:unread"))) == 2
    client.logout()
    assert len(titles(library(client, "/?q=is:unread"))) == 0
    assert len(titles(library(client, "/?q=is:read"))) == 0
