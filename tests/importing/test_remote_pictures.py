"""Images on other sites are stored in the archive, once, and the page then loads nothing from elsewhere. Uses a local
server."""

import threading
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from archive.annotations.models import Annotation
from archive.articles.models import Article, Attachment
from archive.importing import fetching, remote_pictures
from archive.importing.leftovers import settle_lost_runs
from archive.importing.models import ImportProblem, ImportRun, RemotePicture
from archive.importing.remote_pictures import AlreadyFetching, fetch_pictures
from archive.locking import locked
from tests.factories import annotation, rendered
from tests.importing.pictures_elsewhere import PNG, serving

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site(monkeypatch, data_dir):
    """An image server that counts as public; waits between requests are short."""
    monkeypatch.setattr(remote_pictures, "SECONDS_BETWEEN", 0.0)
    monkeypatch.setattr(remote_pictures, "SECONDS", 0.5)
    with serving() as server:
        real = fetching.may_connect
        monkeypatch.setattr(
            fetching, "may_connect", lambda at, port: port == server.server_address[1] or real(at, port)
        )
        server.url = f"http://127.0.0.1:{server.server_address[1]}"
        yield server


def made(site, *names, **fields):
    addresses = [name if "://" in name else f"{site.url}/{name}" for name in names]
    pieces = (f"![{name}]({address})\n\nWords of {name}." for name, address in zip(names, addresses, strict=True))
    return rendered("\n\n".join(pieces), **fields)


def fetched(**options):
    return fetch_pictures(list(Article.objects.order_by("pk").values_list("pk", flat=True)), **options)


def html_of(article):
    article.refresh_from_db()
    return article.revision.html


def test_the_page_shows_the_kept_picture_and_loads_no_stranger(site, client, keeper):
    article = made(site, "a.png", "b.jpg")
    note = annotation(article, keeper, quote="Words of a.png")
    text = article.revision.text
    assert html_of(article).count("data-remote-src") == 2
    run = fetched(by=keeper)
    assert (run.total, run.done, run.created, run.failed, run.state) == (1, 1, 2, 0, "finished")
    html = html_of(article)
    assert "data-remote-src" not in html and html.count('src="/attachments/') == 2 and 'width="1"' in html
    assert article.revision.text == text and Annotation.objects.get(pk=note.pk).status == "anchored"
    page = client.get(article.get_absolute_url())
    assert "on other sites" not in page.content.decode() and site.url not in page.content.decode()
    for attachment in Attachment.objects.all():
        assert b"".join(client.get(f"/attachments/{attachment.sha256}").streaming_content).startswith(PNG)


def test_what_was_fetched_is_not_asked_for_again(site):
    first, second = made(site, "a.png"), made(site, "a.png", "b.png")
    fetched()
    assert sorted(site.asked) == ["/a.png", "/b.png"]
    assert "data-remote-src" not in html_of(first) + html_of(second)
    assert fetched().total == 0 and len(site.asked) == 2
    third = made(site, "a.png")  # a later clipping, or a new version of one
    assert fetched().unchanged == 1 and len(site.asked) == 2
    assert "data-remote-src" not in html_of(third)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("page.html.png", "not an image"),
        ("missing.png", "answered 404"),
        ("endless.png", "larger than"),
        ("slow.png", "too long"),
        ("http://10.0.0.1/a.png", "not a public address"),
        ("http://[::1]/a.png", "not a public address"),
        ("http://169.254.169.254/a.png", "not a public address"),
        ("inside.png", "not a public address"),
        ("http://nowhere.invalid/a.png", "No server"),
    ],
)
def test_what_cannot_be_kept_is_said_and_the_rest_goes_on(site, monkeypatch, name, why):
    monkeypatch.setattr(remote_pictures, "LARGEST_PICTURE", 2_000_000)
    article = made(site, name, "a.png")
    run = fetched()
    assert (run.created, run.failed) == (1, 1)
    assert why in ImportProblem.objects.get(run=run).message
    assert html_of(article).count("data-remote-src") == html_of(article).count('src="/attachments/') == 1
    asked = len(site.asked)
    assert fetched().skipped == 1 and len(site.asked) == asked, "not asked for again by itself"
    assert fetched(again=True).failed == 1


def test_a_host_that_fails_is_left_alone_and_asked_the_next_time(site, monkeypatch):
    monkeypatch.setattr(remote_pictures, "SECONDS", 0.2)
    made(site, *(f"slow.png?{n}" for n in range(5)))
    run = fetched()
    assert (run.failed, run.skipped, len(site.asked)) == (3, 2, 3)
    assert "tried next time" in ImportProblem.objects.filter(run=run).last().message
    assert RemotePicture.objects.count() == 3


def test_hosts_are_given_time(site, monkeypatch):
    monkeypatch.setattr(remote_pictures, "SECONDS_BETWEEN", 0.3)
    made(site, "a.png", "b.png")
    started = time.monotonic()
    fetched()
    assert time.monotonic() - started > 0.3


def test_one_that_was_broken_off_goes_on(site, monkeypatch):
    monkeypatch.setattr(remote_pictures, "ARTICLES_AT_ONCE", 1)
    articles = [made(site, f"{n}.png") for n in range(3)]
    real = remote_pictures.fetch

    def break_off(address, **limits):
        if address.endswith("/1.png"):
            raise KeyboardInterrupt
        return real(address, **limits)

    monkeypatch.setattr(remote_pictures, "fetch", break_off)
    with pytest.raises(KeyboardInterrupt):
        fetched()
    assert ImportRun.objects.get().state == "interrupted"
    monkeypatch.setattr(remote_pictures, "fetch", real)
    assert fetched().created == 2
    assert not any("data-remote-src" in html_of(article) for article in articles)


def test_one_at_a_time_and_what_a_dead_process_left_is_settled(site):
    lost = ImportRun.objects.create(kind="pictures", total=5)
    with locked(remote_pictures._lock()):
        settle_lost_runs()
        with pytest.raises(AlreadyFetching):
            fetched()
    lost.refresh_from_db()
    assert lost.is_running
    settle_lost_runs()
    lost.refresh_from_db()
    assert lost.state == "interrupted"


def test_the_command_takes_what_a_search_finds(site):
    from archive.search import index

    made(site, "a.png", title="Tides")
    other = made(site, "b.png", title="Lamps")
    index.refresh()
    out = StringIO()
    call_command("fetch_pictures", q="title:tides", stdout=out)
    assert "1 images fetched" in out.getvalue() and site.asked == ["/a.png"]
    assert "data-remote-src" in html_of(other)
    with pytest.raises(CommandError):
        call_command("fetch_pictures", q="before:never")


def test_staff_press_a_button_and_see_the_report(site, client, keeper, django_user_model):
    article, other = made(site, "a.png"), made(site, "b.png")
    assert reverse("fetch-images") in client.get(article.get_absolute_url()).content.decode()
    response = client.post(reverse("fetch-images"), {"article": article.pk})
    for thread in threading.enumerate():
        if thread.name == "import":
            thread.join(30)
    page = client.get(response["Location"]).content.decode()
    assert "1 image fetched for 1 article." in page
    assert "data-remote-src" not in html_of(article) and "data-remote-src" in html_of(other)
    assert "Images on other sites</bdi>, 1 fetched" in client.get(reverse("imports")).content.decode()
    client.force_login(django_user_model.objects.create_user("reader"))
    assert client.post(reverse("fetch-images")).status_code == 403
    assert reverse("fetch-images") not in client.get(other.get_absolute_url()).content.decode()
    assert site.asked == ["/a.png"]


@pytest.fixture
def keeper(client, transactional_db, django_user_model):
    person = django_user_model.objects.create_superuser("keeper")
    client.force_login(person)
    return person
