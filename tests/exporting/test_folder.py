"""The archive as plain files: complete, stable, mended after being killed, and read back as it was."""

import json
import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from taggit.models import Tag

from archive.annotations.models import Annotation, Change, ImportedMark
from archive.articles.models import Article, ArticleEdit, Attachment, Author, Publication, Revision
from archive.curating import collections, saved_searches
from archive.curating.models import Collection, CollectionItem
from archive.exporting.folder import export_folder
from archive.formats import frontmatter
from archive.importing.models import ImportedArticle, ImportRun, ProgramRecord
from archive.importing.running import Options, import_paths
from archive.reading import marking
from archive.reading.models import ReadingState
from archive.search import index
from tests.exporting.breaking import broken_off
from tests.exporting.whole_archive import FILES, PNG, tree
from tests.factories import article as make_article


def exported(folder: Path, name: str) -> tuple[str, str]:
    """A Markdown file's front matter and body, as any program reads it."""
    (path,) = folder.glob(f"*/{name}*.md")
    _, head, body = path.read_text().split("---\n", 2)
    return head, body


def test_other_programs_read_it(archive):
    call_command("export_archive", str(archive / "out"), verbosity=0)
    folder = archive / "out"
    paths = list(folder.glob("*/*.md"))
    assert len(paths) == Article.objects.count() == len(FILES)
    head, body = exported(folder, "Edited title")
    for line in (
        'title: "Edited title"', 'source: "https://e.org/a"', "published: 2026-02\n", 'author: ["Ada Brook", "Ben"]',
        'tags: ["new", "sea"]',
    ):  # fmt: skip
        assert line in head
    assert body.startswith("The lamp burned all day. ![One](../pictures/")
    assert (folder / "2026" / re.search(r"\]\((\S+)\)", body)[1]).read_bytes() == PNG
    names = [path.name for path in paths]
    assert all(not re.search(r'[\[\]#^|\\:?*"<>]', name) and not name.startswith(".") for name in names)
    assert len({name.casefold() for name in names}) == len(names)
    assert any(name.startswith("山の話 ") for name in names)
    for path in paths:
        read = frontmatter.parse(path.read_text())
        assert not read.problems and read.fields["title"], path
    for revision in Revision.objects.all():
        path = folder / ".commonplace" / "originals" / revision.content_hash[:2] / revision.content_hash
        assert path.read_bytes() == bytes(revision.original)
    everything = b"".join(tree(folder).values())
    for person in get_user_model().objects.all():
        assert person.password.encode() not in everything
    assert saved_searches.kept_by(get_user_model().objects.get(username="ben"))[0].secret.encode() not in everything


def test_only_what_changed_is_written_and_what_is_gone_removed(archive):
    out = archive / "out"
    first = export_folder(out)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}
    second = export_folder(out)
    assert (second.written, second.removed, second.unchanged) == (0, 0, first.written + first.unchanged)
    assert {path: path.stat().st_mtime_ns for path in before} == before

    (out / "2026" / "mine.md").write_text("my own")
    Article.objects.get(title="Edited title").edit(title="Renamed")
    Article.objects.filter(title="Same").first().delete()
    export_folder(out)
    export_folder(archive / "fresh")
    (archive / "fresh" / "2026" / "mine.md").write_text("my own")
    assert tree(out) == tree(archive / "fresh")

    index.refresh()
    call_command("export_archive", str(out), q="tag:sea", verbosity=0)
    assert sorted(path.name[:7] for path in out.glob("*/*.md")) == ["Renamed", "mine.md"]
    assert len(list((out / ".commonplace" / "articles").glob("*/*"))) == 1


def test_broken_off_anywhere_the_next_one_ends_right(archive, monkeypatch):
    out = archive / "out"
    export_folder(out)
    for moment in range(30):
        Article.objects.filter(title__startswith="Edited").update(title=f"Edited {moment}")
        if moment >= 10:
            shutil.rmtree(out)
        with broken_off(monkeypatch, moment % 10):
            export_folder(out)
        export_folder(out)
        export_folder(archive / "whole")
        assert tree(out) == tree(archive / "whole"), moment


def test_a_folder_of_somebody_else_s_is_left_alone(db, tmp_path):
    (tmp_path / "a.md").write_text("mine")
    with pytest.raises(CommandError, match="not empty"):
        call_command("export_archive", str(tmp_path))
    with pytest.raises(CommandError, match="not a folder"):
        call_command("export_archive", str(tmp_path / "a.md"))
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_of_a_selection_only_what_has_to_do_with_it_is_told(archive):
    ada = get_user_model().objects.get(username="ada")
    for name in ("carl", "dora"):
        person = get_user_model().objects.create_user(name)
        saved_searches.keep(person, f"Search of {name}", "tag=sea")
    other = Article.objects.get(title="CRLF")
    elsewhere = collections.create(ada, "Elsewhere")
    collections.add(ada, elsewhere.pk, [other.pk])
    marking.star(get_user_model().objects.get(username="dora"), [other.pk])
    sea = Article.objects.get(title="Edited title")
    export_folder(archive / "out", iter([sea.pk]))

    def told(name: str) -> list[dict]:
        return json.loads((archive / "out" / ".commonplace" / f"{name}.json").read_bytes())

    assert [person["username"] for person in told("people")] == ["ada", "ben"]
    assert told("saved-searches") == []
    assert [each["name"] for each in told("collections")] == []
    assert {each["article"] for run in told("import-runs") for each in run["problems"]} <= {sea.identity}
    export_folder(archive / "out", iter([other.pk]))
    assert [person["username"] for person in told("people")] == ["ada", "dora"]
    assert [each["name"] for each in told("collections")] == ["Elsewhere"]
    export_folder(archive / "out")
    assert len(told("people")) == 4 and len(told("saved-searches")) == 3


MODELS = (Collection, CollectionItem, Annotation, Change, ReadingState, ArticleEdit, Revision, Attachment, ImportRun,
          ImportedArticle, ImportedMark, ProgramRecord)  # fmt: skip


def forget_everything(data_dir: Path) -> None:
    for model in (Change, Annotation, ReadingState):
        model._base_manager.filter(**({"parent__isnull": False} if model is Annotation else {})).delete()
        model._base_manager.all().delete()
    Article.objects.update(revision=None)
    Article.objects.all().delete()
    ImportRun.objects.all().delete()
    Attachment.objects.all().delete()
    get_user_model().objects.all().delete()
    for model in (Tag, Author, Publication):  # a new archive numbers these in another order
        model._base_manager.all().delete()
    shutil.rmtree(data_dir / "attachments")


def test_read_back_into_an_empty_archive_it_is_the_same(archive, data_dir, capsys):
    export_folder(archive / "out")
    before = {model.__name__: model._base_manager.count() for model in MODELS}
    texts = list(Revision.objects.order_by("content_hash").values_list("text", "html"))
    forget_everything(data_dir)
    call_command("import_articles", str(archive / "out"), format="json", jobs=1)
    told = json.loads(capsys.readouterr().out)
    assert (told["created"], told["failed"]) == (len(FILES), 0)
    assert {model.__name__: model._base_manager.count() for model in MODELS} == before
    assert list(Revision.objects.order_by("content_hash").values_list("text", "html")) == texts
    export_folder(archive / "again")
    first, second = tree(archive / "out"), tree(archive / "again")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_what_is_there_stays_and_what_is_damaged_fails_alone(archive):
    export_folder(archive / "out")
    article = Article.objects.get(title="Edited title")
    article.edit(title="Later")
    Annotation.objects.exclude(article=article).delete()
    Article.objects.exclude(pk=article.pk).delete()
    others = [path for path in records(archive / "out") if path.stem != article.identity]
    others[0].write_text("{")
    digest = json.loads(others[1].read_text())["revisions"][0]["sha256"]
    (archive / "out" / ".commonplace" / "originals" / digest[:2] / digest).write_bytes(b"other")
    run = import_paths([archive / "out"], options=Options(jobs=1))
    assert (run.created, run.unchanged, run.failed) == (len(FILES) - 3, 1, 2)
    assert [problem.severity for problem in run.problems.all()] == ["error", "error"]
    article.refresh_from_db()
    assert article.title == "Later" and article.revisions.count() == 2


def records(folder: Path) -> list[Path]:
    return sorted((folder / ".commonplace" / "articles").glob("*/*.json"))


def test_a_date_and_an_odd_title_are_written_as_they_are(db, data_dir, tmp_path):
    make_article(title="x" * 300 + "\x01 .", published=date(987, 1, 1), published_precision="year")
    made = make_article(title='"Quoted": #tag', published=None)
    Article.objects.filter(pk=made.pk).update(created_at=datetime(2020, 1, 1, tzinfo=UTC))
    export_folder(tmp_path / "out")
    assert all(len(name.encode()) < 200 for name in (path.name for path in (tmp_path / "out" / "0987").iterdir()))
    (path,) = (tmp_path / "out" / "undated").glob("*.md")
    assert path.name.startswith("Quoted tag ") and '"\\"Quoted\\": #tag"' in path.read_text()
