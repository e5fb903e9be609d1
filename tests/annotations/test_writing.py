"""Creating, changing, replying, trashing and undoing: who may, and what is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from archive.accounts.refusing import Refused
from archive.anchoring import Selector
from archive.annotations import writing
from archive.annotations.history import last_change, undo
from archive.annotations.models import Annotation, Change, Motivation, Status, Visibility
from archive.annotations.writing import EditConflict
from tests.factories import article as make_article

pytestmark = pytest.mark.django_db

TEXT = "The tide comes in twice a day. The keeper writes it down. The tide goes out again."


@pytest.fixture
def article():
    return make_article(text=TEXT)


@pytest.fixture
def highlight(reader, article):
    return writing.annotate(reader, article, Selector("The keeper writes it down."))


def test_a_highlight_knows_its_place_and_its_surroundings(highlight, article):
    assert article.revision.text[highlight.start : highlight.end] == highlight.exact == "The keeper writes it down."
    assert highlight.prefix.endswith("twice a day. ")
    assert highlight.suffix.startswith(" The tide goes")
    assert (highlight.motivation, highlight.status) == (Motivation.HIGHLIGHTING, Status.ANCHORED)


def test_the_quote_is_trusted_and_not_the_numbers(reader, article):
    made = writing.annotate(reader, article, Selector("The keeper writes it down.", start=0, end=26))
    assert TEXT[made.start : made.end] == "The keeper writes it down."


def test_white_space_around_a_selection_is_not_part_of_it(reader, article):
    made = writing.annotate(reader, article, Selector(" The keeper writes it down. "))
    assert made.exact == "The keeper writes it down."


@pytest.mark.parametrize(
    ("selector", "sentence"),
    [
        (Selector("words that nobody wrote here"), "not in the article"),
        (Selector("   "), "empty"),
        (Selector("x" * 1_000_000), "characters at most"),
    ],
)
def test_a_passage_that_is_not_there_is_refused(reader, article, selector, sentence):
    with pytest.raises(Refused, match=sentence):
        writing.annotate(reader, article, selector)
    assert not Annotation.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"colour": "ultraviolet"}, {"visibility": "world"}, {"note": "x" * 100_001}, {"tags": ["t" * 101]}]
)
def test_nonsense_is_refused_and_nothing_is_written(reader, article, wrong):
    with pytest.raises(Refused):
        writing.annotate(reader, article, Selector("The keeper writes it down."), **wrong)
    assert not Annotation.objects.exists()


def test_a_note_on_the_whole_article_needs_words(reader, article):
    assert writing.annotate(reader, article, None, note="Read again.").motivation == Motivation.BOOKMARKING
    with pytest.raises(Refused):
        writing.annotate(reader, article, None, note=" ")


def test_an_edit_changes_what_is_given_and_leaves_the_rest(reader, highlight):
    edited = writing.edit(reader, highlight, version=1, note="Why twice?", tags=["sea/tides", " #keeper "])
    assert (edited.note, edited.colour, edited.motivation) == ("Why twice?", "yellow", Motivation.COMMENTING)
    assert set(edited.tags.names()) == {"sea/tides", "keeper"}
    assert edited.version == 2


def test_the_later_of_two_edits_is_told_and_overwrites_nothing(reader, highlight):
    writing.edit(reader, highlight, version=1, note="first")
    with pytest.raises(EditConflict) as conflict:
        writing.edit(reader, highlight, version=1, note="second")
    assert conflict.value.current.note == "first"
    assert Annotation.objects.get().note == "first"


def test_saving_without_a_change_writes_no_history(reader, highlight):
    writing.edit(reader, highlight, version=1, colour="yellow")
    assert Change.objects.count() == 1


def test_only_the_owner_may_change_it(neighbour, highlight):
    for verb in (
        lambda: writing.edit(neighbour, highlight, version=1, note="mine now"),
        lambda: writing.trash(neighbour, highlight),
        lambda: undo(neighbour, highlight.changes.get()),
        lambda: writing.reply(neighbour, highlight, "Hello"),
    ):
        with pytest.raises(Annotation.DoesNotExist):
            verb()


def test_what_is_shared_is_seen_and_answered_but_not_changed(reader, neighbour, highlight):
    assert not Annotation.objects.visible_to(neighbour).exists()
    writing.edit(reader, highlight, version=1, visibility=Visibility.SHARED)
    assert Annotation.objects.visible_to(neighbour).get() == highlight
    answer = writing.reply(neighbour, highlight, "I disagree.")
    assert (answer.parent, answer.visibility) == (highlight, Visibility.SHARED)
    with pytest.raises(Annotation.DoesNotExist):
        writing.edit(neighbour, highlight, version=2, note="mine now")


@pytest.mark.parametrize(
    ("change", "is_as_before"),
    [
        (lambda reader, made: writing.edit(reader, made, version=1, note="x"), lambda made: made.note == ""),
        (
            lambda reader, made: writing.edit(reader, made, version=1, colour="blue"),
            lambda made: made.colour == "yellow",
        ),
        (
            lambda reader, made: writing.edit(reader, made, version=1, tags=["a"]),
            lambda made: not made.tags.exists(),
        ),
        (lambda reader, made: writing.trash(reader, made), lambda made: made.trashed_at is None),
    ],
    ids=["note", "colour", "tags", "trash"],
)
def test_every_change_can_be_undone(reader, highlight, change, is_as_before):
    change(reader, highlight)
    undo(reader, last_change(reader))
    assert is_as_before(Annotation.objects.get())
    assert last_change(reader).before is None, "what remains to be undone is its making"


def test_undoing_its_making_moves_it_to_the_trash(reader, highlight):
    undo(reader, last_change(reader))
    assert Annotation.objects.get().trashed_at is not None


def test_an_earlier_change_is_not_undone_over_a_later_one(reader, highlight):
    writing.edit(reader, highlight, version=1, note="first")
    first = last_change(reader)
    writing.edit(reader, highlight, version=2, note="second")
    with pytest.raises(Refused, match="later change"):
        undo(reader, first)


def test_after_thirty_days_it_is_too_late(reader, highlight):
    change = highlight.changes.get()
    Change.objects.update(made_at=timezone.now() - timedelta(days=31))
    with pytest.raises(Refused, match="no longer"):
        undo(reader, change)


@pytest.mark.parametrize(
    "nonsense", [{"start": 9, "end": 9}, {"start": None, "end": None}, {"exact": ""}, {"motivation": "replying"}]
)
def test_the_database_forbids_nonsense(highlight, nonsense):
    with pytest.raises(IntegrityError), transaction.atomic():
        Annotation.objects.update(**nonsense)


def test_who_no_longer_sees_a_note_cannot_answer_their_own_reply_to_it(reader, neighbour, highlight):
    shared = writing.edit(reader, highlight, version=highlight.version, visibility="shared")
    answer = writing.reply(neighbour, shared, "I disagree.")
    writing.reply(neighbour, answer, "And again.")
    hidden = writing.edit(reader, shared, version=shared.version, visibility="private")
    with pytest.raises(Refused):
        writing.reply(neighbour, answer, "Once more")
    assert Annotation.objects.filter(parent=hidden).count() == 2
    writing.edit(reader, hidden, version=hidden.version, visibility="shared")
    writing.trash(reader, hidden)
    with pytest.raises(Refused):
        writing.reply(neighbour, answer, "Once more")
