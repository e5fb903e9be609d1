"""The pages on which staff tidy up tags, authors and publications."""

import re
from html import unescape

import pytest
from django.urls import reverse

from archive.articles.models import Article
from tests.factories import annotation, article
from tests.web.pages import library, titles


@pytest.fixture
def shelf(db):
    return [
        article(title="One", tags=("sea/boats", "craft"), authors=("Ada",), publication="The Post"),
        article(title="Two", tags=("sea/boats/sail", "craft"), authors=("Bo",), publication="Lamp"),
        article(title="Three", tags=("sea", "kitchen & co"), authors=("Bo",), publication="Lamp"),
    ]


def names(page):
    return [unescape(re.sub(r"<.*?>", "", each)) for each in re.findall(r'<th scope="row".*?</th>', page, re.DOTALL)]


def edit(client, kind, name, **form):
    return client.post(f"{reverse(f'{kind}-edit')}?name={name.replace('&', '%26')}", form, follow=True)


def page_of(client, kind, query=""):
    return client.get(reverse(f"all-{kind}") + query).content.decode()


def test_the_list_counts_searches_and_finds_what_is_used_once(client, keeper, shelf):
    page = page_of(client, "tags")
    assert [name.strip() for name in names(page)] == ["craft", "kitchen & co", "sea", "sea/boats", "sea/boats/sail"]
    assert names(page_of(client, "tags", "?q=BOAT")) == ["sea/boats", "sea/boats/sail"]
    assert "craft" not in names(page_of(client, "tags", "?once=1"))
    assert names(page_of(client, "authors", "?once=1")) == ["Ada"]
    assert names(page_of(client, "publications")) == ["Lamp", "The Post"]
    assert "No tags match." in page_of(client, "tags", "?q=zzz")


def test_a_tag_is_renamed_moved_merged_and_deleted_each_with_its_undo(client, keeper, shelf):
    steps = [
        ("sea", {"action": "rename", "new": "#ocean"}, ["craft", "kitchen & co", "ocean", "ocean/boats"]),
        ("kitchen & co", {"action": "move", "new": "craft"}, ["craft", "craft/kitchen & co", "sea", "sea/boats"]),
        ("sea/boats", {"action": "move", "new": ""}, ["boats", "boats/sail", "craft", "kitchen & co"]),
        ("sea", {"action": "merge", "new": "craft"}, ["craft", "craft/boats", "craft/boats/sail", "kitchen & co"]),
        ("craft", {"action": "delete"}, ["kitchen & co", "sea", "sea/boats", "sea/boats/sail"]),
    ]
    before = names(page_of(client, "tags"))
    for name, form, expected in steps:
        response = edit(client, "tags", name, **form)
        assert "Done: " in response.content.decode(), form
        assert names(page_of(client, "tags"))[:4] == expected
        client.post(re.search(r'action="(/changes/\d+/undo)"', response.content.decode())[1])
        assert names(page_of(client, "tags")) == before


def test_the_library_finds_the_new_name(client, keeper, shelf):
    edit(client, "tags", "sea", action="rename", new="ocean")
    assert sorted(titles(library(client, "/?tag=ocean"))) == ["One", "Three", "Two"]
    edit(client, "authors", "Bo", action="rename", new="Bo Ferry")
    assert sorted(titles(library(client, "/?author=Bo+Ferry"))) == ["Three", "Two"]
    edit(client, "publications", "Lamp", action="merge", new="the post")
    assert len(titles(library(client, "/?site=The+Post"))) == 3


def test_a_name_that_is_there_already_is_asked_about(client, keeper, shelf):
    page = edit(client, "tags", "sea", action="rename", new="Craft").content.decode()
    assert '“<span dir="auto">craft</span>” already exists' in page
    assert sorted(shelf[2].tags.names()) == ["kitchen & co", "sea"]
    edit(
        client,
        "tags",
        "sea",
        action="merge",
        new=unescape(re.search(r'name="new" value="(\w+)">Merge the two', page)[1]),
    )
    assert sorted(Article.objects.get(pk=shelf[2].pk).tags.names()) == ["craft", "kitchen & co"]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"action": "rename", "new": " "}, "Type a name."),
        ({"action": "rename", "new": "a,b"}, "cannot contain a comma"),
        ({"action": "merge", "new": "nothing"}, "There is no “nothing”"),
        ({"action": "move", "new": "sea/boats"}, "cannot be nested under itself"),
        ({"action": "rename", "new": "sea"}, "already its name"),
    ],
)
def test_what_cannot_be_is_said(client, keeper, shelf, form, said):
    response = edit(client, "tags", "sea", **form)
    assert response.status_code == 400
    assert said in unescape(response.content.decode())


def test_tags_of_private_notes_have_no_page(client, keeper, shelf, neighbour):
    annotation(shelf[0], neighbour, note="Why?", tags=("secret",))
    assert names(page_of(client, "tags", "?q=secret")) == []
    assert client.get(reverse("tags-edit") + "?name=secret").status_code == 404
    assert client.get(reverse("tags-edit")).status_code == 404


def test_only_staff_clean_up(client, reader, shelf):
    for name in ("all-tags", "all-authors", "all-publications", "tags-edit", "authors-edit", "publications-edit"):
        assert client.get(reverse(name) + "?name=sea").status_code == 403
    response = client.post(reverse("change-articles"), {"verb": "rename_tag", "asked": ""})
    assert response.status_code in (400, 403)


def test_the_form_for_search_results_renames_nothing(client, keeper, shelf):
    for verb in ("rename_tag", "rename_author", "rename_publication"):
        assert client.post(reverse("change-articles"), {"verb": verb, "asked": ""}).status_code == 400
