import re

import pytest
from django.urls import reverse

from archive.anchoring import Selector
from archive.annotations import writing
from archive.articles.models import Article
from archive.reading import marking
from archive.search import index
from tests.factories import article
from tests.web.pages import body

pytestmark = pytest.mark.usefixtures("public", "db")


def read(client, made, query="", **headers):
    response = client.get(made.get_absolute_url() + query, headers=headers)
    assert response.status_code == 200
    return response


def test_the_body_is_the_revision_s_html_and_nothing_else(client):
    html = "<p>One &amp; <em>two</em></p>\n<ul>\n<li>three</li>\n</ul>\n"
    made = article(html=html)
    assert body(read(client, made).content.decode()) == html


def test_a_missing_or_stale_slug_leads_to_the_right_one_with_the_query(client):
    made = article(title="Neue Wörter")
    for slug in ("", "old-title/", "%D0%BA/"):
        response = client.get(f"/articles/{made.pk}/{slug}?q=w%C3%B6rter&tag=a")
        assert response.status_code in (301, 302)
        assert response["Location"] == f"/articles/{made.pk}/neue-w%C3%B6rter/?q=w%C3%B6rter&tag=a"
    read(client, made)


@pytest.mark.parametrize("title", ["Details", "Original", "Tags", "Trash", "???", "日本語", "a/b", "1..2"])
def test_no_title_hides_a_page_or_is_hidden_by_one(client, title):
    made = article(title=title, html="<p>the text</p>")
    assert "the text" in body(read(client, made).content.decode())


def test_the_head_says_who_wrote_it_where_and_when(client):
    made = article(
        title="The swing bridge",
        authors=("Zoe First", "Adam Second"),
        publication="The Harbour Post",
        published="2026-02-05",
        source_url="https://harbour.example/bridge",
        tags=("bridges",),
        word_count=1000,
    )
    page = read(client, made).content.decode()
    assert page.index("Zoe First") < page.index("Adam Second")
    for shown in (
        "The Harbour Post",
        "5 February 2026",
        "5 min",
        'href="https://harbour.example/bridge"',
        "?tag=bridges",
    ):
        assert shown in page
    assert "<title>The swing bridge · Commonplace</title>" in page


def test_a_source_that_is_no_web_address_is_no_link(client):
    assert "javascript:" not in read(client, article(source_url="javascript:alert(1)")).content.decode()


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("en", "ltr"),
        ("zh-CN", "ltr"),
        ("az-Arab", "rtl"),
        ("ur-Latn", "ltr"),
        ("", "auto"),
    ],
)
def test_language_and_direction_of_the_text(client, language, direction):
    tag = re.search(r'<div id="article-body"[^>]*>', read(client, article(language=language)).content.decode())[0]
    assert f'dir="{direction}"' in tag
    assert (f'lang="{language}"' in tag) == bool(language)


def test_an_outline_from_three_headings_on(client):
    made = article()
    made.revision.headings = [{"level": 2, "text": f"Part <{n}>", "id": f"a-{n}"} for n in range(3)]
    made.revision.save()
    page = read(client, made).content.decode()
    assert '<li class="level-2"><a href="#a-1" dir="auto">Part &lt;1&gt;</a>' in page
    made.revision.headings = made.revision.headings[:2]
    made.revision.save()
    assert "Outline" not in read(client, made).content.decode()


class TestPlaceInTheList:
    @pytest.fixture
    def shelf(self):
        made = [
            article(title=f"T{n}", published=f"2024-01-0{n}", tags=("odd" if n % 2 else "even",)) for n in range(1, 6)
        ]
        index.refresh()
        return made

    def neighbours(self, page):
        found = dict(re.findall(r'rel="(prev|next)" href="([^"]+)"', page))
        return found.get("prev", ""), found.get("next", "")

    def test_before_and_after_in_the_whole_library(self, client, shelf):
        before, after = self.neighbours(read(client, shelf[2]).content.decode())
        assert (before, after) == (shelf[3].get_absolute_url(), shelf[1].get_absolute_url())

    def test_before_and_after_in_the_list_one_came_from(self, client, shelf):
        page = read(client, shelf[2], "?tag=odd&sort=title&after=abc").content.decode()
        before, after = self.neighbours(page)
        here = "?tag=odd&amp;sort=title&amp;after=abc"
        assert (before, after) == (shelf[0].get_absolute_url() + here, shelf[4].get_absolute_url() + here)
        assert f'href="/{here}#article-{shelf[2].pk}">← Back<span class="if-wide"> to the list</span>' in page

    def test_the_list_ends(self, client, shelf):
        assert self.neighbours(read(client, shelf[4]).content.decode())[0] == ""
        assert self.neighbours(read(client, shelf[0]).content.decode())[1] == ""

    def test_rows_of_the_list_carry_it(self, client, shelf):
        page = client.get("/?tag=odd&sort=title").content.decode()
        assert f'{shelf[0].get_absolute_url()}?tag=odd&amp;sort=title"' in page


class TestTags:
    def test_staff_edit_them_and_a_re_import_will_leave_them(self, client, keeper):
        made = article(tags=("old",))
        assert 'value="old"' in read(client, made).content.decode()
        response = client.post(
            reverse("tags", args=[made.pk]), {"seen": "old", "tags": " #new , sea/boats,, New ,802.11"}
        )
        assert response["Location"] == made.get_absolute_url()
        made.refresh_from_db()
        assert sorted(tag.name for tag in made.tags.all()) == ["802.11", "new", "sea/boats"]
        assert made.edited_fields == ["tags"]
        assert made.title in client.get("/?tag=sea").content.decode()

    def test_readers_have_no_form(self, client, reader):
        assert "Edit tags" not in read(client, article(tags=("old",))).content.decode()

    def test_hostile_tags_are_bounded(self, client, keeper):
        made = article()
        client.post(reverse("tags", args=[made.pk]), {"tags": ",".join(["x" * 500, "\0", "#", *map(str, range(1000))])})
        assert 1 < made.tags.count() <= 200


class TestTrash:
    def test_into_the_trash_and_out_again(self, client, keeper):
        made = article(title="Unwanted")
        index.refresh()
        assert client.post(reverse("move-to-trash", args=[made.pk]))["Location"] == "/trash/"
        assert "Unwanted" in client.get("/trash/").content.decode()
        assert "Unwanted" not in client.get("/").content.decode()
        assert "in the trash" in read(client, made).content.decode()
        client.post(reverse("restore", args=[made.pk]))
        assert "Unwanted" in client.get("/").content.decode()

    @pytest.mark.parametrize("name", ["reading", "original", "details"])
    def test_what_is_in_the_trash_is_not_there_for_readers(self, client, reader, name):
        made = article()
        Article.objects.trash()
        arguments = [made.pk, made.slug] if name == "reading" else [made.pk]
        assert client.get(reverse(name, args=arguments)).status_code == 404


def test_what_is_not_there(client):
    response = client.get("/articles/123456/")
    assert response.status_code == 404
    assert "Go to the library" in response.content.decode()


def test_the_number_of_queries_is_bounded(client, django_assert_max_num_queries, django_user_model):
    articles = [
        article(tags=tuple(f"t{n}" for n in range(9)), authors=tuple(f"A{n}" for n in range(9)), publication=f"P{m}")
        for m in range(9)
    ]
    index.refresh()
    read(client, articles[4])  # related articles are cached until the index changes
    with django_assert_max_num_queries(8):
        read(client, articles[4])
    reader = django_user_model.objects.create_user("reader")
    client.force_login(reader)
    for n in range(9):
        writing.annotate(reader, articles[4], Selector("Some words"), note=f"Note {n}", tags=[f"n{n}"])
    marking.star(reader, [articles[4].pk])
    index.refresh()
    read(client, articles[4])
    with django_assert_max_num_queries(13):
        read(client, articles[4])
    with django_assert_max_num_queries(18):  # six of them prepare the search and rank its list
        assert 'class="hit"' in read(client, articles[4], "?q=words").content.decode()
