"""Exported, imported into an empty archive, exported again: the same to the byte, whatever the articles and whatever
people did with them. `ODD_ARTICLES=2000` makes it as many."""

import os
import time

import pytest

from archive.annotations.models import Annotation, ImportedMark
from archive.articles.models import Article, Revision
from archive.curating.models import DoublePair
from archive.exporting.folder import export_folder
from archive.importing.joining import part
from archive.importing.models import ImportedArticle, ImportProblem, ProgramRecord
from archive.importing.running import Options, import_paths
from tests.exporting.odd_archive import fill
from tests.exporting.test_folder import MODELS, forget_everything
from tests.exporting.whole_archive import tree

COUNT = int(os.environ.get("ODD_ARTICLES", "40"))


@pytest.mark.django_db
def test_an_archive_of_odd_articles_comes_back_the_same(data_dir, tmp_path, monkeypatch):
    monkeypatch.setattr("os.fsync", lambda descriptor: None)  # the disk is not what is tested
    fill(COUNT, tmp_path / "files")
    assert Article.objects.count() >= COUNT * 0.9 and Annotation.objects.count() > COUNT / 2
    assert Revision.objects.count() > Article.objects.count()
    times = [time.process_time()]
    export_folder(tmp_path / "first")
    times.append(time.process_time())
    assert all(model.objects.exists() for model in (ProgramRecord, ImportedArticle, ImportedMark))
    assert set(Revision.objects.values_list("kind", flat=True)) == {None, "page", "record"}
    assert ImportProblem.objects.exclude(article=None).exists()
    before = {model.__name__: model._base_manager.count() for model in (Article, *MODELS)}
    texts = sorted(Revision.objects.values_list("content_hash", "text", "html"))
    forget_everything(data_dir)
    run = import_paths([tmp_path / "first"], options=Options(jobs=1))
    assert (run.created, run.failed) == (before["Article"], 0)
    times.append(time.process_time())
    export_folder(tmp_path / "second")
    first, second = tree(tmp_path / "first"), tree(tmp_path / "second")
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []
    assert {model.__name__: model._base_manager.count() for model in (Article, *MODELS)} == before
    assert sorted(Revision.objects.values_list("content_hash", "text", "html")) == texts
    take_joins_back()
    exported, imported = times[1] - times[0], times[2] - times[1]
    print(f"{len(first):,} files; CPU seconds: export {exported:.1f}, import {imported:.1f}")


def take_joins_back() -> None:
    """Undoing works in the new archive, too: each article has its own texts, with the notes that were made on them."""
    joined = DoublePair.objects.filter(state=DoublePair.State.JOINED)
    assert joined.count() == 3
    for pair in joined.order_by("-decided_at"):
        part(pair.decided_by, pair.pk)
    assert not Article.objects.exclude(joined_into=None)
    for article in Article.objects.filter(pk__in=DoublePair.objects.values("first")):
        own = set(article.revisions.values_list("pk", flat=True))
        assert article.revision_id in own
        assert {pk for note in article.annotations.all() for pk in (note.revision_id, note.anchored_on_id)} <= own
