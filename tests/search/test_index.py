"""The index follows the archive, whatever changes it and whoever."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from taggit.models import Tag

from archive.articles.models import Article, Author, Authorship, Publication, Revision
from archive.query import parse
from archive.search import changes, documents, index, listing
from archive.search.migrations import _triggers as triggers
from archive.search.models import ArticleChange
from archive.search.schema import VERSION
from archive.search.store import Store
from tests.databases import count_triggers, defer_foreign_keys, execute
from tests.factories import article, articles_in, new_revision

pytestmark = pytest.mark.django_db


def found(text: str) -> list[Article]:
    return articles_in(listing.find(parse(text)))


@pytest.fixture
def kept() -> Article:
    made = article(
        title="Swap", text="Prisoners came home.", authors=("Olena Harmash",), publication="Reuters", tags=("pow",)
    )
    index.refresh()
    return made


CHANGES: dict[str, tuple[Callable[[Article], object], str, str]] = {
    # what changes; a search that found the article before; one that finds it after
    "title": (lambda kept: kept.edit(title="Exchange"), "swap", "exchange"),
    "queryset": (lambda kept: Article.objects.filter(pk=kept.pk).update(title="Exchange"), "swap", "exchange"),
    "description": (lambda kept: kept.edit(description="A summary"), "-summary", "summary"),
    "date": (lambda kept: kept.edit(published="2011-01-01"), "year:2024", "year:2011"),
    "language": (lambda kept: kept.edit(language="uk"), "-lang:uk", "lang:uk"),
    "tags": (lambda kept: kept.tags.set(["war/prisoners"]), "tag:pow", "tag:war"),
    "tag removed": (lambda kept: kept.tags.remove("pow"), "tag:pow", "-tag:pow"),
    "tag renamed": (lambda kept: Tag.objects.update(name="captives"), "tag:pow", "tag:captives"),
    "author renamed": (lambda kept: Author.objects.update(name="O. Kovalenko"), "harmash", "author:kovalenko"),
    "author removed": (lambda kept: kept.authorships.all().delete(), "harmash", "-harmash"),
    "byline": (
        lambda kept: kept.authorships.update(author=Author.objects.create(name="Li Na")),
        "author:harmash",
        'author:"Li Na"',
    ),
    "publication renamed": (lambda kept: Publication.objects.update(name="Nikkei"), "site:reuters", "site:nikkei"),
    "publication's host": (
        lambda kept: Publication.objects.update(host="reuters.com"),
        "-site:reuters.com",
        "site:reuters.com",
    ),
    "publication gone": (lambda kept: kept.publication.delete(), "reuters", "-reuters"),
    "new revision": (lambda kept: new_revision(kept, "Afresh"), "prisoners", "afresh"),
    "text made anew": (
        lambda kept: Revision.objects.update(text="Captives", html="<p>Captives</p>"),
        "prisoners",
        "captives",
    ),
    "file moved": (lambda kept: Revision.objects.update(path="moved/b.md"), "-path:moved", "path:moved"),
    "trashed": (lambda kept: Article.objects.all().trash(), "swap", ""),
}


@pytest.mark.parametrize("change", CHANGES)
def test_index_follows(kept: Article, change: str) -> None:
    make_change, before, after = CHANGES[change]
    assert found(before) == [kept]
    make_change(kept)
    index.refresh()
    assert found(before) == []
    assert found(after) == ([] if change == "trashed" else [kept])
    assert index.check() == []


def test_what_comes_back_from_the_trash_is_found(kept: Article) -> None:
    Article.objects.all().trash()
    index.refresh()
    Article.objects.all().restore()
    index.refresh()
    assert found("prisoners") == [kept]
    assert index.check() == []


@pytest.mark.parametrize("table", ["articles_article", "articles_revision"])
def test_what_is_deleted_leaves_even_behind_djangos_back(kept: Article, table: str) -> None:
    defer_foreign_keys()
    execute(f"DELETE FROM {table}")
    assert found("prisoners") == []
    kept.delete()
    assert found("") == []


def test_the_next_search_takes_in_what_no_verb_told_of(kept: Article) -> None:
    Revision.objects.update(text="Captives")
    assert (found("prisoners"), found("captives")) == ([], [kept])
    Article.objects.all().trash()
    assert found("captives") == []


def test_what_did_not_change_is_not_noted(kept: Article) -> None:
    before = changes.latest(ArticleChange)
    Article.objects.update(title="Swap")
    kept.save()
    assert changes.latest(ArticleChange) == before


def test_a_change_that_may_be_rolled_back_is_not_indexed(kept: Article) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        article(text="Negotiations fail.")
        index.refresh()
        assert listing.find(parse("")).total == 1  # though this connection sees two
        raise ZeroDivisionError
    assert listing.find(parse("")).total == 1
    article(text="Negotiations go on.")
    assert len(found("negotiating")) == 1
    assert index.check() == []


def test_numbers_of_a_database_that_went_back_are_not_taken_for_its_own(kept: Article) -> None:
    """As when a copy is restored: the same numbers stand for other changes."""
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        article(text="Never was")
        raise ZeroDivisionError
    position = changes.latest(ArticleChange)
    ArticleChange.objects.filter(number=position.number).update(token=position.token ^ 1)
    kept.revision.text = kept.revision.html = "Captives"
    kept.revision.save()
    assert found("captives") == [kept]
    assert index.check() == []


def test_rebuild_answers_meanwhile_and_follows_changes(kept: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.search.store.AT_ONCE", 40)
    others = [article(text=f"Prisoners, part {number}.") for number in range(120)]
    steps: list[tuple[int, int]] = []

    def change_meanwhile(done: int, total: int) -> None:
        steps.append((done, total))
        assert listing.find(parse("prisoners")).total == 121
        others[len(steps)].edit(title=f"Changed {len(steps)}")
        others[-len(steps)].revision.text = others[-len(steps)].revision.html = "Prisoners, rewritten."
        others[-len(steps)].revision.save()
        index.refresh()

    index.rebuild(change_meanwhile)
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1]
    assert listing.find(parse("prisoners")).total == 121
    assert listing.find(parse("rewritten")).total == len(steps)
    assert listing.find(parse("title:changed")).total == len(steps)
    assert index.check() == []


DAMAGES: dict[str, Callable[[Path], object]] = {
    "all gone": shutil.rmtree,
    "the pointer gone": lambda folder: (folder / "current").unlink(),
    "the pointer empty": lambda folder: (folder / "current").write_text(""),
    "the pointer wrong": lambda folder: (folder / "current").write_text("elsewhere"),
    "what it says of itself": lambda folder: _of_current(folder, "meta.json").write_text("{"),
    "a part cut off": lambda folder: _touched(folder, _of_current(folder, "*.idx")),
    "a part missing": lambda folder: _of_current(folder, "*.store").unlink(),
}


def _of_current(folder: Path, pattern: str) -> Path:
    os.utime(folder / "current")  # as another process would see it: this one has its files open
    return next((folder / (folder / "current").read_text()).glob(pattern))


def _touched(folder: Path, part: Path) -> None:
    whole = part.read_bytes()
    part.unlink()  # so that what is open stays whole
    part.write_bytes(whole[: len(whole) // 2])


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_made_anew(kept: Article, damage: str) -> None:
    DAMAGES[damage](documents.store.folder)
    assert found("prisoners") == [kept]
    assert index.check() == []


def test_where_no_index_can_be_kept_the_list_of_all_articles_works(kept: Article, settings, tmp_path: Path) -> None:
    settings.INDEX_DIR = tmp_path / "file"
    settings.INDEX_DIR.write_text("")
    kept.edit(title="Exchange")
    index.refresh()
    page = listing.find(parse(""))
    assert articles_in(page) == [kept]
    assert any("is being built" in problem for problem in page.problems)
    assert found("exchange") == []
    settings.INDEX_DIR = tmp_path / "folder"
    assert found("exchange") == [kept]


def test_what_a_killed_rebuild_left_is_cleaned_up(kept: Article) -> None:
    (documents.store.folder / "begun").mkdir()
    index.rebuild()
    assert sum(path.is_dir() for path in documents.store.folder.iterdir()) == 1
    assert found("prisoners") == [kept]


def test_an_upgrade_leaves_no_index_of_an_earlier_version(kept: Article) -> None:
    earlier = documents.store.folder.with_name(f"articles-{VERSION - 1}")
    earlier.mkdir()
    (earlier / "current").write_text("abc")
    index.rebuild()
    assert not earlier.exists()
    assert found("prisoners") == [kept]


def test_an_index_that_was_away_too_long_is_made_anew(kept: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    ArticleChange.objects.all().delete()
    kept.edit(title="Exchange")
    assert found("exchange") == [kept]
    assert index.check() == []


def test_what_all_indexes_hold_is_forgotten(kept: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "KEPT", 3)
    for number in range(12):
        kept.edit(title=f"Title {number}")
        index.refresh()
    assert ArticleChange.objects.count() < 12
    assert found("title:11") == [kept]
    assert index.check() == []


def test_of_many_changes_the_rest_follows_and_the_page_says_so(kept: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.search.store.FEW", 2)
    begun = []
    monkeypatch.setattr(documents.store, "_refresh_in_background", lambda: begun.append(True))
    for number in range(3):
        kept.edit(title=f"Exchange {number}")
    page = listing.find(parse("swap"))
    assert [row.article.pk for row in page.rows] == [kept.pk]
    assert begun and any("3 changes are not in these results" in problem for problem in page.problems)
    documents.store.refresh()
    page = listing.find(parse("exchange"))
    assert page.total == 1 and page.problems == []


def test_check_finds_what_does_not_agree(kept: Article) -> None:
    call_command("check_archive")
    triggers.remove("default")
    Authorship.objects.all().delete()
    new = article()
    assert len(index.check()) == 2
    with pytest.raises(CommandError):
        call_command("check_archive")
    call_command("rebuild_search_index")
    assert index.check() == []
    new.delete()
    assert ["which the database does not have" in problem for problem in index.check()] == [True]
    triggers.install("default")
    index.rebuild()
    kept.edit(title="Exchange")
    assert index.check() == []  # that an index is behind is no fault


def test_migrations_meet_no_triggers(kept: Article) -> None:
    index.stop_following()
    assert count_triggers() == 0
    kept.edit(title="Exchange")
    index.follow()
    index.refresh()
    assert found("exchange") == [kept]
    assert index.check() == []


def test_a_database_restored_to_where_a_process_has_its_index_open(kept: Article) -> None:
    documents.store.snapshot()  # this process has the index open as it stands
    before = changes.latest(ArticleChange)
    kept.edit(title="Exchange")
    Store(documents.store.kind).refresh()  # another process takes in what changed
    kept.edit(title="Swap")
    ArticleChange.objects.filter(number__gt=before.number).delete()
    assert index.check() == []
    assert found("swap") == [kept]
