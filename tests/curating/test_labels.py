"""Tags, authors and publications are renamed on all their articles, and restored."""

import pytest

from archive.accounts.refusing import Refused
from archive.articles import details
from archive.articles.models import Article, Publication
from archive.curating import bulk_changes
from archive.curating import labels as verbs
from archive.curating.models import Stage, Verb
from tests.factories import annotation, article

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(django_user_model):
    return django_user_model.objects.create_user("keeper", is_staff=True)


@pytest.fixture
def shelf(monkeypatch):
    monkeypatch.setattr(bulk_changes, "SIZE", 2)
    rows = (
        (("war", "peace"), ("Ana Miel", "Bo Ferry"), "NYT"),
        (("war/end",), ("A. Miel",), "New York Times"),
        (("War/End/Later", "conflict"), ("A. Miel", "Ana Miel", "Cy"), "NYT"),
        (("warm", "conflict/end"), (), None),
        (("war", "conflict"), ("Cy", "A. Miel"), "NYT"),
    )
    made = [article(tags=tags, authors=authors, publication=site) for tags, authors, site in rows]
    Article.objects.filter(pk=made[4].pk).trash()  # from where it comes back with its new names
    Publication.objects.filter(name="NYT").update(host="nyt.example")
    return made


def tags(shelf):
    return [sorted(Article.objects.get(pk=each.pk).tags.names()) for each in shelf]


def authors(shelf):
    return [details.values(Article.objects.get(pk=each.pk))["authors"] for each in shelf]


def sites(shelf):
    return [details.values(Article.objects.get(pk=each.pk))["publication"] for each in shelf]


def edited(shelf):
    return [Article.objects.get(pk=each.pk).edited_fields for each in shelf]


def rename(person, verb, old, new):
    change = verbs.rename(person, verb, old, new)
    return bulk_changes.work(person, change.pk, seconds=60)


def undo(person, change):
    bulk_changes.begin_undo(person, change.pk)
    assert bulk_changes.work(person, change.pk, seconds=60).stage == Stage.UNDONE


TAGS = {
    "renamed with all below": (
        "war", "strife",
        [["peace", "strife"], ["strife/end"], ["conflict", "strife/End/Later"], ["conflict/end", "warm"],
         ["conflict", "strife"]],
    ),
    "moved": (
        "war", "news/war",
        [["news/war", "peace"], ["news/war/end"], ["conflict", "news/war/End/Later"], ["conflict/end", "warm"],
         ["conflict", "news/war"]],
    ),
    "merged": (
        "war", "conflict",
        [["conflict", "peace"], ["conflict/end"], ["conflict", "conflict/End/Later"], ["conflict/end", "warm"],
         ["conflict"]],
    ),
    "deleted": ("war", "", [["peace"], [], ["conflict"], ["conflict/end", "warm"], ["conflict"]]),
    "nested deeper": (
        "war/end", "war/end/soon",
        [["peace", "war"], ["war/end/soon"], ["conflict", "war/end/soon/Later"], ["conflict/end", "warm"],
         ["conflict", "war"]],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TAGS)
def test_tags_are_renamed_with_all_below_and_back(keeper, shelf, case):
    old, new, expected = TAGS[case]
    before = tags(shelf)
    change = rename(keeper, Verb.RENAME_TAG, old, new)
    assert tags(shelf) == expected
    touched = [[] if now == then else ["tags"] for now, then in zip(expected, before, strict=True)]
    assert edited(shelf) == touched  # so that a re-import does not bring the old ones back
    undo(keeper, change)
    assert tags(shelf) == before
    assert edited(shelf) == [[]] * 5


def test_another_spelling_is_for_the_tag_itself(keeper, shelf):
    change = rename(keeper, Verb.RENAME_TAG, "war", "WAR")
    assert tags(shelf)[0] == ["WAR", "peace"]
    assert edited(shelf)[0] == []
    undo(keeper, change)
    assert tags(shelf)[0] == ["peace", "war"]


def test_undo_keeps_what_was_changed_since(keeper, shelf):
    change = rename(keeper, Verb.RENAME_TAG, "war", "strife")
    Article.objects.get(pk=shelf[0].pk).edit(tags=["mine"])
    undo(keeper, change)
    assert tags(shelf)[0] == ["mine", "war"]
    assert edited(shelf)[0] == ["tags"]


def test_tags_of_notes_are_left_alone_and_not_counted(keeper, shelf, django_user_model):
    owner = django_user_model.objects.create_user("owner")
    note = annotation(shelf[3], owner, note="Why?", tags=("war", "secret"))
    rename(keeper, Verb.RENAME_TAG, "war", "strife")
    assert sorted(note.tags.names()) == ["secret", "war"]
    names = [label.name for label in verbs.labels(Verb.RENAME_TAG)]
    assert "secret" not in names
    assert "war" not in names
    with pytest.raises(Refused):
        verbs.rename(keeper, Verb.RENAME_TAG, "secret", "told")


def test_tags_are_counted_as_a_tree(shelf):
    article(tags=("far/away",))
    assert [(label.name, label.count, label.depth) for label in verbs.labels(Verb.RENAME_TAG)] == [
        ("conflict", 1, 0), ("conflict/end", 1, 1), ("far", 0, 0), ("far/away", 1, 1), ("peace", 1, 0), ("war", 1, 0),
        ("war/end", 1, 1), ("War/End/Later", 1, 2), ("warm", 1, 0),
    ]  # fmt: skip


def test_authors_are_renamed_merged_and_dropped(keeper, shelf):
    before = authors(shelf)
    change = rename(keeper, Verb.RENAME_AUTHOR, "A. Miel", "Ana Miel")
    assert authors(shelf) == [["Ana Miel", "Bo Ferry"], ["Ana Miel"], ["Ana Miel", "Cy"], [], ["Cy", "Ana Miel"]]
    assert edited(shelf) == [[], ["authors"], ["authors"], [], ["authors"]]
    undo(keeper, change)
    assert (authors(shelf), edited(shelf)) == (before, [[]] * 5)
    change = rename(keeper, Verb.RENAME_AUTHOR, "Cy", "")
    assert authors(shelf)[2:] == [["A. Miel", "Ana Miel"], [], ["A. Miel"]]
    undo(keeper, change)
    assert (authors(shelf), edited(shelf)) == (before, [[]] * 5)


def test_publications_are_renamed_with_their_host_and_merged(keeper, shelf):
    before = sites(shelf)
    for new in ("The Times", "New York Times", ""):
        change = rename(keeper, Verb.RENAME_PUBLICATION, "NYT", new)
        assert sites(shelf) == [new, "New York Times", new, "", new]
        assert edited(shelf)[0] == ["publication"]
        if new:
            assert Publication.objects.get(host="nyt.example").name == new
        undo(keeper, change)
        assert (sites(shelf), edited(shelf)) == (before, [[]] * 5)
        assert Publication.objects.get(host="nyt.example").name == "NYT"


@pytest.mark.parametrize(
    ("verb", "old", "new"),
    [
        (Verb.RENAME_TAG, "war", "war"),
        (Verb.RENAME_TAG, "war", "a, b"),
        (Verb.RENAME_TAG, "war", "x" * 95),  # with what is nested under it, too long
        (Verb.RENAME_TAG, "nothing", "something"),
        (Verb.RENAME_AUTHOR, "Cy", "x" * 201),
        (Verb.RENAME_PUBLICATION, "NYT", " NYT "),
    ],
)
def test_what_would_change_nothing_or_is_too_long_is_refused(keeper, shelf, verb, old, new):
    with pytest.raises(Refused):
        verbs.rename(keeper, verb, old, new)
