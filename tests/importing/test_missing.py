"""What happens to articles whose files disappear and come back."""

import pytest

from archive.articles.models import Article
from tests.importing.texts import OTHER, clip

pytestmark = pytest.mark.django_db


def test_a_missing_file_is_counted_and_its_article_stays(clippings, counts):
    clippings.write("a.md", "words of a")
    clippings.write("b.md", "words of b")
    clippings.run()
    clippings.remove("a.md")
    for _ in range(2):
        assert counts(clippings.run()) == {"unchanged": 1, "missing": 1}
    assert Article.objects.present().count() == 2


def test_only_files_below_the_folders_given_are_missing(clippings, counts):
    clippings.write("one/a.md", "words of a")
    clippings.write("two/b.md", "words of b")
    clippings.write("onetwo/c.md", "words of c")
    clippings.run()
    for name in ("one/a.md", "two/b.md", "onetwo/c.md"):
        clippings.remove(name)
    assert counts(clippings.run("one")) == {"missing": 1}


def test_prune_moves_articles_of_missing_files_to_the_trash_and_a_file_that_comes_back_takes_its_own_out(
    clippings, counts, the_article
):
    path = clippings.write("a.md", "words of a")
    clippings.run()
    content = path.read_bytes()
    clippings.remove("a.md")
    assert counts(clippings.run(prune=True)) == {"missing": 1}
    assert the_article().trashed_at is not None
    assert counts(clippings.run(prune=True)) == {}
    clippings.write("a.md", content)
    assert counts(clippings.run()) == {"unchanged": 1}
    assert the_article().trashed_at is None


def test_a_file_that_comes_back_elsewhere_and_changed_takes_its_article_out_of_the_trash(
    clippings, counts, the_article
):
    clippings.write("a.md", clip("https://a.example/1"))
    clippings.run()
    clippings.remove("a.md")
    clippings.run(prune=True)
    clippings.write("b.md", clip("https://a.example/1", body=OTHER))
    assert counts(clippings.run()) == {"updated": 1}
    assert the_article().trashed_at is None


def test_what_a_person_put_into_the_trash_stays_there(clippings, counts, the_article):
    clippings.write("a.md", "words of a")
    clippings.run()
    Article.objects.all().trash()
    assert counts(clippings.run()) == {"unchanged": 1}
    clippings.move("a.md", "b.md")
    assert counts(clippings.run()) == {"moved": 1}
    clippings.write("b.md", "words of a and more")
    assert counts(clippings.run()) == {"updated": 1}
    assert the_article().trashed_at is not None


def test_prune_leaves_an_article_that_has_another_file(clippings, counts):
    clippings.write("a.md", clip("https://a.example/1"))
    clippings.write("b.md", clip("https://a.example/1"))
    clippings.run()
    clippings.remove("a.md")
    assert counts(clippings.run(prune=True)) == {"unchanged": 1}
    assert Article.objects.present().count() == 1


def test_a_file_that_became_unreadable_is_not_missing(clippings, counts):
    clippings.write("a.md", "words of a")
    clippings.run()
    clippings.write("a.md", b"\0\1\2\xff" * 50)
    assert counts(clippings.run(prune=True)) == {"failed": 1}
    assert Article.objects.present().count() == 1
