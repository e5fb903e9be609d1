"""`==marked==` text in a file becomes highlights once, and what a person did with them since is kept."""

import pytest
from django.contrib.auth import get_user_model

from archive.anchoring import Selector
from archive.annotations import writing
from archive.annotations.history import last_change
from archive.annotations.models import Annotation, Status, Visibility
from archive.articles.models import Article, Revision
from archive.importing.models import ImportRun
from archive.importing.rerendering import rerender

pytestmark = pytest.mark.django_db

TEXT = "The lamp burned ==whale oil== for years. ==The keeper wrote it down every evening.== Then he slept."
OIL, KEEPER = "whale oil", "The keeper wrote it down every evening."


@pytest.fixture
def marked(clippings):
    clippings.write("a.md", TEXT)
    run = clippings.run()
    assert run.highlights == 2
    return clippings


def quotes(**conditions) -> list[str]:
    return list(Annotation.objects.filter(**conditions).order_by("start").values_list("exact", flat=True))


def test_marked_words_are_highlights_and_the_markup_is_gone(marked):
    revision = Article.objects.get().revision
    assert "==" not in revision.text + revision.html and "<mark" not in revision.html
    for made in Annotation.objects.all():
        assert revision.text[made.start : made.end] == made.exact
        assert (made.motivation, made.visibility, made.imported) == ("highlighting", Visibility.SHARED, True)
    assert quotes() == [OIL, KEEPER]


def test_they_are_the_keeper_s_whom_the_import_makes_where_there_is_none(marked):
    assert Annotation.objects.first().owner.get_username() == "local"
    assert not Annotation.objects.first().owner.has_usable_password()


def test_they_are_the_first_superuser_s_and_undo_does_not_reach_them(clippings):
    get_user_model().objects.create_user("reader")
    keeper = get_user_model().objects.create_superuser("keeper")
    clippings.write("a.md", TEXT)
    clippings.run()
    assert {made.owner for made in Annotation.objects.all()} == {keeper}
    assert last_change(keeper) is None


def test_the_same_again_makes_no_twins(marked):
    for content in (
        TEXT + " More.",
        "Before. " + TEXT,
        TEXT.replace("every evening", "each evening"),
        TEXT.replace("Then", "\n\nThen"),
    ):
        marked.write("a.md", content)
        assert marked.run().highlights == 0
        assert quotes() == [OIL, KEEPER]


def test_what_a_person_deleted_or_changed_stays_so(marked):
    oil, keeper = Annotation.objects.order_by("start")
    writing.trash(oil.owner, oil)
    writing.edit(keeper.owner, keeper, version=1, colour="blue", note="Why?", tags=["diary"])
    marked.write("a.md", TEXT.replace("lamp", "great lamp").replace("evening", "morning"))
    assert marked.run().highlights == 0
    assert quotes(trashed_at=None) == [KEEPER]
    kept = Annotation.objects.get(pk=keeper.pk)
    assert (kept.colour, kept.note, kept.status) == ("blue", "Why?", Status.CHANGED)


def test_a_new_mark_is_a_new_highlight_and_an_old_one_without_its_mark_stays(marked):
    marked.write("a.md", TEXT.replace("==", "").replace("he slept", "==he slept=="))
    assert marked.run().highlights == 1
    assert quotes() == [OIL, KEEPER, "he slept"]


def test_what_a_person_marked_by_hand_gets_no_twin(clippings):
    keeper = get_user_model().objects.create_superuser("keeper")
    clippings.write("a.md", TEXT.replace("==", ""))
    clippings.run()
    writing.annotate(keeper, Article.objects.get(), writing.Selector(OIL))
    clippings.write("a.md", TEXT)
    assert clippings.run().highlights == 1
    assert quotes() == [OIL, KEEPER]


def test_a_lost_highlight_goes_where_the_file_now_marks_what_resembles_it(marked):
    marked.write("a.md", TEXT.replace(KEEPER, "Each night the keeper wrote down all of it, he said."))
    run = marked.run()
    assert (run.highlights, Annotation.objects.count(), Annotation.objects.lost().count()) == (0, 2, 0)
    assert quotes() == [OIL, KEEPER]


def test_an_archive_from_before_gets_them_when_it_is_rendered_anew(marked):
    Annotation.objects.all().delete()
    Revision.objects.update(renderer_version=1, html="<p><mark>whale oil</mark></p>")
    assert rerender(jobs=1) == 1
    assert quotes() == [OIL, KEEPER]
    assert rerender(everything=True, jobs=1) == 1
    assert quotes() == [OIL, KEEPER]


def test_a_dry_run_makes_none_and_nobody(clippings):
    clippings.write("a.md", TEXT)
    assert clippings.run(dry_run=True).highlights == 2
    assert not Annotation.objects.exists() and not get_user_model().objects.exists()


def test_a_file_of_nothing_but_marks_has_an_end(clippings):
    clippings.write("a.md", "==a== " * 3_000)
    assert clippings.run().highlights == 2_000
    assert "marked" in clippings.codes()
    assert ImportRun.objects.get().highlights == 2_000


def test_own_highlight_in_the_trash_does_not_stand_for_the_mark(clippings):
    keeper = get_user_model().objects.create_superuser("keeper")
    clippings.write("a.md", TEXT.replace("==", ""))
    clippings.run()
    own = writing.annotate(keeper, Article.objects.get(), Selector(OIL))
    writing.trash(keeper, own)
    clippings.write("a.md", TEXT)
    clippings.run()
    assert quotes(imported=True) == [OIL, KEEPER]


def test_what_another_highlighted_for_themselves_does_not_stand_for_the_mark(clippings):
    get_user_model().objects.create_superuser("keeper")
    reader = get_user_model().objects.create_user("reader")
    clippings.write("a.md", TEXT.replace("==", ""))
    clippings.run()
    writing.annotate(reader, Article.objects.get(), Selector(OIL))
    writing.annotate(reader, Article.objects.get(), Selector(KEEPER), visibility=Visibility.SHARED)
    clippings.write("a.md", TEXT)
    clippings.run()
    assert quotes(imported=True) == [OIL]
