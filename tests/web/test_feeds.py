import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.utils import timezone

from archive.articles.models import Article, Revision
from archive.curating import saved_searches
from archive.reading import marking
from archive.search import index
from archive.web.atom import fit
from tests.factories import annotation, article

ATOM = {"atom": "http://www.w3.org/2005/Atom"}


@pytest.fixture(autouse=True)
def _shelf(db):
    article(title="Old", published="2026-01-01", tags=("sea",))
    article(
        title="A <b>bold</b> & \x07 title",
        published="1990-01-01",
        tags=("sea", "a & b"),
        authors=("Ana Miel",),
        publication="Harbour",
        description="What it <says>",
    )
    article(title="Bread", tags=("kitchen",))
    index.refresh()


@pytest.fixture
def saved(django_user_model):
    person = django_user_model.objects.create_user("maria", password="a long password")
    return saved_searches.keep(person, "By the sea", "tag=sea")


def read(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def titles(feed):
    return [title.text for title in feed.findall("atom:entry/atom:title", ATOM)]


def test_the_feed_of_the_archive_has_what_came_last_first(client, public):
    feed = read(client.get("/feed"))
    assert titles(feed) == ["Bread", "A <b>bold</b> &   title", "Old"]
    assert feed.findtext("atom:title", namespaces=ATOM) == "Commonplace"


def test_an_entry_says_where_the_article_is_and_what(client, public):
    entry = read(client.get("/feed?q=bold")).find("atom:entry", ATOM)
    made = Article.objects.get(publication__name="Harbour")
    assert entry.find("atom:link", ATOM).get("href") == f"http://testserver{made.get_absolute_url()}"
    assert entry.findtext("atom:id", namespaces=ATOM) == f"http://testserver/articles/{made.pk}/"
    assert entry.findtext("atom:author/atom:name", namespaces=ATOM) == "Ana Miel"
    assert entry.findtext("atom:summary", namespaces=ATOM) == (
        "<bdi>Harbour, 1 January 1990</bdi><br><bdi>What it &lt;says&gt;</bdi>"
    )
    assert {each.get("term") for each in entry.findall("atom:category", ATOM)} == {"sea", "a & b"}


def test_a_feed_has_an_author_and_each_person_an_element(client, public):
    article(title="Two", authors=("Ana Miel", "Bo, Berg & Co."))
    index.refresh()
    feed = read(client.get("/feed?q=two"))
    assert feed.findtext("atom:author/atom:name", namespaces=ATOM) == "Commonplace"
    names = feed.findall("atom:entry/atom:author/atom:name", ATOM)
    assert [name.text for name in names] == ["Ana Miel", "Bo, Berg & Co."]


def test_updated_moves_when_the_article_was_changed_and_only_then(client, public, django_user_model):
    def updated():
        index.refresh()
        feed = read(client.get("/feed"))
        return feed.findtext("atom:updated", namespaces=ATOM), times(feed)

    def times(feed):
        entries = feed.findall("atom:entry", ATOM)
        return {
            each.findtext("atom:title", namespaces=ATOM): each.findtext("atom:updated", namespaces=ATOM)
            for each in entries
        }

    before = updated()
    old = Article.objects.get(title="Old")
    annotation(old, django_user_model.objects.create_user("maria"), note="shared", shared=True)
    assert updated() == before
    later = timezone.now() + timedelta(days=1)
    Revision.objects.filter(pk=old.revision_id).update(created_at=later)
    Article.objects.filter(pk=old.pk).update(title="Old, again")
    latest, entries = updated()
    assert latest == entries["Old, again"] > before[0]
    assert entries["Bread"] == before[1]["Bread"]


def test_the_feed_of_a_search(client, public):
    feed = read(client.get("/feed?tag=sea&sort=title"))
    assert titles(feed) == ["A <b>bold</b> &   title", "Old"]
    assert feed.findtext("atom:title", namespaces=ATOM) == "tag: sea · Commonplace"


@pytest.mark.parametrize("address", ["/", "/?tag=sea"])
def test_the_library_names_its_feeds(client, public, address):
    page = client.get(address).content.decode()
    assert '<link rel="alternate" type="application/atom+xml" title="Commonplace" href="/feed">' in page
    assert ('href="/feed?tag=sea">' in page) == (address != "/")


def test_in_a_private_archive_the_secret_address_alone_opens_a_feed(client, saved):
    assert client.get("/feed").status_code == 302
    response = client.get(f"/feeds/{saved.secret}")
    assert titles(read(response)) == ["A <b>bold</b> &   title", "Old"]
    assert response["X-Robots-Tag"] == "noindex"
    assert "private" in response["Cache-Control"]
    assert len(saved.secret) == 43
    for secret in (saved.secret[:-1], saved.secret.swapcase(), "x", "%00"):
        assert client.get(f"/feeds/{secret}").status_code == 404


def test_a_private_feed_is_that_of_its_owner(client, saved):
    unread = saved_searches.keep(saved.owner, "To read", "q=is:unread+tag:sea")
    address = f"/feeds/{unread.secret}"
    first = client.get(address)
    assert len(titles(read(first))) == 2
    marking.mark_read(saved.owner, [Article.objects.get(title="Old").pk])
    index.refresh()
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert titles(read(again)) == ["A <b>bold</b> &   title"]


def test_a_renewed_secret_and_a_person_shut_out_close_the_feed(client, saved):
    renewed = saved_searches.renew_secret(saved.owner, saved.pk)
    assert client.get(f"/feeds/{saved.secret}").status_code == 404
    assert client.get(f"/feeds/{renewed.secret}").status_code == 200
    saved.owner.is_active = False
    saved.owner.save()
    assert client.get(f"/feeds/{renewed.secret}").status_code == 404


def test_a_feed_that_has_not_changed_is_not_sent_again(client, saved, django_assert_max_num_queries):
    address = f"/feeds/{saved.secret}"
    first = client.get(address)
    with django_assert_max_num_queries(3):
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(address, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    Article.objects.filter(title="Old").trash()
    index.refresh()
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert titles(read(again)) == ["A <b>bold</b> &   title"]


def test_a_private_note_does_not_change_what_others_are_sent(client, public, saved):
    before = client.get("/feed")
    annotation(Article.objects.first(), saved.owner, note="private")
    index.refresh()
    after = client.get("/feed")
    assert (after["ETag"], after["Last-Modified"]) == (before["ETag"], before["Last-Modified"])
    assert client.get("/feed", headers={"If-None-Match": before["ETag"]}).status_code == 304


def test_what_one_person_is_sent_is_not_taken_for_another_s(client, django_user_model, db):
    made, people = article(), [django_user_model.objects.create_user(name) for name in ("a", "b")]
    marking.star(people[0], [made.pk])
    index.refresh()
    client.force_login(people[0])
    starred = client.get("/feed?q=is:starred")
    assert len(titles(read(starred))) == 1
    client.force_login(people[1])
    again = client.get("/feed?q=is:starred", headers={"If-None-Match": starred["ETag"]})
    assert again.status_code == 200 and titles(read(again)) == []
    assert again["ETag"] != starred["ETag"]


def test_a_feed_costs_the_same_for_many_articles(client, public, django_assert_max_num_queries):
    for _ in range(60):
        article(tags=("sea",), authors=("A", "B"), publication="P")
    index.refresh()
    with django_assert_max_num_queries(6):
        assert len(titles(read(client.get("/feed?tag=sea")))) == 50


def test_a_feed_of_nothing_is_a_feed(client, public):
    assert titles(read(client.get("/feed?q=nothinglikethis"))) == []


def test_what_no_xml_may_contain_is_in_no_feed_and_a_browser_shows_it(client, public):
    article(title="A\ufffe\uffff\x0b\x1f title", tags=("t\ufffe",), authors=("N\x01",))
    index.refresh()
    for address in ("/feed", "/feed?q=%EF%BF%BE%01+OR+title", "/feed?tag=t%EF%BF%BE%02"):
        answer = client.get(address)
        read(answer)
        assert b'<?xml-stylesheet href="/static/css/feed.css" type="text/css"?>' in answer.content
        assert not set("\ufffe\uffff\x01\x02\x0b\x1f") & set(answer.content.decode())


def test_a_browser_is_told_that_it_is_xml_which_it_can_show(client, public):
    answer = client.get("/feed", headers={"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"})
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    assert "Accept" in answer["Vary"] and "Accept" in client.get("/feed")["Vary"]


@pytest.mark.parametrize("text", ["a\ud800b", "a\x00b", "a\ufffeb", "a\rb", "a\x0cb"])
def test_a_text_fit_for_xml(text):
    assert fit(text) == "a b"
    assert fit("a\tb\nc 😀") == "a\tb\nc 😀"
