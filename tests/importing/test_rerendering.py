import pytest
from django.core.management import call_command

from archive.articles.models import Article, Revision
from archive.importing.rerendering import rerender
from archive.query import parse
from archive.search import listing

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100


def derived() -> list[tuple[object, ...]]:
    return [
        *Revision.objects.order_by("pk").values_list(
            "html", "text", "headings", "encoding", "images", "renderer_version"
        ),
        *Article.objects.order_by("pk").values_list("word_count", "title"),
        *Revision.attachments.through.objects.order_by("revision_id").values_list("revision_id", "attachment_id"),
    ]


@pytest.fixture
def imported(clippings):
    clippings.write("a.md", "---\nurl: https://a.example/1\n---\n# One\n\n## Two\n\n![A boat](boat.png) *words*\n")
    clippings.write("boat.png", PNG)
    clippings.write("b.md", "Grüße, in alter Schrift geschrieben; schöne Wörter überall.".encode("cp1252"))
    clippings.run()
    clippings.write("a.md", "# Other\n\nwords")
    clippings.run()
    clippings.remove("boat.png")
    return clippings


def test_all_that_is_derived_can_be_made_again_from_the_originals(imported):
    before = derived()
    Revision.objects.update(html="", text="", headings=[], renderer_version=0)
    Article.objects.update(word_count=0)
    assert rerender(jobs=1) == 3
    assert derived() == before
    assert listing.find(parse("")).total == 2


def test_only_what_an_older_renderer_made_is_rendered(imported):
    assert rerender(jobs=1) == 0
    Revision.objects.filter(path="b.md").update(renderer_version=0)
    assert rerender(jobs=1) == 1
    assert rerender(everything=True, jobs=1) == 3


def test_the_command(imported, capsys):
    call_command("rerender_articles", "--all")
    assert "3 revisions rendered." in capsys.readouterr().out
