"""An annotation's permalink: people are taken to the passage, programs get the annotation."""

import json

import pytest

from archive.annotations import writing
from archive.annotations.models import Annotation, Status
from tests.web.pages import url

pytestmark = pytest.mark.django_db


def test_leads_to_the_passage(client, reader, article, highlight):
    response = client.get(highlight.get_absolute_url())
    assert response["Location"] == f"{article.get_absolute_url()}#annotation-{highlight.uuid}"


def test_a_lost_passage_leads_to_its_note(client, reader, highlight):
    Annotation.objects.update(status=Status.ORPHAN)
    assert client.get(highlight.get_absolute_url())["Location"].endswith(f"#note-{highlight.uuid}")


def test_in_the_trash_it_can_be_taken_back_out(client, reader, highlight):
    client.post(url("trash-annotation", highlight))
    assert "in the trash" in client.get(highlight.get_absolute_url()).content.decode()
    client.post(url("restore-annotation", highlight))
    assert client.get(highlight.get_absolute_url()).status_code == 302


@pytest.mark.parametrize("accept", ["application/ld+json", "application/json"])
def test_programs_get_the_annotation(client, reader, highlight, accept):
    response = client.get(highlight.get_absolute_url(), headers={"Accept": accept})
    assert response["Content-Type"].startswith("application/ld+json")
    assert "Accept" in response["Vary"]
    assert json.loads(response.content)["id"] == f"http://testserver{highlight.get_absolute_url()}"


@pytest.mark.parametrize("accept", ["text/html", "application/ld+json"])
def test_another_s_shared_one_in_the_trash_is_gone(client, reader, neighbour, highlight, accept):
    writing.edit(reader, highlight, version=highlight.version, visibility="shared")
    answer = writing.reply(reader, highlight, "Because")
    own = writing.reply(neighbour, highlight, "Indeed")
    client.force_login(neighbour)
    headers = {"Accept": accept}
    for each in (highlight, answer):
        assert client.get(each.get_absolute_url(), headers=headers).status_code in (200, 302)
    writing.trash(reader, highlight)
    for each in (highlight, answer):
        response = client.get(each.get_absolute_url(), headers=headers)
        assert response.status_code == 410
        assert "Why?" not in response.content.decode() and "Because" not in response.content.decode()
    assert client.get(own.get_absolute_url(), headers=headers).status_code == 200
    client.logout()
    response = client.get(highlight.get_absolute_url(), headers=headers)
    assert response.status_code == 302 and response["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("accept", ["text/html", "application/ld+json"])
def test_another_s_private_one_is_not_there(client, reader, neighbour, highlight, accept):
    client.force_login(neighbour)
    assert client.get(highlight.get_absolute_url(), headers={"Accept": accept}).status_code == 404
