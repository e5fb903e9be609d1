"""Extending and shrinking highlights, with undo and redo, also across a re-import."""

import pytest

from archive.accounts.refusing import Refused
from archive.anchoring import Selector
from archive.annotations import writing
from archive.annotations.history import last_change, last_undone, redo, undo
from archive.annotations.models import Annotation, Change, Status
from archive.annotations.reanchoring import carry_over
from archive.annotations.writing import EditConflict
from archive.search.notes import Notes
from tests.factories import article as make_article
from tests.factories import new_revision

pytestmark = pytest.mark.django_db

TEXT = "The tide comes in twice a day. The keeper writes it down. The tide goes out again."
LONGER = "twice a day. The keeper writes it down."


@pytest.fixture
def article(db):
    return make_article(text=TEXT)


@pytest.fixture
def highlight(reader, article):
    return writing.annotate(reader, article, Selector("The keeper writes"), note="Who?")


def quoted(annotation):
    """Its quote, and the text at its position in the current revision."""
    now = Annotation.objects.select_related("anchored_on").get(pk=annotation.pk)
    return now.exact, now.anchored_on.text[now.start : now.end], now.status


def reimported(article, text):
    revision = new_revision(article, text)
    carry_over(article, revision)
    return revision


@pytest.mark.parametrize("words", [LONGER, "keeper", "The keeper writes it", "keeper writes"])
def test_the_quote_its_place_and_its_surroundings_are_those_of_the_new_words(reader, article, highlight, words):
    changed = writing.resize(reader, highlight, Selector(words), version=1)
    assert quoted(changed) == (words, words, Status.ANCHORED)
    assert TEXT.endswith(changed.exact + changed.suffix) or changed.suffix
    assert changed.prefix + changed.exact + changed.suffix in TEXT
    assert (changed.note, changed.version) == ("Who?", 2)
    change = changed.changes.first()
    assert (change.before["exact"], change.after["exact"]) == ("The keeper writes", words)


def test_the_search_of_the_notebook_finds_the_new_words(reader, highlight):
    changed = writing.resize(reader, highlight, Selector(LONGER), version=1)
    assert Notes(reader.pk).annotations_with("twice") == [changed.pk]


def test_undo_and_redo_take_it_back_and_forth(reader, highlight):
    writing.resize(reader, highlight, Selector(LONGER), version=1)
    for _ in range(2):
        undo(reader, last_change(reader))
        assert quoted(highlight) == ("The keeper writes", "The keeper writes", Status.ANCHORED)
        redo(reader, last_undone(reader))
        assert quoted(highlight) == (LONGER, LONGER, Status.ANCHORED)
    assert Change.objects.count() == 2


def test_the_same_words_are_no_change(reader, highlight):
    assert writing.resize(reader, highlight, Selector("The keeper writes"), version=1).version == 1
    assert Change.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("The tide goes out again.", "None of these words were in the highlight"),
        ("words that nobody wrote", "not in the article"),
        (" ", "empty"),
    ],
)
def test_what_is_no_resizing_is_refused(reader, highlight, words, sentence):
    with pytest.raises(Refused, match=sentence):
        writing.resize(reader, highlight, Selector(words), version=1)
    assert Annotation.objects.get().version == 1


def test_a_lost_passage_a_note_and_another_s_cannot_be_resized(reader, neighbour, article, highlight):
    whole = writing.annotate(reader, article, None, note="On all of it")
    with pytest.raises(Refused, match="Only a highlight of words"):
        writing.resize(reader, whole, Selector(LONGER))
    with pytest.raises(Annotation.DoesNotExist):
        writing.resize(neighbour, highlight, Selector(LONGER))
    Annotation.objects.filter(pk=highlight.pk).update(status=Status.ORPHAN)
    with pytest.raises(Refused, match="lost"):
        writing.resize(reader, highlight, Selector(LONGER))


def test_the_later_of_two_is_told_and_overwrites_nothing(reader, highlight):
    writing.resize(reader, highlight, Selector("keeper"), version=1)
    with pytest.raises(EditConflict):
        writing.resize(reader, highlight, Selector(LONGER), version=1)
    assert quoted(highlight)[0] == "keeper"


def test_sent_twice_it_is_done_once(reader, highlight):
    for _ in range(2):
        writing.resize(reader, highlight, Selector(f" {LONGER} "), version=1)
    assert quoted(highlight)[0] == LONGER
    assert Change.objects.count() == 2
    with pytest.raises(EditConflict):
        writing.resize(reader, highlight, Selector(LONGER, start=1), version=1)


def test_no_reimport_rewrites_what_was_resized_to(reader, article, highlight):
    writing.resize(reader, highlight, Selector(LONGER), version=1)
    reimported(article, f"A new beginning. {TEXT.replace('writes it down', 'writes it up')}")
    exact, now, status = quoted(highlight)
    assert exact == LONGER
    assert (now, status) == (LONGER.replace("down", "up"), Status.CHANGED)


def test_edited_words_are_quoted_anew_when_they_are_resized(reader, article, highlight):
    writing.resize(reader, highlight, Selector(LONGER), version=1)
    later = reimported(article, TEXT.replace("writes it down", "writes it up"))
    changed = writing.resize(reader, highlight, Selector("The keeper writes it up."))
    assert quoted(changed) == ("The keeper writes it up.", "The keeper writes it up.", Status.ANCHORED)
    assert changed.revision == later


@pytest.mark.parametrize("beginning", ["A new beginning. ", ""])
def test_after_a_reimport_undo_finds_the_earlier_words_where_they_are_now(reader, article, highlight, beginning):
    writing.resize(reader, highlight, Selector(LONGER), version=1)
    reimported(article, f"{beginning}{TEXT} And an end.")
    undo(reader, last_change(reader))
    assert quoted(highlight)[:2] == ("The keeper writes", "The keeper writes")
    redo(reader, last_undone(reader))
    assert quoted(highlight)[:2] == (LONGER, LONGER)
    undone = undo(reader, last_change(reader))
    assert undone.anchored_on_id == article.revision_id


def test_where_the_earlier_words_are_gone_undo_says_that_they_are_lost(reader, article):
    made = writing.annotate(reader, article, Selector("The keeper writes it down."))
    writing.resize(reader, made, Selector("twice a day. The keeper"), version=1)
    reimported(article, "The tide comes in twice a day. The keeper sleeps, and nothing else is known of that night.")
    undo(reader, last_change(reader))
    exact, _, status = quoted(made)
    assert exact == "The keeper writes it down." and status in (Status.ORPHAN, Status.AMBIGUOUS, Status.CHANGED)


def test_an_earlier_resizing_is_not_undone_over_a_later_one(reader, article, highlight):
    writing.resize(reader, highlight, Selector(LONGER))
    first = last_change(reader)
    writing.resize(reader, highlight, Selector("keeper"))
    reimported(article, f"Again. {TEXT}")
    with pytest.raises(Refused, match="later change"):
        undo(reader, first)


def test_an_attached_passage_can_be_undone_whether_or_not_a_reimport_lost_it_again(reader, article, highlight):
    reimported(article, "Nothing of it is here any more, and nobody knows why.")
    writing.attach(reader, highlight, 0, 7)
    reimported(article, "But: Nothing of it is here any more, and nobody knows why.")
    undo(reader, last_change(reader))
    assert Annotation.objects.get().status == Status.ORPHAN
    assert Annotation.objects.get().anchored_on.text == TEXT
