"""Books of an article and of a search, from their pages and by a command."""

import io
import zipfile

import pytest
from django.core.management import call_command
from django.urls import reverse

pytestmark = pytest.mark.django_db


def chapters(response):
    assert response.status_code == 200
    with zipfile.ZipFile(io.BytesIO(b"".join(response))) as archive:
        return [archive.read(name).decode() for name in archive.namelist() if "/article-" in name]


def test_an_article_is_a_book_with_one_s_notes_if_wanted(client, article, highlight):
    address = reverse("article-book", args=[article.pk])
    assert address in client.get(reverse("cite", args=[article.pk])).content.decode()
    response = client.get(address)
    assert response["Content-Type"] == "application/epub+zip"
    (page,) = chapters(response)
    assert "<mark" not in page and "Why?" not in page
    (page,) = chapters(client.get(f"{address}?notes=1"))
    assert "<mark" in page and "Why?" in page and "#sea" in page


def test_a_search_is_a_book_in_its_order(client, reader, shelf, tmp_path):
    page = client.get(reverse("export-articles") + "?q=water&sort=title").content.decode()
    assert 'name="q" value="water"' in page and 'name="sort" value="title"' in page
    pages = chapters(client.get(reverse("articles-file", args=["epub"]) + "?sort=title"))
    assert [next(title for title in ("Boats", "Bread", "Undated") if f"<h1>{title}<" in page) for page in pages] == [
        "Boats",
        "Bread",
        "Undated",
    ]
    call_command("export_epub", str(tmp_path / "a.epub"), q="tag:sea", verbosity=0)
    with zipfile.ZipFile(tmp_path / "a.epub") as archive:
        assert archive.testzip() is None and "OEBPS/article-1.xhtml" in archive.namelist()
    assert [path.name for path in tmp_path.iterdir()] == ["a.epub"]


def test_what_is_in_the_trash_is_no_book(client, reader, article):
    type(article).objects.filter(pk=article.pk).trash()
    assert client.get(reverse("article-book", args=[article.pk])).status_code == 404
