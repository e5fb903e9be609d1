"""When a new revision arrives, every annotation is at its passage or reports that it is lost."""

import pytest

from archive.accounts.refusing import Refused
from archive.anchoring import Selector
from archive.annotations import writing
from archive.annotations.history import last_change, undo
from archive.annotations.models import Annotation, Status
from archive.annotations.reanchoring import carry_over
from tests.factories import article as make_article
from tests.factories import new_revision

pytestmark = pytest.mark.django_db

OLD = (
    "The harbour was built in 1850 by the town. Its lamp burned whale oil for thirty years. "
    "A keeper lived there with his family until the light was made electric. Today nobody lives there."
)
PASSAGE = "Its lamp burned whale oil for thirty years."


@pytest.fixture
def article():
    return make_article(text=OLD)


@pytest.fixture
def highlight(reader, article):
    return writing.annotate(reader, article, Selector(PASSAGE), note="Whales!")


def import_anew(article, text):
    return carry_over(article, new_revision(article, text))


def test_a_passage_that_stands_is_carried_to_its_new_place(article, highlight):
    counts = import_anew(article, "A new first paragraph was put in by the editors. " + OLD)
    highlight.refresh_from_db()
    assert article.revision.text[highlight.start : highlight.end] == PASSAGE
    assert highlight.anchored_on == article.revision
    assert sum(counts.values()) == 1


def test_an_edited_passage_is_found_and_its_quote_is_kept(article, highlight):
    counts = import_anew(article, OLD.replace("for thirty years", "for nearly forty years"))
    highlight.refresh_from_db()
    assert counts == {Status.CHANGED: 1}
    assert highlight.exact == PASSAGE
    assert article.revision.text[highlight.start : highlight.end].startswith("Its lamp burned whale oil")


def test_a_lost_passage_says_so_and_comes_back_with_its_words(article, highlight):
    first = article.revision
    assert import_anew(article, OLD.replace(PASSAGE + " ", "")) == {Status.ORPHAN: 1}
    lost = Annotation.objects.lost().get()
    assert (lost.exact, lost.note, lost.anchored_on) == (PASSAGE, "Whales!", first)

    import_anew(article, "Once more. " + OLD)
    lost.refresh_from_db()
    assert not lost.is_lost
    assert article.revision.text[lost.start : lost.end] == PASSAGE


def test_a_lost_passage_can_be_attached_by_hand_or_kept_as_a_note(reader, article, highlight):
    import_anew(article, OLD.replace(PASSAGE, "There was a lamp."))
    place = article.revision.text.index("There was a lamp.")
    attached = writing.attach(reader, highlight, place, place + len("There was a lamp."))
    assert (attached.status, attached.exact, attached.is_lost) == (Status.CHANGED, PASSAGE, False)
    with pytest.raises(Refused):
        writing.keep_as_note(reader, highlight)

    undo(reader, last_change(reader))
    assert Annotation.objects.lost().get() == highlight
    writing.keep_as_note(reader, highlight)
    assert not Annotation.objects.lost().exists()
    assert Annotation.objects.get().exact == PASSAGE


def test_an_attachment_outside_the_text_is_refused(reader, article, highlight):
    import_anew(article, OLD.replace(PASSAGE + " ", ""))
    for start, end in ((0, 10**9), (5, 5), (-1, 4)):
        with pytest.raises(Refused):
            writing.attach(reader, highlight, start, end)


def test_what_is_in_the_trash_is_carried_over_too(reader, article, highlight):
    writing.trash(reader, highlight)
    import_anew(article, "Before all this. " + OLD)
    restored = writing.restore(reader, highlight)
    assert article.revision.text[restored.start : restored.end] == PASSAGE


def test_undo_still_works_after_a_new_revision(reader, article, highlight):
    writing.edit(reader, highlight, version=1, note="Many whales!")
    import_anew(article, "Before all this. " + OLD)
    assert undo(reader, last_change(reader)).note == "Whales!"
