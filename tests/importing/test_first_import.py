"""What a file becomes in an archive that does not know it yet."""

import hashlib
import json
from datetime import date

import pytest
from django.core.management import call_command

from archive.articles.models import Article, Attachment, Author, Revision
from archive.importing.models import ImportProblem, ImportRun, SourceFile
from archive.query import parse
from archive.search import index
from archive.search.listing import find

pytestmark = pytest.mark.django_db

CLIPPING = """\
---
title: "The tide tables | Harbour Post"
source: https://www.harbourpost.example/2024/tides?utm_source=feed
author:
  - "[[Ida Brandt]]"
  - Marek Nowak
published: 2024-03
created: 2024-04-05
description: On reading the sea.
tags: [sea/tides, Craft]
lang: en
word_count: 1234
mood: calm
---

Twice a day the water comes.
"""


def test_every_field_of_a_clipping_is_kept(clippings, the_article):
    path = clippings.write("tides.md", CLIPPING)
    run = clippings.run()
    article = the_article()
    assert article.title == "The tide tables"
    assert article.publication.name == "Harbour Post"
    assert article.publication.host == "harbourpost.example"
    assert [authorship.author.name for authorship in article.authorships.all()] == ["Ida Brandt", "Marek Nowak"]
    assert (article.published, article.published_precision) == (date(2024, 3, 1), "month")
    assert article.clipped == date(2024, 4, 5)
    assert article.description == "On reading the sea."
    assert sorted(article.tags.names()) == ["Craft", "sea/tides"]
    assert article.language == "en"
    assert (article.word_count, article.word_count_stated) == (6, 1234)
    assert article.metadata["mood"] == "calm"
    assert article.edited_fields == []
    revision = article.revision
    assert bytes(revision.original) == path.read_bytes()
    assert revision.content_hash == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (revision.path, revision.encoding) == ("tides.md", "utf-8")
    assert "Twice a day" in revision.html
    assert "Twice a day" in revision.text
    source = SourceFile.objects.get()
    assert (source.location, source.article, source.revision, source.run) == (str(path), article, revision, run)


def test_the_run_is_kept_with_its_counts(clippings, counts):
    clippings.write("a.md")
    clippings.write("b.md", "---\ntitle: [broken\n---\nwords")
    clippings.write("empty.md", "")
    clippings.write("binary.md", b"\x00\x01\x02\xff" * 100)
    clippings.write(".hidden/c.md")
    run = clippings.run()
    kept = ImportRun.objects.get()
    assert counts(run) == counts(kept)
    assert counts(kept) == {"created": 2, "failed": 1, "skipped": 2, "warnings": run.warnings}
    assert (kept.state, kept.total, kept.done, kept.ignored) == ("finished", 4, 4, {"hidden": 1})
    assert kept.finished_at is not None
    assert ImportProblem.objects.count() == len(clippings.problems)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"\x00\x01\x02\xff" * 100, "unreadable"), (b"a" * (20 * 1024 * 1024 + 1), "unreadable")],
    ids=["binary", "too large"],
)
def test_what_cannot_be_read_fails_by_name_and_the_rest_comes_in(clippings, counts, content, code):
    clippings.write("bad.md", content)
    clippings.write("good.md")
    assert counts(clippings.run()) == {"created": 1, "failed": 1}
    (problem,) = clippings.problems
    assert (problem.path, problem.severity, problem.code) == ("bad.md", "error", code)


@pytest.mark.parametrize("content", [b"", b"\n \r\n\t", b"\xef\xbb\xbf"])
def test_an_empty_file_is_skipped_with_a_warning(clippings, counts, content):
    clippings.write("empty.md", content)
    assert counts(clippings.run()) == {"skipped": 1, "warnings": 1}


def test_a_file_without_front_matter_is_titled_by_its_heading_else_by_its_name(clippings):
    clippings.write("one.md", "# A heading\n\nWords.\n")
    clippings.write("A quiet name.md", "Words.\n")
    clippings.run()
    assert set(Article.objects.values_list("title", flat=True)) == {"A heading", "A quiet name"}


def test_a_problem_names_the_line_in_the_file(clippings):
    clippings.write("a.md", "---\nsource: https://a.example/1\npublished: 2025-02-30\n---\nwords\n")
    clippings.run()
    (problem,) = clippings.problems
    assert str(problem).startswith("a.md:3: ")


def test_authors_and_tags_are_shared(clippings):
    for number, tags in enumerate(("Sea, tides", "sea", "SEA, Übung", "übung")):
        clippings.write(f"{number}.md", f"---\nauthor: Ida Brandt\ntags: {tags}\n---\nwords {number}")
    clippings.run()
    assert Author.objects.count() == 1
    assert sorted(Article.tags.values_list("name", flat=True)) == ["SEA", "tides", "Übung"] or sorted(
        name.casefold() for name in Article.tags.values_list("name", flat=True)
    ) == ["sea", "tides", "übung"]
    assert Article.objects.filter(tags__name__iexact="sea").count() == 3


def test_tags_whose_slugs_would_be_one_stay_two(clippings):
    clippings.write("a.md", "---\ntags: [C++, 'C', 'a/b', ab, '!!!']\n---\nwords")
    clippings.run()
    assert sorted(Article.objects.get().tags.names()) == ["!!!", "C", "C++", "a/b", "ab"]


def test_a_picture_beside_the_article_becomes_an_attachment(clippings, data_dir, the_article):
    png = b"\x89PNG\r\n\x1a\n" + b"x" * 100
    clippings.write("notes/a.md", "![A boat](../images/boat.png)\n\n![[gull.png]]\n")
    clippings.write("images/boat.png", png)
    clippings.write("deep/down/gull.png", png + b"other")
    clippings.run()
    assert the_article().revision.attachments.count() == 2
    for attachment in Attachment.objects.all():
        kept = (data_dir / attachment.file.name).read_bytes()
        assert hashlib.sha256(kept).hexdigest() == attachment.sha256
        assert attachment.media_type == "image/png"
        assert f"/attachments/{attachment.sha256}" in the_article().revision.html


def test_the_picture_that_front_matter_names_comes_with_the_article_and_stays(clippings, the_article):
    clippings.write("notes/a.md", "---\ncover: ../images/boat.png\n---\nWords.")
    clippings.write("images/boat.png", b"\x89PNG\r\n\x1a\n" + b"x" * 100)
    clippings.run()
    sha256 = Attachment.objects.get().sha256

    def shown():
        index.refresh()
        return [row.picture for row in find(parse("")).rows], dict(the_article().revision.images)

    assert shown() == ([f"/attachments/{sha256}"], {"../images/boat.png": sha256})
    Revision.objects.update(renderer_version=0)
    call_command("rerender_articles", verbosity=0)
    assert shown() == ([f"/attachments/{sha256}"], {"../images/boat.png": sha256})
    clippings.write("b.md", "---\nimage: /not/there.png\n---\nOther words.")
    clippings.run()
    assert clippings.codes() == []


def test_one_picture_in_two_articles_is_kept_once(clippings):
    clippings.write("boat.png", b"\x89PNG\r\n\x1a\n" + b"x" * 100)
    clippings.write("a.md", "![](boat.png) one")
    clippings.write("b.md", "![](boat.png) two")
    clippings.run()
    assert Attachment.objects.get().revisions.count() == 2


def test_a_picture_that_is_not_there_is_only_a_notice(clippings, counts):
    clippings.write("a.md", "![](gone.png) words")
    assert counts(clippings.run()) == {"created": 1}
    assert clippings.codes() == ["picture"]


def test_single_files_can_be_given(clippings, counts):
    clippings.write("a.md")
    clippings.write("b.md", "other words")
    assert counts(clippings.run("b.md")) == {"created": 1}
    assert counts(clippings.run()) == {"created": 1, "unchanged": 1}


def test_a_file_that_is_no_article_is_skipped_by_name(clippings, counts):
    clippings.write("a.pdf", "%PDF")
    assert counts(clippings.run("a.pdf")) == {"skipped": 1, "warnings": 1}


@pytest.mark.parametrize("metadata", ['a: "x\\ud800y"', 'a: "x\\0y"'])
def test_what_no_database_stores_does_not_keep_a_file_out(clippings, counts, metadata):
    clippings.write("a.md", f"---\n{metadata}\n---\nwords")
    assert counts(clippings.run())["created"] == 1
    json.dumps(Article.objects.get().metadata).encode()


def test_more_files_than_a_batch_come_in_in_the_order_of_their_paths(clippings, counts):
    for number in range(230):
        clippings.write(f"{number:03}.md", f"words number {number}")
    assert counts(clippings.run()) == {"created": 230}
    assert list(Revision.objects.order_by("pk").values_list("path", flat=True)) == [f"{n:03}.md" for n in range(230)]
