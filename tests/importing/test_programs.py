"""Other programs' exports, together with clippings of the same pages, imported by several people."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from archive.accounts.keeper import keeper
from archive.annotations.models import Annotation, Status, Visibility
from archive.annotations.writing import edit, trash
from archive.articles.models import Article
from archive.importing.models import ProgramRecord
from archive.reading.models import ReadingState
from tests.importing.conftest import Clippings
from tests.importing.test_containers import make_zip

pytestmark = pytest.mark.django_db(transaction=True)

POCKET = "title,url,time_added,tags,status\nThe quay,https://a.example/quay,1680945330,harbour,archive\n"
MARKED = json.dumps(
    [{"url": "https://a.example/quay?utm_source=x", "title": "", "highlights": [
        {"quote": "The tide does not wait", "created_at": 1681063200},
        {"quote": "The tide does not wait", "created_at": 1681063500},
        {"quote": "Never written", "created_at": 1681063501}]}]
)  # fmt: skip
CLIPPING = """---
title: The quay
source: http://www.a.example/quay
tags: [sea]
created: 2024-01-01
---
The tide does not wait. A gull walked along the rail. The tide does not wait, but a picnic can.
"""


def _places() -> list[tuple[int | None, str]]:
    found = Annotation.objects.exclude(status=Status.ORPHAN).order_by("pk")
    return [(each.start, each.exact) for each in found]


def test_an_article_without_text_takes_that_of_a_clipping(clippings: Clippings) -> None:
    clippings.write("part.csv", POCKET)
    clippings.write("marked.json", MARKED)
    clippings.run()
    assert clippings.codes() == ["taken-for", "taken-for"]
    article = Article.objects.get()
    assert Annotation.objects.lost().count() == 3
    clippings.write("clips/quay.md", CLIPPING.replace("www.", ""))
    clippings.run()
    article.refresh_from_db()
    assert set(article.tags.names()) == {"harbour", "sea"}
    assert (article.clipped, article.title) == (date(2023, 4, 8), "The quay")
    assert _places() == [(0, "The tide does not wait"), (54, "The tide does not wait")]
    assert [each.exact for each in Annotation.objects.lost()] == ["Never written"]
    before = list(Annotation.objects.values_list("pk", "version"))
    again = clippings.run()
    assert (again.created, again.updated, list(Annotation.objects.values_list("pk", "version"))) == (0, 0, before)


def test_what_a_person_made_of_a_highlight_stays(clippings: Clippings) -> None:
    clippings.write("quay.md", CLIPPING.replace("www.", ""))
    clippings.write("marked.json", MARKED)
    clippings.run()
    first, second, _ = Annotation.objects.order_by("pk")
    edit(keeper(), first, version=first.version, note="Mine.", colour="green")
    trash(keeper(), second)
    clippings.write("marked.json", MARKED.replace("]}]", ', {"quote": "A gull walked", "created_at": 1}]}]'))
    clippings.run()
    assert Annotation.objects.count() == 4
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.note, first.colour, second.trashed_at is None) == ("Mine.", "green", False)


def test_highlights_are_of_the_person_named_and_private(clippings: Clippings) -> None:
    people = [User.objects.create(username=name) for name in ("ada", "ben")]
    clippings.write("marked.json", MARKED)
    clippings.write("part.csv", POCKET)
    for person in people:
        call_command(
            "import_articles", str(clippings.path), "--person", person.username, "--jobs", "1", stdout=StringIO()
        )
    assert Article.objects.count() == 1
    for person in people:
        own = Annotation.objects.owned_by(person)
        assert (own.count(), set(own.values_list("visibility", flat=True))) == (3, {Visibility.PRIVATE})
        assert ReadingState.objects.owned_by(person).get().is_read
    assert ProgramRecord.objects.count() == 4
    original = bytes(Article.objects.get().revision.original)  # type: ignore[union-attr]
    assert b"tide" not in original
    with pytest.raises(CommandError, match="no account named eve"):
        call_command("import_articles", str(clippings.path), "--person", "eve", stdout=StringIO())


def test_a_file_is_known_by_its_bytes_in_archives_within_archives(clippings: Clippings) -> None:
    inner = make_zip(clippings.path / "inner.zip", {"exports/data.bin": POCKET.encode(), "more/x.txt": MARKED.encode()})
    outer = make_zip(clippings.path / "outer.dat", {"a/b.zip": inner.read_bytes()})
    inner.unlink()
    run = clippings.run(outer.name)
    said = [(problem.path, problem.message) for problem in clippings.problems]
    assert (run.created, run.failed) == (1, 0)
    assert ("outer.dat/a/b.zip/exports/data.bin", "Read as a Pocket export (CSV): 1 article (0 with text).") in said


def test_text_of_html_says_the_same_words_and_is_made_again_from_its_bytes(clippings: Clippings) -> None:
    page = "<h2>One &amp; two</h2><p>a &lt;b&gt; *c* _d_ [e](f) ==g== $h$ # i</p><ul><li>1. j</li></ul><pre>k  l</pre>"
    item = {"url": "https://a.example/1", "is_archived": 0, "is_starred": 1, "title": "T", "content": page}
    clippings.write("all.json", json.dumps([item]))
    clippings.run()
    article = Article.objects.get()
    assert article.revision is not None
    assert "a <b> *c* _d_ [e](f) ==g== $h$ # i" in article.revision.text
    assert "One & two" in article.revision.text
    assert bytes(article.revision.original) == page.encode()
    html = article.revision.html
    call_command("rerender_articles", "--all", stdout=StringIO())
    article.revision.refresh_from_db()
    assert article.revision.html == html


def test_records_that_cannot_come_in_are_named_by_row_and_the_rest_is_in(clippings: Clippings) -> None:
    clippings.write("part.csv", POCKET + "No address,,1,,\nCut off,https://a.exam")
    run = clippings.run()
    assert [(each.path, each.line, each.message) for each in clippings.problems if each.code == "record"] == [
        ("part.csv", 3, "Row 2: The row has no web address."),
        ("part.csv", 4, "Row 3: The file is cut off in this row."),
    ]
    assert (run.created, run.skipped) == (1, 2)


def test_highlights_beside_the_text_lie_in_it(clippings: Clippings) -> None:
    sample = Path(__file__).parents[2] / "samples" / "notes" / "A Small History of Paper.md"
    clippings.write("notes/paper.md", sample.read_bytes())
    run = clippings.run()
    article = Article.objects.get()
    assert article.revision is not None
    assert (run.created, article.revision.path, article.title) == (1, "notes/paper.md", "A Small History of Paper")
    assert article.revision.text.startswith("A sheet of paper is what is left when water leaves.")
    assert article.revision.text.rstrip().endswith("That is the lignin, going.")
    assert b"epigraph" not in bytes(article.revision.original)
    marks = Annotation.objects.owned_by(keeper())
    assert [(each.exact, each.note) for each in marks.order_by("start")] == [
        ("A sheet of paper is what is left when water leaves.", "Use as epigraph?"),
        ("For five hundred years the raw material of literature was underwear.", ""),
        ("The librarians noticed first, because they sweep.", "Compare the card drawer in [[the-index-card]]"),
    ]
    # The text continues with a colon where this quote has a full stop: the quote is kept, but not placed.
    assert len(_places()) == 2
    again = clippings.run()
    assert (again.created, again.updated, Annotation.objects.count(), article.revisions.count()) == (0, 0, 3, 1)
