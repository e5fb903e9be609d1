"""Annotations and articles for other programs, read back by our own importers for those programs."""

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from archive.annotations import writing
from archive.annotations.models import Annotation
from archive.articles.models import Article
from archive.exporting.bookmarks import bookmarks_html
from archive.exporting.notes_formats import NOTES_FORMATS, Asked
from archive.exporting.recipient import Recipient
from archive.formats.registry import recognise
from archive.formats.saved import RowProblem, SavedArticle
from archive.formats.source import Source
from tests.factories import annotation
from tests.factories import article as make_article

pytestmark = pytest.mark.django_db
HOSTILE = 'He said: "<b>1 < 2 & 3</b>", =SUM(A1)\nand went — 山の話 😀'


@pytest.fixture
def ada():
    return get_user_model().objects.create_user("ada", first_name="Ada", last_name="Brook")


@pytest.fixture
def noted(ada):
    """An article with a note of every kind."""
    ben = get_user_model().objects.create_user("ben")
    made = make_article(
        text=f"The lamp burned all night. {HOSTILE} Nobody slept. The end.",
        title='Peace & "quiet" <talks>',
        authors=("Ada Brook", "山田 花子"),
        source_url="https://e.org/a?x=1&y=2",
        tags=("sea/tides", "b"),
        description="What <happened> &amp; when",
        clipped=date(2024, 3, 2),
    )
    first = annotation(made, ada, quote="lamp burned", note="Why *so*?\n\nReally.", tags=("oil", "deep sea"))
    writing.edit(ada, first, version=1, colour="blue")
    annotation(made, ada, quote=HOSTILE, note='=1+1 "quoted"')
    annotation(made, ada, note="On all of it")
    shared = annotation(made, ben, quote="Nobody slept", note="by ben", shared=True)
    writing.reply(ada, shared, "My answer")
    annotation(make_article(text="Without address.", title="Here only"), ada, quote="Without")
    return made


def written(format: str, person) -> str:
    found = (
        Annotation.objects.present()
        .visible_to(person)
        .select_related("article__publication", "owner", "parent")
        .in_reading_order()
    )
    recipient = Recipient(person.pk, lambda path: f"https://a.example{path}")
    return "".join(NOTES_FORMATS[format].write(Asked(found, recipient, "Notebook", "https://a.example/notebook/")))


def read_back(folder: Path, name: str, text: str) -> tuple[str, list[SavedArticle]]:
    """The format that our importer recognises, and what it finds; there must be no problems."""
    (folder / name).write_text(text, newline="")
    source = Source(folder, name)
    format = recognise(source)
    assert format is not None
    found = list(format.read(source))
    assert not [each for each in found if isinstance(each, RowProblem)]
    return format.name, [each for each in found if isinstance(each, SavedArticle)]


def test_hypothesis(ada, noted, tmp_path):
    text = written("hypothesis", ada)
    rows = json.loads(text)["annotations"]
    assert {row["user"] for row in rows} == {"acct:ada@a.example", "acct:ben@a.example"}
    assert [len(row["target"][0].get("selector", [])) for row in rows] == [0, 1, 1, 1, 0, 1]
    reply = next(row for row in rows if row.get("references"))
    shared = next(row for row in rows if row["id"] == reply["references"][0])
    assert shared["text"] == "by ben" and shared["permissions"]["read"] == ["group:__world__"]
    assert rows[1]["permissions"]["read"] == ["acct:ada@a.example"]
    assert all(datetime.fromisoformat(row["created"]).tzinfo for row in rows)
    name, (article, here) = read_back(tmp_path, "a.json", text)
    assert "Hypothesis" in name and article.url == "https://e.org/a?x=1&y=2" and article.title == noted.title
    assert here.url.startswith("https://a.example/articles/")
    by_quote = {each.quote: each for each in article.highlights}
    first = by_quote["lamp burned"]
    assert (first.note, first.tags, first.prefix) == ("Why *so*?\n\nReally.", ["deep sea", "oil"], "The ")
    assert HOSTILE in by_quote and by_quote["Nobody slept"].note == "ben: by ben"
    assert [each.text for each in by_quote["Nobody slept"].replies] == ["My answer"]
    assert [each.text for each in article.notes] == ["On all of it"]


def test_obsidian_web_clipper(ada, noted, tmp_path):
    text = written("obsidian-clipper", ada)
    name, (article,) = read_back(tmp_path, "a.json", text)
    assert "Obsidian" in name and article.url == "https://e.org/a?x=1&y=2" and article.title == noted.title
    assert [(each.quote.split(), each.note) for each in article.highlights] == [
        (["lamp", "burned"], "Why *so*?\n\nReally."),
        (HOSTILE.split(), '=1+1 "quoted"'),
        (["Nobody", "slept"], "ben: by ben\n\nMy answer"),
    ]
    stamps = [each["timestamp"] for each in json.loads(text)[0]["highlights"]]
    assert len(set(stamps)) == 3 and all(stamp.endswith("Z") and len(stamp) == 24 for stamp in stamps)
    Annotation.objects.update(created_at=datetime(2024, 1, 1, tzinfo=UTC))
    stamps = [each["timestamp"] for each in json.loads(written("obsidian-clipper", ada))[0]["highlights"]]
    assert stamps == ["2024-01-01T00:00:00.000Z", "2024-01-01T00:00:00.001Z", "2024-01-01T00:00:00.002Z"]


def test_readwise(ada, noted, tmp_path):
    text = written("readwise", ada)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Highlight"] for row in rows] == ["lamp burned", HOSTILE, "Nobody slept", "Without"]
    name, (article, here) = read_back(tmp_path, "a.csv", text)
    assert "Readwise" in name and article.url == "https://e.org/a?x=1&y=2" and here.url == ""
    assert article.authors == ["Ada Brook", "山田 花子"] and article.title == noted.title
    first, hostile, shared = article.highlights
    assert (first.note, first.tags, first.colour) == ("Why *so*?\n\nReally.", ["deep sea", "oil"], "blue")
    assert first.created is not None and first.created.tzinfo and (first.position or 0) < (hostile.position or 0)
    assert hostile.note == '=1+1 "quoted"' and shared.note == "ben: by ben\n\nMy answer"


def test_bookmarks(noted, tmp_path):
    ids = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    name, (article,) = read_back(tmp_path, "a.html", "".join(bookmarks_html(ids)))
    assert "bookmarks" in name and (article.url, article.title) == (noted.source_url, noted.title)
    assert article.tags == ["b", "sea/tides"] and article.saved == datetime(2024, 3, 2, tzinfo=UTC)
    assert [note.text for note in article.notes] == [noted.description]


@pytest.mark.parametrize("format", NOTES_FORMATS)
def test_no_notes_are_a_whole_file_too(ada, format):
    text = written(format, ada)
    if "json" in NOTES_FORMATS[format].suffix:
        assert isinstance(json.loads(text), list | dict)
    else:
        assert text.strip("\ufeff") == "" or text.count("\n") == 1
