"""Staff edit the details a file states about its article: with a history, and together with others."""

import json
import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive.articles.details import values
from archive.articles.models import Article, ArticleEdit, Publication
from archive.importing.running import Options, import_paths
from tests.factories import article
from tests.web.pages import library, titles

FILE = """---
title: Old talks
author: [Ana Miel, Bo Ferry]
site: The Post
source: https://post.example/talks
published: 2024-03
description: What was said.
language: en
tags: [peace, talks]
---
They talked all night, and nobody knew what about.
"""


@pytest.fixture
def talks(keeper):
    """As an import would leave it."""
    return article(
        text="They talked all night, and nobody knew what about.",
        original=FILE.encode(),
        title="Old talks",
        authors=("Ana Miel", "Bo Ferry"),
        publication="The Post",
        source_url="https://post.example/talks",
        published=date(2024, 3, 1),
        published_precision="month",
        description="What was said.",
        language="en",
        tags=("peace", "talks"),
    )


@pytest.fixture
def file(keeper, data_dir, tmp_path):
    path = tmp_path / "clippings" / "talks.md"
    path.parent.mkdir()
    path.write_text(FILE)
    run_import(path)
    return path


def run_import(path):
    import_paths([path.parent], options=Options(jobs=1))


def opened(client, made):
    """The form as a browser would send it back unchanged."""
    page = client.get(reverse("edit-details", args=[made.pk])).content.decode()
    return form_of(page)


def form_of(page):
    found = {"seen": unescape(re.search(r'name="seen" value="(.*?)">', page)[1])}
    for name, value in re.findall(r'<input type="text" id="detail-\w+" name="(\w+)" value="(.*?)"', page, re.DOTALL):
        found[name] = unescape(value)
    for name, value in re.findall(r'<textarea id="detail-\w+" name="(\w+)".*?>(.*?)</textarea>', page, re.DOTALL):
        found[name] = unescape(value).replace("\n", "\r\n")  # as browsers send it
    return found


def save(client, article, form, **changed):
    return client.post(reverse("edit-details", args=[article.pk]), {**form, **changed})


def details(article):
    return values(Article.objects.get(pk=article.pk))


def edited(article):
    return Article.objects.get(pk=article.pk).edited_fields


def test_each_detail_can_be_corrected_and_is_found_at_once(client, talks):
    form = opened(client, talks)
    wanted = {
        "title": "New talks",
        "authors": "Ana Miel\r\n\r\nCleo Dune, Jr.",
        "publication": "The Evening Post",
        "published": "5 February 2026",
        "clipped": "2026-02-06",
        "modified": "7 Feb 2026",
        "source_url": "https://evening.example/talks?a=1",
        "language": "German",
        "description": "What was said,\r\nand what was not.",
        "tags": "talks, war/end, #Peace",
    }
    response = save(client, talks, form, **wanted)
    assert response.status_code == 302
    assert details(talks) == {
        "title": "New talks",
        "authors": ["Ana Miel", "Cleo Dune, Jr."],
        "publication": "The Evening Post",
        "published": "2026-02-05",
        "clipped": "2026-02-06",
        "modified": "2026-02-07",
        "source_url": "https://evening.example/talks?a=1",
        "language": "de",
        "description": "What was said,\nand what was not.",
        "tags": ["peace", "talks", "war/end"],
    }
    assert edited(talks) == sorted(set(wanted) - {"tags"} | {"tags"})
    assert titles(library(client, "/?q=New+tag:war/end")) == ["New talks"]


def test_what_was_not_touched_is_no_edit(client, talks):
    assert save(client, talks, opened(client, talks)).status_code == 302
    assert edited(talks) == []
    assert not ArticleEdit.objects.exists()
    save(client, talks, opened(client, talks), published="2024")
    assert (edited(talks), details(talks)["published"]) == (["published"], "2024")


NONSENSE = [
    ("title", "  ", "An article needs a title."),
    ("published", "some day", "is not a date"),
    ("clipped", "2026-02", "Name the day as well"),
    ("source_url", "javascript:alert(1)", "This is not a web address."),
    ("source_url", "https://a b", "This is not a web address."),
    ("language", "gibberish here", "is not a language"),
    ("authors", "A" * 201, "200 characters"),
    ("publication", "P" * 201, "200 are allowed"),
]


def test_what_makes_no_sense_is_refused_and_kept_in_the_form(client, talks):
    before = details(talks)
    form = opened(client, talks)
    for field, typed, said in NONSENSE:
        response = save(client, talks, form, **{field: typed, "description": "Mine."})
        page = unescape(response.content.decode())
        assert response.status_code == 400, field
        assert said in page
        assert details(talks) == before
        kept = form_of(response.content.decode())
        assert (kept["description"], kept[field]) == ("Mine.", typed.strip())
    assert save(client, talks, {**kept, field: form[field]}).status_code == 302
    assert details(talks) == {**before, "description": "Mine."}


def test_a_reimport_leaves_edits_alone_until_they_are_taken_back(client, file):
    talks = Article.objects.get()
    save(client, talks, opened(client, talks), title="Mine", authors="Me", tags="mine", publication="Ours")
    file.write_text(FILE.replace("Old talks", "Newer talks").replace("Ana Miel", "Ann Honey").replace("They", "We"))
    run_import(file)
    assert details(talks) | {"description": ""} == {
        **values(talks), "description": "", "title": "Mine", "authors": ["Me"], "tags": ["mine"], "publication": "Ours",
    }  # fmt: skip
    page = client.get(reverse("edit-details", args=[talks.pk])).content.decode()
    assert "Newer" in page
    form = {**form_of(page), "from_file": ["title", "authors", "tags", "publication"]}
    save(client, talks, form, title="Typed, but the file was chosen")
    now = details(talks)
    assert (now["title"], now["authors"]) == ("Newer talks", ["Ann Honey", "Bo Ferry"])
    assert (now["tags"], now["publication"]) == (["peace", "talks"], "The Post")
    assert edited(talks) == []
    file.write_text(FILE.replace("Old talks", "Newest talks").replace("They", "You"))
    run_import(file)
    assert details(talks)["title"] == "Newest talks"


def test_two_people_who_edit_at_once_are_told_and_lose_nothing(client, talks):
    other = Client()
    other.force_login(get_user_model().objects.create_user("other", is_staff=True))
    mine, theirs = opened(client, talks), opened(other, talks)
    save(other, talks, theirs, title="Their title", description="Their description", language="fr")
    response = save(client, talks, mine, title="My title", language="fr", tags="peace")
    page = response.content.decode()
    assert response.status_code == 409
    assert "Someone else changed the title while you were editing." in page
    kept = form_of(page)
    assert kept["title"] == "My title"
    assert "Their title" in page
    assert kept["description"] == "Their description"  # which I did not touch
    assert details(talks)["tags"] == ["peace", "talks"]
    assert save(client, talks, kept).status_code == 302
    now = details(talks)
    assert (now["title"], now["description"], now["tags"]) == ("My title", "Their description", ["peace"])
    assert ArticleEdit.objects.first().before["title"] == "Their title"  # in the history, to restore


def test_tags_typed_on_the_page_are_joined_with_those_of_others(client, talks):
    seen = "peace, talks"
    for tags in ("peace, talks, mine", "peace, talks, theirs", "talks"):
        client.post(reverse("tags", args=[talks.pk]), {"seen": seen, "tags": tags})
    assert details(talks)["tags"] == ["mine", "talks", "theirs"]


def test_an_edit_is_undone_and_that_undone_again(client, talks):
    save(client, talks, opened(client, talks), title="Mine", tags="mine")
    first = ArticleEdit.objects.get()
    client.post(reverse("undo-edit", args=[talks.pk, first.pk]))
    assert (details(talks)["title"], details(talks)["tags"], edited(talks)) == ("Old talks", ["peace", "talks"], [])
    second = ArticleEdit.objects.first()
    client.post(reverse("undo-edit", args=[talks.pk, second.pk]))
    assert (details(talks)["title"], edited(talks)) == ("Mine", ["tags", "title"])


def test_undo_keeps_later_edits_and_ends_after_thirty_days(client, talks):
    save(client, talks, opened(client, talks), title="Mine", language="de")
    first = ArticleEdit.objects.get()
    save(client, talks, opened(client, talks), title="Later")
    url = reverse("undo-edit", args=[talks.pk, first.pk])
    assert "later edits kept" in client.post(url, follow=True).content.decode()
    assert (details(talks)["title"], details(talks)["language"]) == ("Later", "en")
    second = ArticleEdit.objects.get(after={"title": "Later"})
    ArticleEdit.objects.filter(pk=second.pk).update(made_at=timezone.now() - timedelta(days=31))
    undo = reverse("undo-edit", args=[talks.pk, second.pk])
    assert undo not in client.get(reverse("edit-details", args=[talks.pk])).content.decode()
    client.post(undo)
    assert details(talks)["title"] == "Later"


def test_undoing_what_followed_the_file_takes_what_that_says_now(client, file):
    talks = Article.objects.get()
    save(client, talks, opened(client, talks), title="Mine")
    file.write_text(FILE.replace("Old talks", "Newer talks"))
    run_import(file)
    client.post(reverse("undo-edit", args=[talks.pk, ArticleEdit.objects.get().pk]))
    assert (details(talks)["title"], edited(talks)) == ("Newer talks", [])


def test_a_form_that_lacks_what_was_seen_overwrites_nothing(client, talks):
    for seen in ("", "[]", '"x"', json.dumps({"title": 3})):
        assert save(client, talks, {"seen": seen, "title": "Mine"}).status_code == 409
    assert details(talks)["title"] == "Old talks"
    assert Publication.objects.count() == 1


def test_only_staff_edit(client, talks, reader):
    pk = talks.pk
    assert client.get(reverse("edit-details", args=[pk])).status_code == 403
    assert client.post(reverse("edit-details", args=[pk]), {"title": "Mine"}).status_code == 403
    assert client.post(reverse("undo-edit", args=[pk, 1])).status_code == 403
    assert "Edit details" not in client.get(reverse("article", args=[pk]), follow=True).content.decode()
