"""The index follows the archive, whatever changes it and whoever."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from taggit.models import Tag

from archive import query
from archive.articles.models import Article, Author, Authorship, Publication, Revision
from archive.query import parse
from archive.search import index, listing
from archive.search.engines import engine, schema
from archive.search.models import Document, Label, StaleArticle, State, Word
from archive.search.postgres.tables import GIN, INDEX, LEXEMES_FUNCTION, PAIR_MARK
from tests.databases import IS_POSTGRESQL, count_triggers, defer_foreign_keys, execute, only_postgresql, only_sqlite
from tests.factories import article, new_revision

pytestmark = pytest.mark.django_db


def found(text: str) -> list[Article]:
    return [row.article for row in listing.find(parse(text)).rows]


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
def test_what_is_deleted_leaves_at_once_even_behind_djangos_back(kept: Article, table: str) -> None:
    defer_foreign_keys()
    execute(f"DELETE FROM {table}")
    assert found("prisoners") == found("") == []
    assert not Document.objects.exists()
    kept.delete()
    assert schema().check("default") == []


def test_trash_and_new_text_need_no_refresh(kept: Article) -> None:
    Revision.objects.update(text="Captives")
    assert found("prisoners") == []
    # PostgreSQL cannot prepare the new text by itself; the article is out of the index until somebody does.
    assert found("captives") == ([] if IS_POSTGRESQL else [kept])
    index.refresh()
    assert found("captives") == [kept]
    Article.objects.all().trash()
    assert found("captives") == []
    assert schema().check("default") == []


def test_refresh_takes_no_more_than_it_is_told_and_looks_at_nothing_twice() -> None:
    for _ in range(5):
        article()
    assert index.refresh(at_most=2) == 2
    assert listing.find(parse("")).total == 2
    assert index.refresh() == 3
    assert index.refresh() == 0


def test_a_page_is_up_to_date_though_others_wait() -> None:
    made = [article() for _ in range(5)]
    assert index.refresh(at_most=2, first=[made[4].pk]) == 2
    assert {row.article for row in listing.find(parse("")).rows} == {made[0], made[4]}


def test_what_did_not_change_is_not_written(kept: Article) -> None:
    version = State.objects.get().version
    Article.objects.update(title="Swap")
    kept.save()
    schema().doubt_all("default")
    assert index.refresh() == 1
    assert State.objects.get().version == version


def test_a_change_that_is_rolled_back_leaves_no_trace(kept: Article) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        article(text="Negotiations fail.")
        index.refresh()
        raise ZeroDivisionError
    assert listing.find(parse("")).total == 1
    article(text="Negotiations go on.")
    index.refresh()
    assert len(found("negotiating")) == 1  # the vocabulary did not think that it knew the word
    assert index.check() == []


def test_documents_are_replaced_not_changed(kept: Article) -> None:
    with pytest.raises(DatabaseError, match="replaced"), transaction.atomic():
        Document.objects.update(title="x")


def test_rebuild_answers_meanwhile_and_follows_changes(kept: Article) -> None:
    others = [article(text=f"Prisoners, part {number}.") for number in range(120)]
    index.refresh()
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


def test_a_rebuild_that_was_killed_begins_again(kept: Article) -> None:
    schema().begin_rebuild("default")
    kept.edit(title="Exchange")
    index.refresh()
    assert found("exchange") == [kept]
    index.rebuild()
    assert found("exchange") == [kept]
    assert index.check() == []


def test_check_finds_what_does_not_agree(kept: Article) -> None:
    call_command("check_archive")
    execute(
        "UPDATE search_index SET title = ' stray '"
        if IS_POSTGRESQL
        else "INSERT INTO search_index (rowid, title) VALUES (1, 'stray')"
    )
    assert ["index" in problem for problem in index.check()] == [True]
    with pytest.raises(CommandError):
        call_command("check_archive")
    call_command("rebuild_search_index")
    assert index.check() == []
    Authorship.objects.all().delete()
    assert any("not indexed" in problem for problem in index.check())


def test_migrations_meet_neither_views_nor_triggers(kept: Article) -> None:
    schema().remove("default")
    assert count_triggers() == 0
    kept.edit(title="Exchange")
    schema().install("default")
    schema().doubt_all("default")
    index.refresh()
    assert found("exchange") == [kept]
    assert index.check() == []
    assert not StaleArticle.objects.exists()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a &amp; b &lt;c&gt;</p>\n<ul><li>d</li></ul>", "a & b <c>\nd"),
        ('<pre><code>\nx\n</code></pre><img alt="a > b">', "\nx\n"),
        ("<pre>\n\nx</pre>", "\nx"),
        ("", ""),
    ],
)
def test_check_compares_texts_with_what_a_browser_makes_of_the_html(kept: Article, html: str, text: str) -> None:
    Revision.objects.update(html=html, text=text)
    index.refresh()
    assert index.check() == []
    Revision.objects.update(text=f"{text} ")
    index.refresh()
    assert any("is not that of its HTML" in problem for problem in index.check())


def counted() -> dict[str, int]:
    return dict(Label.objects.exclude(documents=0).values_list("line", "documents"))


def test_labels_are_counted_as_documents_come_and_go(kept: Article) -> None:
    other = article(tags=("pow", "war/prisoners"), publication="Reuters", published=None)
    index.refresh()
    assert counted() == {
        "tpow": 2, "twar/prisoners": 1, "uwar": 1, "aOlena Harmash": 1, "sReuters": 2, "m2024-01": 1
    }  # fmt: skip
    Article.objects.filter(pk=kept.pk).trash()
    other.tags.set(["War"])
    index.refresh()
    assert counted() == {"tWar": 1, "sReuters": 1}
    assert index.check() == []


def test_labels_counted_wrongly_are_found_and_mended(kept: Article) -> None:
    Label.objects.filter(line="tpow").update(documents=7)
    Label.objects.filter(line="sReuters").delete()
    assert [problem for problem in index.check() if "2 labels" in problem and "pow" in problem]
    index.rebuild()
    assert index.check() == []
    assert counted() == {"tpow": 1, "aOlena Harmash": 1, "sReuters": 1, "m2024-01": 1}


def test_each_condition_is_counted_within_a_search(shelf: dict[str, Article]) -> None:
    conditions = [query.Tag("ukraine"), query.Site("nikkei"), query.DateRange(date(2026, 1, 1), None), query.Tag("x")]
    selected = engine().select(parse("peace").node, {})
    assert list(engine().count_each(selected, conditions, 10)) == [2, 1, 1, 0]
    assert list(engine().count_each(selected, conditions, 1)) == [1, 1, 1, 0]
    either = engine().select(parse("peace OR words -tag:energy").node, {})
    assert list(engine().count_each(either, conditions, 10)) == [2, 1, 1, 0]


def test_a_rebuild_learns_the_words_of_labels(kept: Article) -> None:
    kept.tags.set(["war/prisoners", "fermentation"])
    index.refresh()
    Word.objects.all().delete()
    index.rebuild()
    assert found("fermenting") == [kept]


@only_sqlite
def test_an_index_from_before_it_had_a_column_is_made_anew(kept: Article) -> None:
    schema().remove("default")
    execute("DROP TABLE search_index")
    execute("CREATE VIRTUAL TABLE search_index USING fts5(title, body, content='search_content')")
    schema().install("default")
    assert found("prisoners") == [kept]
    assert index.refresh() == 1
    assert index.check() == []


@only_postgresql
def test_an_index_with_other_lexemes_is_made_anew() -> None:
    made = article(text="中国经济增长放缓")
    index.refresh()
    schema().remove("default")
    execute("DROP INDEX search_index_lexemes")
    execute(LEXEMES_FUNCTION.replace(f"'{PAIR_MARK}'", "'~'"))
    execute(GIN.format(name=INDEX))
    assert found("经济") == []
    schema().install("default")
    assert found("经济") == [made]
    assert not StaleArticle.objects.exists()
