"""Small details that a reader would notice, and that stay fixed."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse

from archive.annotations import writing
from archive.annotations.models import Annotation
from tests.factories import annotation, article
from tests.web.pages import listed


def test_an_article_without_text_says_so_and_leads_to_its_original(client, public, db):
    empty = article(text="", html="", source_url="https://post.example/a")
    page = client.get(empty.get_absolute_url()).content.decode()
    assert "has no text" in page
    assert 'class="button" href="https://post.example/a"' in page
    assert reverse("original", args=[empty.pk]) in page
    assert "has no text" not in client.get(article().get_absolute_url()).content.decode()


def test_strangers_learn_what_signing_in_is_good_for(client, public, db):
    made = article()
    assert "to highlight passages and take notes" in client.get(made.get_absolute_url()).content.decode()
    client.force_login(get_user_model().objects.create_user("reader"))
    assert "to highlight passages and take notes" not in client.get(made.get_absolute_url()).content.decode()


def test_filters_of_the_notebook_that_have_one_value_are_not_shown(client, reader):
    first, second = article(publication="Post"), article(publication="Lamp")
    annotation(first, reader, quote="Some words", tags=("sea",))
    annotation(first, reader, quote="words to read")
    page = listed(client)[1]
    for title in ("Colour", "Article", "Publication", "Person", "Year", "Tag"):
        assert f">{title}</summary>" not in page
    annotation(second, reader, quote="Some words")
    page = listed(client)[1]
    assert ">Article</summary>" in page
    assert ">Publication</summary>" in page


def test_a_note_of_ones_own_goes_to_the_trash_from_the_notebook(client, reader, neighbour):
    made = article()
    own = annotation(made, reader, quote="Some words")
    theirs = annotation(made, neighbour, quote="words to read", shared=True)
    page = listed(client)[1]
    assert f'form="note-actions" formaction="{reverse("trash-annotation", args=[own.uuid])}"' in page
    assert reverse("trash-annotation", args=[theirs.uuid]) not in page
    response = client.post(reverse("trash-annotation", args=[own.uuid]), {"next": "/notebook/"}, follow=True)
    assert response.redirect_chain[-1][0].startswith("/notebook/")
    assert Annotation.objects.get(pk=own.pk).trashed_at is not None
    assert writing.restore(reader, Annotation.objects.get(pk=own.pk)).trashed_at is None


@pytest.mark.parametrize("people", [0, 1, 2])
def test_the_sign_in_page_names_a_command_that_works_as_typed(client, db, people, capsys):
    if people:
        get_user_model().objects.create_superuser("maria")
    if people == 2:
        get_user_model().objects.create_user("other")
    page = client.get(reverse("sign-in")).content.decode()
    typed = page.partition("manage.py sign_in_link")[2].partition("</code>")[0].split()
    assert typed == [["--create"], [], ["--user", "NAME"]][people]
    if people < 2:
        call_command("sign_in_link", *typed)
        assert "/sign-in/link/?sesame=" in capsys.readouterr().out
