"""What several programs say about the same articles is combined, in whatever order they are imported."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest

from archive.annotations.models import Annotation
from archive.articles.models import Article
from archive.importing.models import ImportRun
from archive.importing.running import Options, import_paths
from tests.formats.programs.samples import ALL

pytestmark = pytest.mark.django_db(transaction=True)

QUOTE = "The tide does not wait for anybody."
KINDLE = (
    "The Long Tide Table (Unknown)\n- Your Highlight at location 1-2 | Added on Sunday, April 9, 2023 5:59:00 PM\n\n"
    f"{QUOTE}\n==========\n"
)
KOREADER = json.dumps(
    {
        "created_on": 1,
        "version": "json/1.0.0",
        "documents": [
            {"title": "The Long Tide Table", "author": "N/A", "entries": [{"text": QUOTE, "note": "Why?", "page": 1}]}
        ],
    }
)
BOOKMARK = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<DL><DT><A HREF="https://a.example/tide" TAGS="sea">The long tide table</A></DL>
"""
CITATION = json.dumps(
    [{"id": 1, "type": "webpage", "title": "The Long Tide Table", "URL": "http://a.example/tide/",
      "author": [{"family": "Quill", "given": "Ada"}]}]
)  # fmt: skip
PAGE = (
    "<html><!-- Page saved with SingleFile \n url: https://a.example/tide#top \n--><title>The Long Tide Table</title>"
    f"<body><article><h1>The Long Tide Table</h1><p>So it is written, and so it is. {QUOTE}</p>"
    + "<p>Many more words stand here, so that the text is long enough for anyone.</p>" * 5
    + "</article></body></html>"
)
FILES = {"a.txt": KINDLE, "b.json": KOREADER, "c.html": BOOKMARK, "d.json": CITATION, "e.html": PAGE}


def _import(folder: Path, name: str, content: str) -> ImportRun:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(content)
    return import_paths([path], options=Options(jobs=1))


@pytest.mark.parametrize("order", list(permutations(FILES))[::29], ids=" ".join)
def test_five_files_make_one_article(order: tuple[str, ...], tmp_path: Path, data_dir: Path) -> None:
    for name in order:
        assert _import(tmp_path / "in", name, FILES[name]).failed == 0
    [article] = Article.objects.all()
    assert [author.name for author in article.authors.all()] == ["Ada Quill"]
    assert list(article.tags.names()) == ["sea"]
    assert article.revision is not None
    assert QUOTE in article.revision.text
    [highlight] = Annotation.objects.exclude(exact="")
    start = article.revision.text.index(QUOTE)
    assert (highlight.status, highlight.start, highlight.note) == ("anchored", start, "Why?")


def test_files_of_all_programs_at_once_and_again(tmp_path: Path, data_dir: Path) -> None:
    for name, content in ALL.items():
        suffix = {"<": ".html", "{": ".json", "[": ".json"}.get(content[0], ".txt")
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / f"file{suffix}").write_text(content)
    first = import_paths([tmp_path / "in"], options=Options(jobs=1))
    taken_for = first.problems.filter(code="taken-for").values_list("message", flat=True)
    assert len(taken_for) == len(ALL)
    assert first.failed == 0
    made = (Article.objects.count(), Annotation.objects.count())
    again = import_paths([tmp_path / "in"], options=Options(jobs=1))
    assert (again.created, again.updated, again.failed) == (0, 0, 0)
    assert (Article.objects.count(), Annotation.objects.count()) == made
