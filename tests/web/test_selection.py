"""Articles that are selected in the list: what is offered to whom, done, said and undone."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from archive.articles.models import Article
from archive.curating import collections
from archive.curating.models import BulkChange, CollectionItem
from archive.reading import marking
from archive.reading.models import ReadingState
from archive.search import index
from tests.factories import article
from tests.web.pages import library, titles

pytestmark = pytest.mark.django_db
CHANGE = reverse("change-articles")
LIST = "/?tag=sea"
UNDO = re.compile(r'action="(/changes/\d+/undo)"')


@pytest.fixture
def boats(db):
    made = [article(title=f"Boat {n}", tags=("sea",)) for n in range(3)]
    article(title="Bread", tags=("kitchen",))
    index.refresh()
    return made


def send(client, verb, articles, address=CHANGE, **fields):
    ids = [getattr(each, "pk", each) for each in articles]
    return client.post(address, {"verb": verb, "article": ids, "next": LIST, **fields}, follow=True)


def state(person):
    marks = (
        ReadingState.objects.owned_by(person).order_by("article").values("article", "read_at", "position", "starred_at")
    )
    kept = [each for each in marks if any(value for name, value in each.items() if name != "article")]
    articles = [(each.pk, each.trashed_at, sorted(each.tags.names())) for each in Article.objects.order_by("pk")]
    return kept, articles


def test_visitors_select_nothing_readers_their_own_and_staff_all(client, public, boats, django_user_model):
    def offered():
        page = library(client)
        return page.count('class="choose"'), set(re.findall(r'name="verb" value="(\w+)"', page))

    own = {"star", "unstar", "read", "unread"}
    assert offered() == (0, set())
    assert 'id="selection"' not in library(client)
    client.force_login(django_user_model.objects.create_user("reader"))
    assert offered() == (4, own)
    client.force_login(django_user_model.objects.create_user("keeper", is_staff=True))
    assert offered() == (4, own | {"tag", "untag", "trash"})


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("star", "1 article starred."),
        ("unstar", "Stars removed from 1 article."),
        ("read", "1 article marked as read."),
        ("unread", "1 article marked as unread."),
        ("tag", "Tags added to 2 articles."),
        ("untag", "Tags removed from 2 articles."),
        ("trash", "2 articles moved to trash."),
    ],
)
def test_it_is_done_said_in_the_list_and_undone_there(client, keeper, boats, verb, said):
    first, second, _ = boats
    marking.star(keeper, [first.pk])
    marking.mark_read(keeper, [first.pk])
    if verb == "read":
        marking.keep_place(keeper, second.pk, 7)
    before = state(keeper)
    answer = send(client, verb, boats[:2], tags="sea" if verb == "untag" else "harbour")
    page = answer.content.decode()
    assert answer.redirect_chain == [(LIST, 302)]
    assert f"<span>{said}</span>" in page
    assert state(keeper) != before
    made = BulkChange.objects.get()
    assert (made.is_selection, made.total) == (True, 2)
    assert "Articles selected in the list" in client.get(f"/changes/{made.pk}/").content.decode()
    (undo,) = UNDO.findall(page)
    for _ in range(2):  # a second click does no more than the first
        answer = client.post(undo, {"next": LIST}, follow=True)
        assert answer.redirect_chain == [(LIST, 302)] and "Undone" in answer.content.decode()
    assert state(keeper) == before


def test_later_reading_is_not_undone(client, reader, boats):
    send(client, "read", boats)
    marking.mark_unread(reader, [boats[0].pk])
    marking.keep_place(reader, boats[0].pk, 5)
    client.post(f"/changes/{BulkChange.objects.get().pk}/undo")
    assert [(each.article_id, each.position) for each in ReadingState.objects.exclude(position=None)] == [
        (boats[0].pk, 5)
    ]
    assert not ReadingState.objects.exclude(read_at=None).exists()


@pytest.mark.parametrize("verb", ["tag", "untag", "trash"])
def test_only_staff_change_articles(client, reader, boats, verb):
    assert send(client, verb, boats, tags="new").status_code == 403
    assert not BulkChange.objects.exists()


def test_what_is_gone_is_left_out_and_nothing_is_refused(client, keeper, boats):
    Article.objects.filter(pk=boats[0].pk).trash()
    assert "1 article starred." in send(client, "star", [boats[0], boats[1], 99_999, "x", "-1"]).content.decode()
    for articles in ([], [boats[0]], ["x"]):
        page = send(client, "star", articles).content.decode()
        assert "Select some articles first." in page
    assert "Name the tags" in send(client, "tag", boats).content.decode()
    assert "Nothing needed changing." in send(client, "star", [boats[1]]).content.decode()
    assert send(client, "burn", boats).status_code == 400


def test_all_of_the_page_and_all_that_is_found(client, keeper, boats):
    (whole,) = re.findall(r'name="page" value="([\d,]+)"', library(client, LIST))
    assert set(whole.split(",")) == {str(each.pk) for each in boats}
    assert "3 articles starred." in send(client, "star", [], page=whole).content.decode()
    page = send(client, "trash", boats[:1], asked="tag=sea").content.decode()
    assert "Move 3 articles to the trash?" in page
    assert 'name="asked"' not in library(client, LIST).partition('id="selection"')[2]
    for number in range(30):
        article(title=f"Ferry {number}", tags=("sea",))
    index.refresh()
    assert 'name="asked" value="tag=sea"' in library(client, LIST).partition('id="selection"')[2]


def test_they_go_into_a_collection_that_is_there_or_a_new_one(client, reader, boats):
    add = reverse("add-to-collection")
    for _ in range(2):
        answer = send(client, "", boats[:2], add, name="Night  boats")
    assert answer.redirect_chain == [(LIST, 302)] and "already has these articles" in answer.content.decode()
    made = collections.kept_by(reader).get()
    send(client, "", [], add, collection=made.pk, page=f"{boats[2].pk},{boats[0].pk}")
    order = CollectionItem.objects.filter(collection=made).order_by("position")
    assert list(order.values_list("article", flat=True)) == [each.pk for each in boats]
    assert f'<option value="{made.pk}">Night boats</option>' in library(client)


def test_they_are_exported_and_no_others(client, keeper, boats):
    answer = send(client, "", [boats[2], boats[0]], reverse("export-articles"))
    address = urlsplit(answer.redirect_chain[-1][0])
    assert parse_qs(address.query) == {"article": [str(boats[2].pk), str(boats[0].pk)], "next": [LIST]}
    page = answer.content.decode()
    assert f'href="{LIST}">← Back to the list' in page.replace("&amp;", "&")
    assert "Export 2 articles" in page
    (ris,) = re.findall(r'href="(/export/articles\.ris[^"]*)"', page)
    text = b"".join(client.get(ris.replace("&amp;", "&"))).decode()
    assert re.findall(r"^TI  - (.*?)\r?$", text, re.MULTILINE) == ["Boat 2", "Boat 0"]
    Article.objects.filter(pk__in=[boats[0].pk, boats[2].pk]).trash()
    assert "No articles match" in client.get(address.geturl()).content.decode()
    assert "Select some articles first." in send(client, "", [], reverse("export-articles")).content.decode()
    everything = client.post(reverse("export-articles"), {"asked": "tag=sea"})
    assert everything.headers["Location"] == "/export?tag=sea"


def test_a_way_back_leads_nowhere_else(client, reader, boats):
    for elsewhere in ("https://evil.example/", "//evil.example/", ""):
        answer = client.post(CHANGE, {"verb": "star", "article": boats[0].pk, "next": elsewhere})
        assert answer.headers["Location"] == "/"


def test_the_list_comes_back_without_what_went_to_the_trash(client, keeper, boats):
    page = send(client, "trash", boats[:2]).content.decode()
    assert titles(page) == ["Boat 2"]
