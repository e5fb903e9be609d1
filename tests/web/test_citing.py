"""References on an article's page, and bibliographies of an article, a search and the notebook."""

import io
import json
import zipfile
from datetime import date
from threading import Barrier, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.urls import reverse

from archive.articles.models import CiteKey
from archive.exporting.works import cite_keys
from tests.databases import only_postgresql
from tests.factories import article as make_article

pytestmark = pytest.mark.django_db
FORMATS = ("biblatex", "bibtex", "ris", "csl")


def text_of(response):
    assert response.status_code == 200
    return b"".join(response).decode() if response.streaming else response.content.decode()


@pytest.fixture
def talks(db):
    return make_article(
        title="Peace talks end <b>early</b>",
        authors=("Olena Harmash", "Reuters"),
        publication="The Harbour Post",
        published=date(2026, 2, 1),
        published_precision="month",
        clipped=date(2026, 3, 4),
        source_url="https://harbourpost.example/talks?utm_source=x&id=1",
        tags=("diplomacy",),
        language="en",
    )


class TestArticle:
    def test_has_its_reference_in_each_style(self, client, reader, talks):
        page = text_of(client.get(reverse("cite", args=[talks.pk])))
        for expected in (
            "Harmash, O., &amp; Reuters. (2026, February). Peace talks end &lt;b&gt;early&lt;/b&gt;. "
            "<i>The Harbour Post</i>. https://harbourpost.example/talks?id=1",
            "“Peace Talks End &lt;b&gt;early&lt;/b&gt;,” <i>The Harbour Post</i>, February 2026",
            "harmash2026peace",
        ):
            assert expected in page
        assert "March" not in page  # the saved date is not needed if the publication date is known
        assert reverse("cite", args=[talks.pk]) in text_of(client.get(talks.get_absolute_url()))

    @pytest.mark.parametrize("format", FORMATS)
    def test_is_a_bibliography_of_one(self, client, reader, talks, format):
        response = client.get(reverse("citation-file", args=[talks.pk, format]))
        text = text_of(response)
        assert "harmash2026peace" in text and "https://harbourpost.example/talks?id=1" in text
        assert 'filename="harmash2026peace.' in response["Content-Disposition"]

    def test_that_is_not_there_or_in_the_trash_has_none(self, client, reader, talks):
        assert client.get(reverse("citation-file", args=[talks.pk, "exe"])).status_code == 404
        talks.__class__.objects.filter(pk=talks.pk).trash()
        for address in (reverse("cite", args=[talks.pk]), reverse("citation-file", args=[talks.pk, "ris"])):
            assert client.get(address).status_code == 404

    def test_keeps_its_key_whatever_becomes_of_its_title(self, client, reader, talks):
        before = cite_keys([talks.pk])
        talks.edit(title="Another title", published=None)
        other = make_article(title="Peace came", authors=("Ada Harmash",), published=date(2026, 1, 1))
        assert cite_keys([other.pk, talks.pk]) == {**before, other.pk: "harmash2026peace-2"}


class TestSearch:
    @pytest.fixture(autouse=True)
    def _shelf(self, shelf, reader):
        """Three articles."""

    @pytest.mark.parametrize(("query", "titles"), [("", 3), ("?q=water", 1), ("?tag=sea", 1), ("?q=nothingatall", 0)])
    def test_is_a_bibliography_of_what_it_finds(self, client, query, titles):
        read = json.loads(text_of(client.get(reverse("articles-file", args=["csl"]) + query)))
        assert len(read) == titles

    def test_comes_in_the_order_of_the_list(self, client):
        read = json.loads(text_of(client.get(reverse("articles-file", args=["csl"]) + "?sort=-title")))
        assert [each["title"] for each in read] == ["Undated", "Bread", "Boats"]
        assert "issued" not in read[0]

    def test_page_offers_every_format_for_the_same_search(self, client):
        page = text_of(client.get(reverse("export-articles") + "?tag=sea"))
        assert "Export 1 article" in page
        for format in FORMATS:
            assert reverse("articles-file", args=[format]) + "?tag=sea" in page
        assert reverse("export-articles") + "?tag=sea" in text_of(client.get("/?tag=sea"))

    def test_unknown_format_is_not_found(self, client):
        assert client.get(reverse("articles-file", args=["exe"])).status_code == 404

    def test_command_writes_the_same(self, tmp_path, capsys):
        call_command("export_citations", str(tmp_path / "a.json"), format="csl", q="tag:sea")
        assert [each["title"] for each in json.loads((tmp_path / "a.json").read_text())] == ["Boats"]
        assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
        with pytest.raises(CommandError, match="no field"):
            call_command("export_citations", str(tmp_path / "b.ris"), format="ris", q="since:yesterdayish")
        assert not (tmp_path / "b.ris").exists()


class TestNotebook:
    @pytest.mark.parametrize("format", FORMATS)
    def test_has_the_bibliography_of_the_articles_with_these_notes(self, client, notes, format):
        text = text_of(client.get(reverse("export-notebook", args=[format]) + "?tag=sea"))
        assert "Tides" in text and "Lamps" not in text

    def test_comes_as_markdown_that_cites_and_its_bibliography(self, client, notes):
        response = client.get(reverse("export-notebook", args=["zip"]))
        with zipfile.ZipFile(io.BytesIO(b"".join(response))) as archive:
            assert archive.testzip() is None
            notes_md, bibliography = (archive.read(f"notebook.{suffix}").decode() for suffix in ("md", "bib"))
        assert notes_md.startswith("---\nbibliography: notebook.bib\n")
        for key in CiteKey.objects.values_list("key", flat=True):
            assert f"[@{key}]" in notes_md and f"{{{key}," in bibliography
        assert CiteKey.objects.count() == 2
        assert "My secret" not in notes_md


@only_postgresql  # SQLite allows one writer from the beginning of a transaction
@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_the_same_keys():
    articles = [make_article(title="Peace came", authors=("Ada Harmash",)).pk for _ in range(3)]
    barrier, found = Barrier(2), []

    def ask(order):
        barrier.wait()
        found.append(cite_keys(order))
        connections.close_all()

    threads = [Thread(target=ask, args=[order]) for order in (articles, articles[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found[0] == found[1] and len(set(found[0].values())) == 3
