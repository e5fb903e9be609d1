"""Every shared sample, compared with its known content."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from archive.accounts.keeper import keeper
from archive.annotations.models import Annotation
from archive.articles.models import Article
from archive.formats.frontmatter import canonical_url
from archive.importing.models import ImportRun
from archive.importing.running import Options, import_paths
from archive.importing.titles import title_key
from tests.importing.programs import differences

SAMPLES = Path(__file__).parents[2].parent / "shared" / "exchange" / "formats"
FOLDERS = sorted(path.parent for path in SAMPLES.glob("*/expected.json"))

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not FOLDERS, reason="the shared samples are not here"),
]


def _expected(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "expected.json").read_text())
    return found


def _import(folder: Path) -> ImportRun:
    paths = [path for path in sorted(folder.iterdir()) if path.name != "expected.json"]
    return import_paths(paths, options=Options(jobs=1))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_sample_comes_in_whole_and_once(folder: Path, data_dir: Path) -> None:
    expected = _expected(folder)
    _import(folder)
    found = [difference for article in expected["articles"] for difference in differences(article, keeper())]
    assert not found
    urls = {article["url"] or article["title"] for article in expected["articles"]}
    assert Article.objects.count() == len(urls)
    before = Annotation.objects.count()
    again = _import(folder)
    assert (again.created, again.updated, again.failed) == (0, 0, 0)
    assert (Article.objects.count(), Annotation.objects.count()) == (len(urls), before)


def test_all_samples_at_once_meet_in_the_same_articles(data_dir: Path, tmp_path: Path) -> None:
    pages = {}
    for folder in FOLDERS:
        shutil.copytree(folder, tmp_path / "all" / folder.name, ignore=shutil.ignore_patterns("expected.json"))
        for article in _expected(folder)["articles"]:
            pages[canonical_url(article["url"]) if article["url"] else title_key(article["title"])] = article["title"]
    by_title = {title_key(title) for title in pages.values() if title}
    addresses = {page for page in pages if page.startswith("https:")}
    import_paths([tmp_path / "all"], options=Options(jobs=1))
    assert {
        canonical_url(url) for url in Article.objects.exclude(source_url="").values_list("source_url", flat=True)
    } == addresses
    assert Article.objects.filter(source_url="").count() <= len(pages) - len(addresses)
    assert {title_key(article.title) for article in Article.objects.all()} >= by_title
    ferry = Article.objects.get(source_url__contains="/ferry?")
    assert ferry.revision is not None
    assert "The tide does not wait" in ferry.revision.text
    assert not Annotation.objects.lost().filter(article=ferry).exists()
