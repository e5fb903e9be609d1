"""Two articles become one, with all that people have in either; and two again."""

import threading
from pathlib import Path

import pytest
from django.db import connection

from archive.accounts.refusing import Refused
from archive.annotations import history, writing
from archive.annotations.models import Annotation, Status
from archive.articles.models import Article
from archive.curating import collections
from archive.curating.doubles.deciding import ask_again, not_the_same
from archive.curating.doubles.finding import look_for
from archive.curating.models import CollectionItem, DoublePair
from archive.importing.identity import article_of_identity
from archive.importing.joining import join, part
from archive.importing.models import ImportedArticle, ImportRun, ProgramRecord, SourceFile
from archive.importing.running import Options, import_paths
from archive.importing.titles import Titles
from archive.reading import marking
from archive.reading.models import ReadingState
from tests.factories import annotation, article, new_revision

pytestmark = pytest.mark.django_db
SHARED = "The lamp in the harbour burned all night and nobody slept. " * 4 + "The last boat came home at dawn."
WHOLE = f"{SHARED} Weather and tides."
OTHER = f"From our own correspondent. {SHARED} Read more on our site."
STATE = ("article_id", "revision_id", "anchored_on_id", "start", "end", "status", "score", "candidates", "version")


@pytest.fixture
def people(django_user_model):
    return [django_user_model.objects.create_user(name, is_staff=name == "staff") for name in ("staff", "ada", "ben")]


@pytest.fixture
def pair(people):
    one = article(title="Harbour", text=WHOLE, tags=("sea", "night"), publication="Post")
    other = article(title="The harbour", text=OTHER, tags=("Sea", "lamp"), publication="Gazette")
    look_for([one.pk, other.pk])
    return DoublePair.objects.get()


def everything():
    """All that a join may change."""
    return {
        "articles": list(Article.objects.order_by("pk").values("pk", "revision", "joined_into", "edited_fields")),
        "listed": sorted(Article.objects.present().values_list("pk", flat=True)),
        "tags": [(each.pk, sorted(each.tags.names())) for each in Article.objects.order_by("pk")],
        "notes": list(Annotation.objects.order_by("pk").values("pk", "exact", *STATE)),
        "states": sorted(ReadingState.objects.values_list("owner", "article", "position", "read_at", "starred_at")),
        "places": sorted(CollectionItem.objects.values_list("collection", "article", "position")),
        "files": sorted(SourceFile.objects.values_list("pk", "article", "revision")),
        "records": sorted(ProgramRecord.objects.values_list("pk", "article")),
    }


def use(people, pair):
    """What people have in both articles."""
    staff, ada, ben = people
    one, other = pair.first, pair.second
    for person, each, quote in ((ada, one, "Weather"), (ada, other, "last boat"), (ben, other, "own correspondent")):
        annotation(each, person, quote=quote, note=f"About {quote}")
    writing.reply(ada, annotation(other, ada, note="On the whole", shared=True), "And more")
    writing.trash(ben, annotation(other, ben, quote="at dawn"))
    marking.star(ada, [other.pk])
    marking.mark_read(ben, [other.pk])
    marking.keep_place(staff, other.pk, 10_000)
    marking.keep_place(ben, one.pk, 5)
    for person, articles in ((ada, [other.pk]), (ben, [one.pk, other.pk])):
        collections.add(person, collections.create(person, "Mine").pk, articles)
    for each in (one, other):
        SourceFile.objects.create(
            location=f"/a/{each.pk}.md", path="a.md", content_hash=str(each.pk), size=1, article=each,
            revision=each.revision,
        )  # fmt: skip
    ProgramRecord.objects.create(article=other, owner=ada, format="x", key="k", content_hash="h")


@pytest.mark.parametrize("kept", ["first", "second"])
def test_what_people_have_in_either_is_in_the_one_that_is_kept(people, pair, kept):
    use(people, pair)
    into, gone = (pair.first, pair.second) if kept == "first" else (pair.second, pair.first)
    join(people[0], pair.pk, into.pk)
    into, gone = (Article.objects.get(pk=each.pk) for each in (into, gone))
    assert list(Article.objects.present()) == [into]
    assert gone.joined_into == into and gone.revision is None
    assert into.revisions.count() == 2 and into.revision.text == (WHOLE if kept == "first" else OTHER)
    assert Annotation.objects.filter(article=into).count() == 6
    boat = Annotation.objects.get(exact="last boat")
    assert into.revision.text[boat.start : boat.end] == "last boat" and boat.anchored_on == into.revision
    assert sorted(name.casefold() for name in into.tags.names()) == ["lamp", "night", "sea"]
    assert into.edited_fields == ["tags"]
    states = {state.owner_id: state for state in into.reading_states.all()}
    staff, ada, ben = people
    assert states[ada.pk].is_starred and states[ben.pk].is_read
    assert kept == "second" or states[staff.pk].position == len(WHOLE)
    present = CollectionItem.objects.filter(article__trashed_at=None)
    assert sorted(present.values_list("collection__owner", "article")) == [(ada.pk, into.pk), (ben.pk, into.pk)]
    assert set(SourceFile.objects.values_list("article", flat=True)) == {into.pk}
    assert ProgramRecord.objects.get().article == into


def test_a_passage_that_only_the_other_text_has_is_lost_and_says_so(people, pair):
    use(people, pair)
    join(people[0], pair.pk, pair.first_id)
    note = Annotation.objects.get(exact="own correspondent")
    assert note.status == Status.ORPHAN and note.anchored_on.text == OTHER


@pytest.mark.parametrize("kept", ["first", "second"])
def test_undone_all_is_as_it_was(people, pair, kept):
    use(people, pair)
    before = everything()
    for _ in range(2):
        join(people[0], pair.pk, getattr(pair, f"{kept}_id"))
        assert everything() != before
        part(people[0], pair.pk)
        assert everything() == before
    assert DoublePair.objects.waiting().get().record == {}


def test_sent_twice_each_is_done_once(people, pair):
    use(people, pair)
    join(people[0], pair.pk, pair.first_id)
    joined = everything()
    assert join(people[0], pair.pk, pair.first_id).kept_id == pair.first_id
    assert everything() == joined
    with pytest.raises(Refused, match="other one kept"):
        join(people[0], pair.pk, pair.second_id)
    for _ in range(2):
        part(people[0], pair.pk)
    assert DoublePair.objects.get().state == DoublePair.State.FOUND


def test_what_was_done_since_stays(people, pair):
    use(people, pair)
    staff, ada, _ = people
    join(staff, pair.pk, pair.first_id)
    kept = Article.objects.get(pk=pair.first_id)
    moved = Annotation.objects.get(exact="last boat")
    writing.edit(ada, moved, version=moved.version, note="Edited since")
    answer = writing.reply(ada, moved, "An answer since")
    new = annotation(kept, ada, quote="came home")
    kept.tags.add("since")
    marking.mark_read(ada, [kept.pk])
    part(staff, pair.pk)
    assert Annotation.objects.get(pk=moved.pk).note == "Edited since"
    assert set(Annotation.objects.filter(pk__in=[moved.pk, answer.pk]).values_list("article", flat=True)) == {
        pair.second_id
    }
    assert Annotation.objects.get(pk=new.pk).article_id == kept.pk
    assert "since" in kept.tags.names() and "lamp" not in kept.tags.names()
    assert ReadingState.objects.get(owner=ada, article=kept).is_read
    history.undo_last(ada)


def test_of_three_two_are_joined_and_then_the_third(people, pair):
    third = article(title="Harbour again", text=f"{WHOLE} More.")
    look_for([third.pk])
    before = everything()
    staff = people[0]
    join(staff, pair.pk, pair.first_id)
    second = DoublePair.objects.get(first=pair.first_id, second=third.pk)
    join(staff, second.pk, third.pk)
    assert set(Article.objects.filter(joined_into=third).values_list("pk", flat=True)) == {
        pair.first_id,
        pair.second_id,
    }
    assert third.revisions.count() == 3
    with pytest.raises(Refused, match="Undo that first"):
        part(staff, pair.pk)
    part(staff, second.pk)
    part(staff, pair.pk)
    assert everything() == before


def test_what_is_in_the_trash_is_not_joined(people, pair):
    Article.objects.filter(pk=pair.second_id).trash()
    with pytest.raises(Refused, match="trash"):
        join(people[0], pair.pk, pair.first_id)


def test_a_joined_article_is_not_restored_from_the_trash(people, pair):
    join(people[0], pair.pk, pair.first_id)
    assert Article.objects.filter(pk=pair.second_id).restore() == 0


def test_what_programs_tell_of_the_other_one_is_of_the_kept_one(people, pair):
    join(people[0], pair.pk, pair.first_id)
    assert article_of_identity(pair.second.identity) == pair.first
    assert Titles().find("The Harbour", []) == pair.first
    Article.objects.filter(pk=pair.first_id).update(title="The harbour")
    assert Titles().find("The Harbour", []) == pair.first


def test_not_the_same_is_remembered_and_taken_back(people, pair):
    not_the_same(people[0], pair.pk)
    new_revision(pair.second, f"{OTHER} And more.")
    look_for([pair.second_id])
    assert not DoublePair.objects.waiting()
    ask_again(people[0], pair.pk)
    assert DoublePair.objects.waiting().get() == pair
    join(people[0], pair.pk, pair.first_id)
    with pytest.raises(Refused, match="joined"):
        not_the_same(people[0], pair.pk)


def test_files_of_both_are_the_kept_article_at_the_next_import(people, tmp_path, data_dir):
    urls = ["https://a.example/harbour", "https://www.a.example/harbour"]
    files = [tmp_path / "clips" / f"{number}.md" for number in range(2)]
    files[0].parent.mkdir()
    for file, url, text in zip(files, urls, (WHOLE, OTHER), strict=True):
        file.write_text(f"---\ntitle: Harbour\nsource: {url}\n---\n{text}\n")
    import_paths([tmp_path / "clips"], options=Options(jobs=1))
    pair = DoublePair.objects.waiting().get()
    note = annotation(pair.second, people[1], quote="last boat")
    join(people[0], pair.pk, pair.first_id)
    run = import_paths([tmp_path / "clips"], options=Options(jobs=1))
    assert (run.unchanged, run.created) == (2, 0)
    other = next(file for file in files if pair.second.source_url in file.read_text())
    other.write_text(other.read_text().replace("came home", "came back home"))
    run = import_paths([tmp_path / "clips"], options=Options(jobs=1))
    kept = Article.objects.present().get()
    assert (run.updated, run.created, kept.pk) == (1, 0, pair.first_id)
    assert "back home" in kept.revision.text
    # Clipped once more, elsewhere.
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "c.md").write_text(other.read_text().replace("at dawn", "before dawn"))
    assert import_paths([tmp_path / "new"], options=Options(jobs=1)).created == 0
    part(people[0], pair.pk)
    assert Article.objects.present().count() == 2
    assert Annotation.objects.get(pk=note.pk).article_id == pair.second_id
    for each in Article.objects.all():  # as an export needs it
        own = set(each.revisions.values_list("pk", flat=True))
        assert each.revision_id in own
        for noted in each.annotations.all():
            assert {noted.revision_id, noted.anchored_on_id} <= own
        assert set(each.source_files.values_list("revision", flat=True)) <= own


@pytest.mark.django_db(transaction=True)
def test_at_once_in_two_threads_it_is_joined_once(people, pair):
    if connection.vendor == "sqlite":
        pytest.skip("the tests' database in memory does not let writers wait for each other")
    barrier, said = threading.Barrier(2), []

    def decide(kept):
        barrier.wait()
        try:
            said.append(join(people[0], pair.pk, kept).kept_id)
        except Refused as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[kept]) for kept in (pair.first_id, pair.second_id)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = DoublePair.objects.get().kept_id
    assert Article.objects.present().get().pk == kept
    assert kept in said and sum("already" in str(each) for each in said) == 1


def test_what_a_killed_import_did_not_compare_the_next_one_does(db, tmp_path, data_dir):
    killed = ImportRun.objects.create(state=ImportRun.State.INTERRUPTED)
    for text in (WHOLE, OTHER):
        ImportedArticle.objects.create(article=article(text=text), run=killed)
    Path(tmp_path, "a.md").write_text("Something else.")
    import_paths([tmp_path], options=Options(jobs=1))
    assert DoublePair.objects.count() == 1
