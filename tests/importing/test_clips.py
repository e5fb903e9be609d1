"""Real clippings, stored beside the repository: every one is imported, or refused by name."""

import os
from pathlib import Path

import pytest

from archive.articles.models import Article
from archive.importing.problems import ERROR
from archive.importing.running import Options, Watcher, import_paths

CLIPS = Path(os.environ.get("ARCHIVE_CLIPS", Path(__file__).resolve().parents[3] / "shared" / "clips"))

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not CLIPS.is_dir(), reason=f"no clippings at {CLIPS}")]


class Said(Watcher):
    def __init__(self) -> None:
        self.problems = []

    def problem(self, problem):
        self.problems.append(problem)


def test_every_clipping_is_in_or_refused_by_name(data_dir):
    said = Said()
    run = import_paths([CLIPS], options=Options(jobs=2), watcher=said)
    files = {path.name for path in CLIPS.iterdir() if not path.name.startswith(".")}
    refused = {it.path for it in said.problems if it.severity == ERROR or it.code == "empty"}
    articles = Article.objects.select_related("revision")
    # Records of another program's export become articles, named by file and number.
    assert {article.revision.path.partition("#")[0] for article in articles} | refused == files
    assert run.created + run.failed + run.skipped == len(files)
    for article in articles:
        if article.revision.kind is None:
            assert bytes(article.revision.original) == (CLIPS / article.revision.path).read_bytes()
        assert article.title.strip()
    assert "rendered-plainly" not in {problem.code for problem in said.problems}
