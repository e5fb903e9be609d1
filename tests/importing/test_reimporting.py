"""What happens to articles whose files change and move."""

import pytest

from archive.articles.models import Article, Revision
from archive.importing.models import SourceFile
from tests.importing.texts import LONG, OTHER, clip

pytestmark = pytest.mark.django_db


def test_an_unchanged_file_writes_nothing(clippings, counts, django_assert_num_queries):
    clippings.write("a.md", clip("https://a.example/1"))
    clippings.write("b.md", "words")
    clippings.run()
    before = list(SourceFile.objects.values()), list(Article.objects.values()), list(Revision.objects.values())
    assert counts(clippings.run()) == {"unchanged": 2}
    assert before == (
        list(SourceFile.objects.values()),
        list(Article.objects.values()),
        list(Revision.objects.values()),
    )


@pytest.mark.parametrize("content", ["plain words", clip("https://a.example/1")], ids=["by path", "by address"])
def test_a_changed_file_is_a_new_revision(clippings, counts, the_article, content):
    clippings.write("a.md", content)
    clippings.run()
    first = the_article()
    clippings.write("a.md", f"{content}\nand more")
    assert counts(clippings.run()) == {"updated": 1}
    article = the_article()
    assert article.pk == first.pk
    assert article.revisions.count() == 2
    assert "and more" in article.revision.text
    assert counts(clippings.run()) == {"unchanged": 1}


@pytest.mark.parametrize("content", ["plain words", clip("https://a.example/1")], ids=["by path", "by address"])
def test_a_renamed_file_is_the_same_article(clippings, counts, the_article, content):
    clippings.write("a.md", content)
    clippings.run()
    first = the_article()
    clippings.move("a.md", "deep/b.md")
    assert counts(clippings.run()) == {"moved": 1}
    assert the_article().pk == first.pk
    assert Revision.objects.count() == 1
    assert SourceFile.objects.get().location == str(clippings.path / "deep/b.md")
    assert counts(clippings.run()) == {"unchanged": 1}


def test_a_file_that_moved_and_changed_is_the_same_article_by_its_address(clippings, counts, the_article):
    clippings.write("a.md", clip("https://a.example/1"))
    clippings.run()
    clippings.remove("a.md")
    clippings.write("b.md", clip("http://A.example:80/1/?utm_source=x#top", body=OTHER))
    assert counts(clippings.run()) == {"updated": 1}
    assert the_article().revisions.count() == 2


def test_a_file_moved_over_another_that_is_gone(clippings, counts):
    clippings.write("a.md", "the words of a")
    clippings.write("b.md", "the words of b")
    clippings.run()
    b = Article.objects.get(title="b")
    clippings.remove("a.md")
    clippings.move("b.md", "a.md")
    assert counts(clippings.run()) == {"moved": 1, "missing": 1}
    b.refresh_from_db()
    assert b.revisions.count() == 1
    assert b.source_files.get().path == "a.md"
    assert counts(clippings.run()) == {"unchanged": 1, "missing": 1}


@pytest.mark.parametrize(
    "moves",
    [
        {"a": "b", "b": "c", "c": "d"},
        {"d": "c", "c": "b", "b": "a"},
        {"a": "b", "b": "a"},
        {"a": "b", "b": "c", "c": "a"},
        {"b": "a", "a": "z/a"},
    ],
    ids=str,
)
def test_files_that_change_places_are_the_articles_they_were(clippings, counts, moves):
    for name in moves:
        clippings.write(f"{name}.md", f"the words of {name}")
    clippings.run()
    for name in moves:
        clippings.move(f"{name}.md", f"{name}.moving")
    for name, to in moves.items():
        clippings.move(f"{name}.moving", f"{to}.md")
    assert counts(clippings.run()) == {"moved": len(moves)}
    places = {article.title: article.source_files.get(missing_since=None).path for article in Article.objects.all()}
    assert places == {name: f"{to}.md" for name, to in moves.items()}
    assert Revision.objects.count() == len(moves)
    assert counts(clippings.run()) == {"unchanged": len(moves)}


def test_two_copies_without_an_address_are_two_articles(clippings, counts):
    clippings.write("a.md", "the same words")
    clippings.write("b.md", "the same words")
    assert counts(clippings.run()) == {"created": 2}
    assert counts(clippings.run()) == {"unchanged": 2}


def test_two_copies_of_one_address_are_one_article(clippings, counts, the_article):
    clippings.write("a.md", clip("https://a.example/1"))
    clippings.write("b.md", clip("https://a.example/1"))
    assert counts(clippings.run()) == {"created": 1, "unchanged": 1}
    assert the_article().revisions.count() == 1
    assert counts(clippings.run()) == {"unchanged": 2}


def test_two_files_of_one_address_whose_texts_agree_are_revisions_of_one_article(clippings, counts, the_article):
    clippings.write("a.md", clip("https://a.example/1"))
    clippings.write("b.md", clip("https://a.example/1/", "Another title", f"{LONG} and more"))
    assert counts(clippings.run()) == {"created": 1, "updated": 1}
    assert the_article().revisions.count() == 2
    assert counts(clippings.run()) == {"unchanged": 2}


ENGLISH = "\n\n".join(
    f"The {number}th paragraph tells of the sea and of tide number {number}." for number in range(200)
)
CHINESE = "".join(f"第{number}天，潮水在清晨退去，船只停在码头，没有人知道它们何时出发。" for number in range(50))
JAPANESE = "".join(f"{number}日目の朝、潮が引いて船は港に残り、いつ出るのか誰も知らなかった。" for number in range(50))


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (ENGLISH, "To be read before the meeting."),
        (ENGLISH, f"My thoughts.\n\n> {ENGLISH[: len(ENGLISH) // 5]}\n\nI do not agree."),
        (CHINESE, "这篇文章值得再读一遍，作者说得很清楚。"),
        (JAPANESE, "この記事はもう一度読む価値がある。"),
    ],
    ids=["English", "quoting", "Chinese", "Japanese"],
)
@pytest.mark.parametrize("names", ["ab", "ba"])
def test_a_note_about_a_clipping_does_not_replace_it(clippings, counts, text, note, names):
    clippings.write(f"{names[0]}.md", clip("https://a.example/1", body=text))
    clippings.write(f"{names[1]}.md", clip("https://a.example/1", body=note))
    assert counts(clippings.run()) == {"created": 2, "warnings": 1}
    assert clippings.codes() == ["same-address"]
    assert sum(text[-20:] in article.revision.text for article in Article.objects.all()) == 1
    assert counts(clippings.run()) == {"unchanged": 2}
    clippings.write(f"{names[0]}.md", clip("https://a.example/1", body=f"{text} More."))
    assert counts(clippings.run()) == {"updated": 1, "unchanged": 1}


@pytest.mark.parametrize("text", [CHINESE, JAPANESE], ids=["Chinese", "Japanese"])
def test_two_clippings_of_one_address_agree_in_scripts_without_spaces(clippings, counts, the_article, text):
    clippings.write("a.md", clip("https://a.example/1", body=text))
    clippings.write("b.md", clip("https://a.example/1", "Another title", f"前書き。{text}後書き。"))
    assert counts(clippings.run()) == {"created": 1, "updated": 1}
    assert the_article().revisions.count() == 2


def test_two_files_of_one_address_that_tell_different_things_are_two_articles(clippings, counts):
    clippings.write("a.md", clip("https://a.example/1"))
    clippings.write("b.md", clip("https://a.example/1", "Another title", OTHER))
    assert counts(clippings.run()) == {"created": 2, "warnings": 1}
    assert clippings.codes() == ["same-address"]
    assert counts(clippings.run()) == {"unchanged": 2}
    clippings.write("b.md", clip("https://a.example/1", "Another title", f"{OTHER} and more"))
    assert counts(clippings.run()) == {"updated": 1, "unchanged": 1}
    clippings.move("b.md", "c.md")
    assert counts(clippings.run()) == {"moved": 1, "unchanged": 1}
    assert Article.objects.count() == 2


def test_a_copy_of_two_articles_of_one_address_is_those_two(clippings, counts):
    for folder in ("here", "there"):
        clippings.write(f"{folder}/a.md", clip("https://a.example/1"))
        clippings.write(f"{folder}/b.md", clip("https://a.example/1", "Another title", OTHER))
    assert counts(clippings.run("here")) == {"created": 2, "warnings": 1}
    assert counts(clippings.run("there")) == {"unchanged": 2}
    assert counts(clippings.run()) == {"unchanged": 4}
    assert Article.objects.count() == 2


def test_an_address_that_is_put_right_does_not_make_another_article(clippings, counts, the_article):
    clippings.write("a.md", clip("https://a.example/wrong"))
    clippings.run()
    clippings.write("a.md", clip("https://a.example/right"))
    assert counts(clippings.run()) == {"updated": 1}
    assert the_article().source_url == "https://a.example/right"
    clippings.move("a.md", "b.md")
    clippings.write("b.md", clip("https://a.example/right", "New", OTHER))
    assert counts(clippings.run()) == {"updated": 1}


def test_a_file_that_now_holds_another_article_is_another_article(clippings, counts):
    clippings.write("Untitled.md", clip("https://a.example/1"))
    clippings.run()
    clippings.write("Untitled.md", clip("https://a.example/2", "Another title", OTHER))
    assert counts(clippings.run()) == {"created": 1, "missing": 1}
    assert Article.objects.count() == 2


def test_a_note_that_was_rewritten_is_the_same_article(clippings, counts, the_article):
    clippings.write("todo.md", LONG)
    clippings.run()
    clippings.write("todo.md", OTHER)
    assert counts(clippings.run()) == {"updated": 1}
    assert the_article().revisions.count() == 2


def test_a_folder_within_the_folder_holds_the_same_articles(clippings, counts):
    clippings.write("news/a.md", "words")
    clippings.run()
    assert counts(clippings.run("news")) == {"unchanged": 1}
    clippings.write("news/a.md", "other words")
    assert counts(clippings.run("news")) == {"updated": 1}
    assert counts(clippings.run()) == {"unchanged": 1}


def test_files_of_one_path_in_two_folders_are_two_articles(clippings, counts):
    clippings.write("one/README.md", LONG)
    clippings.write("two/README.md", OTHER)
    assert counts(clippings.run("one", "two")) == {"created": 2}
    assert counts(clippings.run("two", "one")) == {"unchanged": 2}


def test_a_folder_that_moved_as_a_whole_holds_the_same_articles(clippings, counts):
    clippings.write("old/a.md", LONG)
    clippings.write("old/b.md", clip("https://a.example/1"))
    clippings.run("old")
    clippings.move("old", "new")
    assert counts(clippings.run("new")) == {"moved": 2}


def test_fields_a_person_edited_win_and_the_report_says_what_the_file_has(clippings, the_article):
    clippings.write("a.md", clip("https://a.example/1", "From the file"))
    clippings.run()
    the_article().edit(title="By hand", tags=["mine"], language="de")
    new = clip("https://a.example/1", "New in the file", OTHER).replace("title:", "tags: [theirs]\nauthor: Ida\ntitle:")
    clippings.write("a.md", new)
    clippings.run()
    article = the_article()
    assert (article.title, list(article.tags.names()), article.language) == ("By hand", ["mine"], "de")
    assert article.authors.get().name == "Ida"
    assert sorted(problem.message for problem in clippings.problems) == [
        "The file now has no language. The edited one was kept.",
        "The file now has the tags “theirs”. The edited one was kept.",
        "The file now has the title “New in the file”. The edited one was kept.",
    ]
    assert {problem.severity for problem in clippings.problems} == {"notice"}


def test_authors_tags_and_dates_follow_the_file(clippings, the_article):
    clippings.write("a.md", "---\nauthor: [Ida, Tom]\ntags: [sea, law]\npublished: 2024\n---\nwords")
    clippings.run()
    clippings.write("a.md", "---\nauthor: [Tom, Rosa, Ida]\ntags: [law, sleep]\n---\nwords")
    clippings.run()
    article = the_article()
    assert [authorship.author.name for authorship in article.authorships.all()] == ["Tom", "Rosa", "Ida"]
    assert sorted(article.tags.names()) == ["law", "sleep"]
    assert (article.published, article.published_precision) == (None, "day")


def test_archives_are_known_again(clippings, counts, tmp_path):
    from tests.importing.test_containers import make_tar, make_zip

    make_zip(clippings.path / "a.zip", {"v/a.md": b"words of a", "v/b.md": b"words of b"})
    make_tar(clippings.path / "a.tar.gz", {"c.md": b"words of c"})
    assert counts(clippings.run("a.zip", "a.tar.gz")) == {"created": 3}
    assert counts(clippings.run("a.zip", "a.tar.gz")) == {"unchanged": 3}
    make_zip(clippings.path / "a.zip", {"v/a.md": b"words of a"})
    assert counts(clippings.run("a.zip")) == {"unchanged": 1, "missing": 1}
    assert counts(clippings.run()) == {"skipped": 2}  # the archives: within a folder they are not opened


def test_a_dry_run_tells_the_same_and_keeps_nothing(clippings, counts, data_dir):
    clippings.write("a.md", clip("https://a.example/1"))
    clippings.write("b.md", clip("https://a.example/1", "Another", OTHER))
    clippings.write("c.md", "![](boat.png)")
    clippings.write("boat.png", b"\x89PNG\r\n\x1a\n" + b"x" * 100)
    dry = clippings.run(dry_run=True)
    told = clippings.problems
    assert dry.pk is None
    assert not any(model.objects.exists() for model in (Article, Revision, SourceFile))
    assert not (data_dir / "attachments").exists()
    assert counts(clippings.run()) == counts(dry)
    assert clippings.problems == told
