"""Files of an article, a search and a collection, from their pages and by commands."""

import io
import random
import zipfile

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from archive.articles.models import Article
from archive.curating import collections
from archive.exporting.article_zip import about_bytes
from archive.exporting.folder import export_folder
from archive.importing.running import Options, import_paths
from tests.factories import annotation
from tests.factories import article as make_article

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


def members(response):
    assert response.status_code == 200 and response.streaming
    with zipfile.ZipFile(io.BytesIO(b"".join(response))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_an_article_is_a_zip_of_plain_files_with_one_s_notes_if_wanted(client, article, highlight, data_dir, tmp_path):
    stranger = get_user_model().objects.create_user("stranger")
    annotation(article, stranger, note="hidden from others")
    annotation(article, stranger, note="for everyone", shared=True)
    address = reverse("article-zip", args=[article.pk])
    assert address in client.get(reverse("cite", args=[article.pk])).content.decode()
    ((name, text),) = members(client.get(address)).items()
    assert name.endswith(".md") and text.startswith(f'---\ntitle: "{article.title}"') and "Why?" not in text
    files = members(client.get(f"{address}?notes=1"))
    assert files.keys() == {name, f"notes/{name}"}
    assert "Why?" in files[f"notes/{name}"] and "for everyone" in files[f"notes/{name}"]
    assert not any("hidden from others" in each for each in files.values())
    export_folder(tmp_path / "folder")
    assert (tmp_path / "folder" / name).read_text() == text  # as the command writes it
    (tmp_path / "a.zip").write_bytes(b"".join(client.get(f"{address}?notes=1")))
    run = import_paths([tmp_path / "a.zip"], options=Options(jobs=1))
    assert (run.failed, run.skipped) == (0, 1)  # the notes are no article


def test_a_search_is_a_zip_and_a_file_of_bookmarks(client, reader, shelf):
    page = client.get(reverse("export-articles") + "?tag=sea").content.decode()
    assert reverse("articles-file", args=["zip"]) in page and reverse("articles-file", args=["bookmarks"]) in page
    files = members(client.get(reverse("articles-file", args=["zip"]) + "?tag=sea"))
    assert [name.split("/")[1][:5] for name in files] == ["Boats"]
    assert len(members(client.get(reverse("articles-file", args=["zip"])))) == 3
    bookmarks = client.get(reverse("articles-file", args=["bookmarks"]))
    assert b"".join(bookmarks).startswith(b"<!DOCTYPE NETSCAPE-Bookmark-file-1>")


def test_how_large_a_zip_will_be_is_said_before(client, reader, data_dir):
    chance = random.Random(18)
    for number in range(12):
        make_article(text=" ".join(f"word{chance.randrange(9999)}" for _ in range(800)), title=f"Boat {number}")
    size = len(b"".join(client.get(reverse("articles-file", args=["zip"]))))
    ids = list(Article.objects.values_list("pk", flat=True))
    for some in (ids, ids[:4]):
        assert 0.7 < about_bytes(some, 12) / size < 1.4
    assert about_bytes([], 0) == 0
    page = client.get(reverse("export-articles")).content.decode()
    assert f"12 articles, about {filesizeformat(about_bytes(ids, 12))}" in page


def test_a_collection_is_a_zip_a_book_and_bookmarks_in_its_order(client, reader, shelf):
    made = collections.create(reader, "Shelf")
    wanted = list(Article.objects.order_by("-title"))
    collections.add(reader, made.pk, [each.pk for each in wanted])
    page = client.get(made.get_absolute_url()).content.decode()
    for format in ("zip", "epub", "bookmarks", "hypothesis", "obsidian-clipper", "readwise"):
        address = reverse("export-collection", args=[made.pk, format])
        assert address in page and client.get(address).status_code == 200, format
    files = members(client.get(reverse("export-collection", args=[made.pk, "zip"])))
    assert [name.split("/")[1].split(" ")[0] for name in files] == [each.title.split(" ")[0] for each in wanted]
    assert len(chapters(client.get(reverse("export-collection", args=[made.pk, "epub"])))) == len(wanted)
    client.force_login(get_user_model().objects.create_user("stranger"))
    assert client.get(reverse("export-collection", args=[made.pk, "zip"])).status_code == 404


@pytest.mark.parametrize("name", ["Shelf", "reader/Shelf"])
def test_the_command_takes_a_collection(reader, shelf, data_dir, tmp_path, name):
    made = collections.create(reader, "Shelf")
    boats = Article.objects.get(title="Boats")
    collections.add(reader, made.pk, [boats.pk])
    call_command("export_archive", str(tmp_path / "out"), collection=name, verbosity=0)
    assert [path.name[:5] for path in (tmp_path / "out").glob("*/*.md")] == ["Boats"]
    with pytest.raises(CommandError, match="no collection “Other”"):
        call_command("export_archive", str(tmp_path / "other"), collection="Other")
    with pytest.raises(CommandError, match="no collection “”"):
        call_command("export_archive", str(tmp_path / "other"), collection="")
    collections.create(get_user_model().objects.create_user("ben"), "shelf")
    if name == "Shelf":
        with pytest.raises(CommandError, match="ben/shelf, reader/Shelf"):
            call_command("export_archive", str(tmp_path / "out"), collection=name)
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("name", ["article-book", "article-zip"])
def test_what_is_in_the_trash_is_no_file(client, reader, article, name):
    type(article).objects.filter(pk=article.pk).trash()
    assert client.get(reverse(name, args=[article.pk])).status_code == 404
