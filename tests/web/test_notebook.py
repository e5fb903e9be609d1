"""The notebook: listing, searching, counting and exporting."""

import csv
import io
import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from archive.anchoring import Selector
from archive.annotations import listing, writing
from archive.annotations.models import Annotation
from tests.web.pages import listed, names

pytestmark = pytest.mark.django_db


def test_where_nothing_is_marked_yet_there_is_nothing_to_search_or_sort(client, reader):
    page = client.get(reverse("notebook")).content.decode()
    assert "No highlights yet" in page
    assert "notes-q" not in page and "As a stream" not in page
    assert "notes-q" in client.get(reverse("notebook") + "?q=nothing").content.decode()


def test_everything_one_may_see_grouped_by_article_in_reading_order(client, notes):
    assert names(client, notes, "") == ["oil", "shared", "tide", "keeper"]
    assert names(client, notes, "?view=stream") == ["shared", "oil", "keeper", "tide"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=tide", {"tide"}),
        ("q=WRITES", {"keeper"}),
        ("q=who+was", {"keeper"}),
        ("q=sea", {"tide", "keeper"}),
        ("q=cafe", {"oil"}),
        ("q=油", {"oil"}),
        ("q=鯨の", {"oil"}),
        ("q=slee", set()),
        ("q=nob", {"shared"}),
        ("q=secret", set()),
        ("q=lamp", set()),
        ("tag=sea", {"tide", "keeper"}),
        ("tag=sea&tag=who", {"keeper"}),
        ("colour=blue", {"tide"}),
        ("publication=Lamp+News", {"oil", "shared"}),
        ("person=neighbour", {"shared"}),
        ("status=anchored&q=tide", {"tide"}),
        ("status=orphan", set()),
        ("year=1999", set()),
        ("colour=ultraviolet", {"tide", "keeper", "oil", "shared"}),
    ],
)
def test_words_and_filters_narrow_the_list(client, notes, query, expected):
    assert set(names(client, notes, f"?{query}")) == expected


@pytest.mark.parametrize(
    "typed", ['"', "*", "a AND", "NEAR(", "'; DROP TABLE", ")(", "-", "a\0b", "&|!:*", "x" * 5000, "^"]
)
def test_whatever_is_typed_is_sought_as_words(client, notes, typed):
    client.get(reverse("notebook"), {"q": typed, "tag": typed, "article": typed, "year": typed, "before": typed})
    assert client.get(reverse("notebook"), {"q": typed}).status_code == 200


def test_a_count_is_what_a_click_gives(client, notes):
    page = listed(client)[1]
    choices = re.findall(
        r'<li><a href="(\?[^"]*)"[^>]*><span dir="auto">([^<]*)</span> <span class="number">(\d+)<', page
    )
    assert len(choices) > 8
    for href, label, count in choices:
        assert len(listed(client, href.replace("&amp;", "&"))[0]) == int(count), label


def test_a_reply_is_listed_with_what_it_answers(client, reader, notes):
    writing.reply(reader, notes["shared"], "Not at all.")
    entries, page = listed(client, "?q=not+at+all")
    assert len(entries) == 1
    assert 'Reply to: <span dir="auto">Nobody slept</span>' in page


def test_a_reply_is_not_seen_once_its_note_is_private(reader, neighbour, notes):
    answer = writing.reply(reader, notes["shared"], "Not at all.")
    third = get_user_model().objects.create_user("third")
    assert answer in Annotation.objects.visible_to(third)
    writing.edit(neighbour, notes["shared"], version=1, visibility="private")
    assert answer not in Annotation.objects.visible_to(third)


def test_pages_and_older_ones(client, reader, tides, monkeypatch):
    for _ in range(7):
        writing.annotate(reader, tides, Selector("tide comes in"), note="Again")
    monkeypatch.setattr("archive.web.notebook.SHOWN", 2)
    monkeypatch.setattr(listing, "MOST_COUNTED", 5)
    seen, query = [], "?"
    for _ in range(10):
        entries, page = listed(client, query)
        seen += entries
        onward = re.search(r'rel="next" href="([^"]*)"', page)
        if onward is None:
            break
        query = onward[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 7
    assert "over 5 notes" in listed(client)[1]


def test_many_notes_cost_no_more_queries(client, reader, tides, django_assert_max_num_queries):
    for _ in range(30):
        writing.annotate(reader, tides, Selector("tide comes in"), note="Again", tags=["a", "b"])
    listed(client)
    with django_assert_max_num_queries(13):
        listed(client)


class TestDownloads:
    def download(self, client, kind, query=""):
        response = client.get(reverse("export-notebook", args=[kind]) + query)
        assert response.streaming and "attachment" in response["Content-Disposition"]
        return b"".join(response).decode()

    def test_markdown_has_quote_note_tags_link_and_citation(self, client, notes):
        text = self.download(client, "md", "?tag=sea")
        assert "## Tides" in text and "Ada Brook. “Tides”. The Harbour Post" in text
        assert "> keeper writes\n\nWho *was* it?\n\nYellow · #sea #who · [" in text
        assert f"http://testserver/annotations/{notes['keeper'].uuid}/" in text
        assert "Lamps" not in text

    def test_jsonld_is_one_collection(self, client, notes):
        collection = json.loads(self.download(client, "jsonld"))
        assert (collection["type"], collection["total"]) == ("AnnotationCollection", 4)
        assert len(collection["first"]["items"]) == 4

    def test_csv_is_a_table(self, client, notes, tides):
        rows = list(csv.DictReader(io.StringIO(self.download(client, "csv", f"?article={tides.pk}").lstrip("\ufeff"))))
        assert [row["quote"] for row in rows] == ["The tide comes in", "keeper writes"]

    def test_no_download_holds_another_s_private_note(self, client, notes):
        for kind in ("md", "jsonld", "csv"):
            assert "My secret" not in self.download(client, kind)
        assert client.get("/notebook/export.exe").status_code == 404

    def test_a_large_download_reads_in_pieces(self, client, notes, django_assert_max_num_queries):
        with django_assert_max_num_queries(9):
            self.download(client, "md")
