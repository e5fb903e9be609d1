"""What belongs to one reader is found by them, and is as if it were not there to anybody else."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from taggit.models import Tag

from archive.annotations import writing
from archive.annotations.models import Annotation
from archive.articles.models import Article
from archive.query import Is, parse
from archive.reading import marking
from archive.search import changes, documents, index, listing, notes
from archive.search.facets import facets
from archive.search.facets import mine as count_marks
from archive.search.models import AnnotationChange
from archive.search.searching import Search
from tests.factories import annotation, article, articles_in

pytestmark = pytest.mark.django_db
Find = Callable[..., set[str]]


@pytest.fixture
def ann() -> Any:
    return get_user_model().objects.create_user("ann")


@pytest.fixture
def bob() -> Any:
    return get_user_model().objects.create_user("bob")


@pytest.fixture
def find(shelf: dict[str, Article]) -> Find:
    """The short names of the articles that a person finds; of someone not signed in without one."""
    names = {made.pk: name for name, made in shelf.items()}

    def find(text: str, person: Any = None) -> set[str]:
        index.refresh()
        page = listing.find(parse(text), reader=person and person.pk)
        assert page.total == len(page.rows)
        return {names[row.article.pk] for row in page.rows}

    return find


FOUND_BY = {
    # a search by the one who wrote them: what it finds
    "october": {"talks"},
    "Octóber": {"talks"},
    "octo*": {"talks"},
    '"compare october"': {"talks"},
    '"october why"': set(),  # across two notes
    "october prisoners": {"talks"},  # one word in the note, one in the text
    "october winter": set(),
    "october OR winter": {"talks", "grid"},
    "words -october": {"undated"},
    "-october": {"grid", "chinese", "old", "undated"},
    "notes:october": {"talks"},
    "notes:prisoners": set(),
    "in:notes compare october": {"talks"},
    "in:notes compare -october": set(),
    "in:highlights exchanged border": {"talks"},
    'highlights:"exchanged at the border"': {"talks"},
    "highlights:october": set(),
    "highlights:exch*": {"talks"},
    "notes:停火": {"talks"},
    "停火": {"talks"},
    "notes:火停": set(),
    "notes:pow": {"talks"},  # a tag of the note
    "has:notes": {"talks"},
    "has:highlights": {"talks", "grid"},
    "is:noted": {"talks"},
    "is:highlighted": {"talks", "grid"},
    "has:highlights -has:notes": {"grid"},
    "has:highlights tag:energy": {"grid"},
    "title:october": set(),
    "notes:!": {"talks", "grid", "chinese", "old", "undated"},  # no word, so nothing is asked
}


@pytest.fixture
def written(shelf: dict[str, Article], ann: Any) -> list[Annotation]:
    return [
        annotation(shelf["talks"], ann, quote="exchanged at the border", note="Compare October.", tags=("POW",)),
        annotation(shelf["talks"], ann, note="Why now? 停火 words"),
        annotation(shelf["grid"], ann, quote="The café stayed open"),
    ]


def test_notes_and_highlights_are_searched(written: list[Annotation], find: Find, ann: Any) -> None:
    assert {text: find(text, ann) for text in FOUND_BY} == FOUND_BY


def test_what_is_private_is_nothing_to_others(written: list[Annotation], find: Find, bob: Any) -> None:
    with_notes = {text: (find(text, bob), find(text)) for text in FOUND_BY}
    Annotation.objects.all().delete()
    assert with_notes == {text: (find(text, bob), find(text)) for text in FOUND_BY}


def test_what_is_shared_is_found_by_everyone_who_signed_in(written: list[Annotation], find: Find, bob: Any) -> None:
    Annotation.objects.update(visibility="shared")
    own: dict[str, set[str]] = {"is:noted": set(), "is:highlighted": set()}
    assert {text: find(text, bob) for text in FOUND_BY} == {**FOUND_BY, **own}
    unsigned = {text: find(text) for text in FOUND_BY}
    Annotation.objects.all().delete()
    assert unsigned == {text: find(text) for text in FOUND_BY}


def test_a_private_note_is_not_counted_suggested_or_ranked_for_others(ann: Any, bob: Any) -> None:
    for day in range(1, 9):
        swap = f"The envoys agreed on a swap. {'Nothing more. ' * (day % 3)}"
        article(text=swap if day > 4 else "Something else.", published=date(2024, 1, day), tags=("war",))
    index.refresh()

    def seen() -> list[Any]:
        asked = [parse(text) for text in ("swap", "swap envoys", "swap more", "ocotber", "is:unread", "")]
        pages = [listing.find(each, reader=bob.pk) for each in asked]
        return [
            (page.rows, page.total, page.suggestion, facets(each, page.search, bob.pk))
            for page, each in zip(pages, asked, strict=True)
        ]

    before = seen()
    newest = Article.objects.order_by("-published")[0]
    annotation(newest, ann, note="Compare October. " * 200)
    annotation(newest, ann, quote="agreed on a swap")
    marking.mark_read(ann, [newest.pk])
    marking.star(ann, [newest.pk])
    index.refresh()
    assert seen() == before
    assert not documents.store.snapshot().searcher.doc_freq("all", "october")
    assert index.check() == []


CHANGES: dict[str, tuple[Callable[[Annotation, Any], object], str, str]] = {
    # what its owner does to a private note; a search that found the article before; one that finds it after
    "note": (lambda note, ann: writing.edit(ann, note, version=1, note="September"), "october", "september"),
    "tags": (lambda note, ann: writing.edit(ann, note, version=1, tags=["swap"]), "notes:pow", "notes:swap"),
    "tag renamed": (lambda note, ann: Tag.objects.update(name="captives"), "notes:pow", "notes:captives"),
    "trash": (lambda note, ann: writing.trash(ann, note), "october", "-october"),
    "trash of a highlight": (lambda note, ann: writing.trash(ann, note), "has:highlights", "-has:highlights"),
    "gone": (lambda note, ann: note.delete(), "has:notes", "-has:notes"),
    "read": (lambda note, ann: marking.mark_read(ann, [note.article_id]), "is:unread", "is:read"),
    "starred": (lambda note, ann: marking.star(ann, [note.article_id]), "-is:starred", "is:starred"),
    "begun": (lambda note, ann: marking.keep_place(ann, note.article_id, 9), "-is:reading", "is:reading is:unread"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_index_follows(ann: Any, bob: Any, change: str) -> None:
    make_change, before, after = CHANGES[change]
    here = article(title="Swap", text="Prisoners came home.")
    note = annotation(here, ann, quote="Prisoners", note="October", tags=("pow",))
    index.refresh()

    def found(text: str, person: Any) -> list[Article]:
        return articles_in(listing.find(parse(text), reader=person.pk))

    assert (found(before, ann), found(after, ann)) == ([here], [])
    for_others = found(before, bob), found(after, bob)
    make_change(note, ann)
    index.refresh()
    assert (found(before, ann), found(after, ann)) == ([], [here])
    assert (found(before, bob), found(after, bob)) == for_others
    assert index.check() == []


def test_a_note_shared_and_taken_back(ann: Any, bob: Any) -> None:
    note = annotation(article(), ann, note="October")

    def is_found() -> bool:
        index.refresh()
        return listing.find(parse("october"), reader=bob.pk).total == 1

    assert not is_found()
    note = writing.edit(ann, note, version=1, visibility="shared")
    assert is_found()
    writing.edit(ann, note, version=2, visibility="private")
    assert not is_found()


def test_a_reply_is_found_by_whoever_sees_it(ann: Any, bob: Any) -> None:
    cat = get_user_model().objects.create_user("cat")
    question = annotation(article(), ann, note="Why?", shared=True)
    writing.reply(bob, question, "Because of October")

    def finders() -> set[str]:
        index.refresh()
        return {p.username for p in (ann, bob, cat) if listing.find(parse("notes:october"), reader=p.pk).total}

    assert finders() == {"ann", "bob", "cat"}
    writing.edit(ann, question, version=1, visibility="private")
    assert finders() == {"ann", "bob"}


def test_marks_and_notes_leave_the_index_of_articles_alone(ann: Any) -> None:
    here = article()
    index.refresh()
    version, before = documents.store.snapshot().version, changes.latest(AnnotationChange)
    marking.keep_place(ann, here.pk, 100)
    marking.star(ann, [here.pk])
    assert changes.latest(AnnotationChange) == before
    annotation(here, ann, note="October")
    assert documents.store.snapshot().version == version
    assert notes.store.snapshot().position != before


def test_readers_with_nothing_to_see_cost_nothing(shelf: dict[str, Article], ann: Any, bob: Any) -> None:
    annotation(shelf["talks"], ann, note="October")
    index.refresh()
    assert Search(parse("swap").node, bob.pk).version == Search(parse("swap").node).version
    assert Search(parse("swap").node, ann.pk).version != Search(parse("swap").node).version


def test_who_is_not_signed_in_is_told(find: Find) -> None:
    for text in ("is:unread", "-has:notes", "swap OR notes:swap"):
        assert any("Sign in" in problem for problem in listing.find(parse(text)).problems), text
    assert listing.find(parse("has:images swap")).problems == []


def test_each_mark_is_counted_within_a_search(shelf: dict[str, Article], ann: Any) -> None:
    marking.mark_read(ann, [shelf["talks"].pk, shelf["old"].pk])
    marking.star(ann, [shelf["talks"].pk])
    index.refresh()
    search = Search(parse("tag:ukraine OR tag:diplomacy").node, ann.pk)
    assert [search.count(Is(what)) for what in ("read", "unread", "starred", "highlighted")] == [2, 1, 1, 0]


@pytest.fixture(autouse=True)
def _nothing_stays(db: None) -> Iterator[None]:
    yield
    index.refresh()
    assert index.check() == []


def test_a_hit_in_a_note_is_shown_from_the_note(shelf: dict[str, Article], ann: Any, bob: Any) -> None:
    markdown = "**Why** [peace](https://a.example) & not `<b>`?"
    annotation(shelf["talks"], ann, quote="exchanged at the border", note=markdown)
    annotation(shelf["grid"], bob, note="No peace yet", shared=True)
    index.refresh()

    def shown(text: str) -> dict[str, tuple[str, str, str]]:
        rows = listing.find(parse(text), reader=ann.pk).rows
        return {
            row.article.title[:5]: (row.answer.text, row.answer.whose, _marked(row.passage))
            if row.answer
            else ("", "", _marked(row.passage))
            for row in rows
        }

    def _marked(segments: Any) -> str:
        return "".join(f"[{text}]" if is_hit else text for text, is_hit in segments or [])

    assert shown("peace") == {
        "Peace": ("notes", "", "Why [peace] & not <b>?"),
        "Winte": ("notes", "bob", "No [peace] yet"),
    }
    assert shown("highlights:border") == {"Peace": ("highlights", "", "exchanged at the [border]")}
    assert shown("border")["Peace"][:2] == ("", "")


def test_a_readers_marks_are_counted_under_the_search(shelf: dict[str, Article], ann: Any, bob: Any) -> None:
    annotation(shelf["talks"], ann, quote="exchanged at the border")
    marking.mark_read(ann, [shelf["talks"].pk])
    marking.keep_place(ann, shelf["grid"].pk, 10)
    marking.star(bob, [shelf["talks"].pk])
    index.refresh()

    def mine(text: str, person: Any) -> dict[str, int]:
        return count_marks(Search(parse(text).node, person and person.pk))

    for _ in range(2):  # the second time as remembered
        assert mine("tag:ukraine", ann) == {"unread": 1, "reading": 1, "highlighted": 1}
        assert mine("tag:ukraine is:unread", ann) == {"unread": 1, "reading": 1}
        assert mine("tag:ukraine", bob) == {"unread": 2, "starred": 1}
        assert mine("tag:ukraine", None) == {}
    marking.star(ann, [shelf["grid"].pk])
    index.refresh()
    assert mine("tag:ukraine", ann)["starred"] == 1


def test_rows_tell_what_the_reader_did(
    shelf: dict[str, Article], ann: Any, bob: Any, django_assert_num_queries: Any
) -> None:
    marking.mark_read(ann, [shelf["talks"].pk])
    marking.star(ann, [shelf["talks"].pk, shelf["old"].pk])
    marking.keep_place(ann, shelf["grid"].pk, 10)
    index.refresh()
    with django_assert_num_queries(3):  # whether the index is as it was, the articles, the states
        page = listing.find(parse(""), reader=ann.pk)
    assert {
        row.article.title[:5]: (row.state.is_read, row.state.is_begun, row.state.is_starred)
        for row in page.rows
        if row.state
    } == {"Peace": (True, False, True), "Über ": (False, False, True), "Winte": (False, True, False)}
    assert all(row.state is None for row in listing.find(parse(""), reader=bob.pk).rows)
