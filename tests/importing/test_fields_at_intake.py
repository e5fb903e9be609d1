"""How the importer handles fields and names beyond what the file states."""

import pytest
from django.contrib.auth.models import User
from taggit.models import Tag

from archive.annotations.models import Annotation
from archive.articles.models import Article, Publication
from archive.articles.tag_names import tag_named, tags_named
from archive.importing.rerendering import rerender
from tests.importing.texts import LONG, clip

pytestmark = pytest.mark.django_db
ENGLISH = "Twice a day the water comes into the harbour, and twice a day it leaves again, and nobody has to look. " * 3
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100


def test_a_language_that_is_not_stated_is_told_by_the_text(clippings, the_article):
    clippings.write("a.md", ENGLISH)
    clippings.run()
    assert the_article().language == "en"


@pytest.mark.parametrize(("stated", "language"), [("de", "de"), ("klingon", "")])
def test_a_stated_language_counts_even_against_the_text(clippings, the_article, stated, language):
    clippings.write("a.md", f"---\nlang: {stated}\n---\n{ENGLISH}")
    clippings.run()
    assert the_article().language == language


def test_rendering_again_fills_in_the_language_unless_a_person_took_it_away(clippings, the_article):
    clippings.write("a.md", ENGLISH)
    clippings.run()
    Article.objects.update(language="")
    rerender(everything=True, jobs=1)
    assert the_article().language == "en"
    the_article().edit(language="")
    rerender(everything=True, jobs=1)
    assert the_article().language == ""


def test_a_page_of_a_folder_has_the_folders_name_and_day(clippings, the_article):
    clippings.write("content/2024-03-02-tides/index.md", "Words.")
    clippings.run()
    assert (the_article().title, str(the_article().published)) == ("2024-03-02-tides", "2024-03-02")


@pytest.mark.parametrize(("on_disk", "written"), [("b\u00fccher", "bu\u0308cher"), ("bu\u0308cher", "b\u00fccher")])
@pytest.mark.parametrize("link", ["![]({}.png)", "![[{}.png]]"])
def test_a_picture_is_found_however_its_accents_are_written(clippings, the_article, on_disk, written, link):
    clippings.write(f"images/{on_disk}.png", PNG)
    clippings.write("images/a.md", link.format(written))
    clippings.run()
    assert the_article().revision.attachments.count() == 1


def test_a_file_is_the_same_however_its_accents_are_written(clippings, tmp_path, counts):
    clippings.write("one/bu\u0308cher.md", LONG)
    clippings.run("one")
    clippings.write("two/b\u00fccher.md", f"{LONG} and more")
    assert counts(clippings.run("two")) == {"updated": 1}


def test_tags_are_one_whatever_their_case_and_accents(clippings, the_article):
    clippings.write("a.md", "---\ntags: [\u00d6konomie]\n---\nwords")
    clippings.run()
    article = the_article()
    assert tag_named("o\u0308konomie") == tag_named("\u00d6KONOMIE") == Tag.objects.get()
    article.edit(tags=["\u00f6konomie", "Neu", "neu"])
    assert sorted(article.tags.names()) == ["Neu", "\u00d6konomie"]
    assert [tag.name for tag in tags_named(["NEU", "Stra\u00dfe", "STRASSE"])] == ["Neu", "Stra\u00dfe"]


def test_one_journal_does_not_rename_its_host_but_several_files_that_agree_do(clippings):
    def write(name, number, extra=""):
        clippings.write(
            name,
            clip(f"https://www.papers.example/{number}", f"Title {number}", f"Words {number}.").replace(
                "title:", f"{extra}title:"
            ),
        )

    write("a.md", 1)
    write("b.md", 2, "journal: Tidal Letters\n")
    clippings.run()
    by_path = {article.revision.path: str(article.publication) for article in Article.objects.all()}
    assert by_path == {"a.md": "papers.example", "b.md": "Tidal Letters"}
    write("c.md", 3, "journal: Tidal Letters\n")
    write("d.md", 4, "journal: Tidal Letters\n")
    write("e.md", 5)
    clippings.run()
    by_path = {article.revision.path: str(article.publication) for article in Article.objects.all()}
    assert set(by_path.values()) == {"Tidal Letters"}
    assert Publication.objects.get(name="Tidal Letters").host == "papers.example"


def test_a_site_renames_its_host_at_once(clippings):
    clippings.write("a.md", clip("https://post.example/1", "One", "Words."))
    clippings.write(
        "b.md", clip("https://post.example/2", "Two", "Others.").replace("title:", "site: The Post\ntitle:")
    )
    clippings.run()
    assert {str(article.publication) for article in Article.objects.all()} == {"The Post"}


READWISE = """\
# Tides

## Metadata
- Author: [[Ida Brandt]]
- URL: https://a.example/1

## Highlights
- Twice a day the water comes. ([View Highlight](https://read.readwise.io/read/01h))
"""
LOGSEQ = """\
title:: Tides
url:: https://a.example/1

- ## Highlights first synced by [[Readwise]] [[2024-01-02]]
  - Twice a day the water comes.
"""


@pytest.mark.parametrize("highlights", [READWISE, LOGSEQ], ids=["Readwise", "Logseq"])
@pytest.mark.parametrize("order", ["ab", "ba"])
@pytest.mark.parametrize("article_stays", [True, False])
def test_highlights_of_an_article_do_not_replace_it(clippings, counts, highlights, order, article_stays):
    clippings.write(f"{order[0]}.md", clip("https://a.example/1", "Tides", LONG))
    if not article_stays:
        clippings.run()
        clippings.remove(f"{order[0]}.md")
    clippings.write(f"{order[1]}.md", highlights)
    assert clippings.run().failed == 0
    assert LONG in Article.objects.get().revision.text
    assert [note.exact for note in Annotation.objects.all()] == ["Twice a day the water comes."]
    clippings.write(f"{order[1]}.md", f"{highlights}- And more.\n")
    clippings.run()
    assert LONG in Article.objects.get().revision.text
    assert {note.exact for note in Annotation.objects.all()} == {"Twice a day the water comes.", "And more."}


def test_what_an_administrator_corrects_is_kept(clippings, the_article, client):
    content = (
        "---\ntitle: Tides\nauthor: Wrong Name\nimage: https://a.example/wrong.png\nmodified: 2020-01-01\n---\nWords"
    )
    clippings.write("a.md", content)
    clippings.run()
    article = the_article()
    client.force_login(User.objects.create_superuser("ida"))
    from archive.articles.models import Author

    right = Author.objects.create(name="Right Name")
    authorship = article.authorships.get()
    form = client.get(f"/admin/articles/article/{article.pk}/change/").context["adminform"].form
    data = {name: value for name, value in form.initial.items() if value is not None}
    data |= {"image": "https://a.example/right.png", "tags": "", "modified": "2021-02-03", "edited_fields": "[]"}
    data |= {
        "authorships-TOTAL_FORMS": 1,
        "authorships-INITIAL_FORMS": 1,
        "authorships-0-id": authorship.pk,
        "authorships-0-article": article.pk,
        "authorships-0-author": right.pk,
        "authorships-0-position": 0,
    }
    answer = client.post(f"/admin/articles/article/{article.pk}/change/", data)
    assert answer.status_code == 302, answer.context["errors"]
    clippings.write("a.md", f"{content} and more")
    clippings.run()
    article = the_article()
    assert [author.name for author in article.authors.all()] == ["Right Name"]
    assert (article.image, str(article.modified)) == ("https://a.example/right.png", "2021-02-03")
