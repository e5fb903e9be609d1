"""Times are shown and exported in the reader's time zone; publication dates are the same everywhere."""

import ast
import csv
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from archive.accounts import time_zones
from archive.anchoring import Selector
from archive.annotations import writing
from archive.annotations.models import Annotation
from archive.curating import saved_searches
from archive.importing.models import ImportRun
from archive.web.library_search import LibrarySearch
from archive.web.notebook_search import NotebookSearch
from tests.factories import article as make_article

LOS_ANGELES, TOKYO = "America/Los_Angeles", "Asia/Tokyo"
EVENING = datetime(2026, 11, 29, 2, 15, tzinfo=UTC)  # 28 November, 18:15 in Los Angeles; 11:15 on the 29th in Tokyo
NEW_YEAR = datetime(2026, 1, 1, 3, tzinfo=UTC)  # still 2025 in Los Angeles


def moved(note, moment):
    Annotation.objects.filter(pk=note.pk).update(created_at=moment)


@pytest.fixture
def evening(highlight):
    moved(highlight, EVENING)
    return highlight


def in_zone(client, name):
    client.cookies[time_zones.COOKIE] = name
    return client


@pytest.mark.parametrize(
    ("zone", "day"), [(LOS_ANGELES, "28 Nov 2026"), (TOKYO, "29 Nov 2026"), ("UTC", "29 Nov 2026")]
)
@pytest.mark.parametrize("page", ["/notebook/", "/articles/{}/Tides/"])
def test_a_note_has_the_day_of_its_reader(client, evening, zone, day, page):
    answer = in_zone(client, zone).get(page.format(evening.article_id), follow=True)
    assert day in answer.content.decode()
    assert "Cookie" in answer["Vary"]


@pytest.mark.parametrize(("zone", "day"), [(LOS_ANGELES, "2026-11-28"), (TOKYO, "2026-11-29")])
def test_exports_have_it_too(client, evening, zone, day):
    in_zone(client, zone)
    assert f"[{day}](" in client.get("/notebook/export.md").getvalue().decode()
    rows = list(csv.DictReader(io.StringIO(client.get("/notebook/export.csv").getvalue().decode("utf-8-sig"))))
    assert rows[0]["created"].startswith(day)
    assert datetime.fromisoformat(rows[0]["created"]) == EVENING
    assert EVENING.isoformat() in client.get("/notebook/export.jsonld").getvalue().decode()


@pytest.mark.parametrize(("zone", "year", "other"), [(LOS_ANGELES, 2025, 2026), (TOKYO, 2026, 2025)])
def test_years_of_the_notebook_begin_where_the_reader_is(client, highlight, zone, year, other):
    moved(
        writing.annotate(highlight.owner, highlight.article, Selector("The tide comes"), note="Old"),
        NEW_YEAR.replace(year=2020),
    )
    moved(highlight, NEW_YEAR)
    in_zone(client, zone)
    assert f"year={year}" in client.get("/notebook/?view=stream").content.decode()
    assert client.get(f"/notebook/?year={year}").context["count"] == 1
    assert client.get(f"/notebook/?year={other}").context["count"] == 0
    # An export is written after the request's time zone is reset.
    assert "Why?" in client.get(f"/notebook/export.md?year={year}").getvalue().decode()
    assert "Why?" not in client.get(f"/notebook/export.md?year={other}").getvalue().decode()


@pytest.mark.parametrize("year", ["0", "1", "9999", "10000", "-5", "x", "²"])
def test_a_year_at_the_ends_of_the_calendar_is_no_filter(client, highlight, year):
    assert in_zone(client, TOKYO).get("/notebook/", {"year": year}).context["count"] == 1


def test_today_is_the_readers(client, db, public, monkeypatch):
    make_article(title="Yesterday there", published="2026-11-27")
    make_article(title="Today there", published="2026-11-28")
    monkeypatch.setattr(timezone, "now", lambda: EVENING)

    def found(zone, query):
        page = in_zone(client, zone).get("/", {"q": query})
        return {title for title in ("Yesterday there", "Today there") if title in page.content.decode()}

    assert found(LOS_ANGELES, "after:0d") == {"Today there"}
    assert found(TOKYO, "after:0d") == set()
    assert found(TOKYO, "after:1d") == {"Today there"}
    assert found(LOS_ANGELES, "on:2026-11-27") == found(TOKYO, "on:2026-11-27") == {"Yesterday there"}


def test_a_saved_searchs_feed_has_its_owners_today(client, reader, monkeypatch):
    make_article(title="Today there", published="2026-11-28")
    saved = saved_searches.keep(reader, "New", "q=after%3A0d")
    monkeypatch.setattr(timezone, "now", lambda: EVENING)

    def titles():
        return Client().get(f"/feeds/{saved.secret}").content.decode().count("Today there")

    assert titles() == 0
    time_zones.choose(reader, LOS_ANGELES)
    assert titles() == 1


def test_a_day_of_publication_is_never_shifted(client, db, public):
    made = make_article(title="New year", published="2026-01-01")
    for zone in (LOS_ANGELES, TOKYO):
        page = in_zone(client, zone).get(made.get_absolute_url(), follow=True).content.decode()
        assert "1 January 2026" in page
        assert "New year" in client.get("/?year=2026").content.decode()


def test_runs_and_records_have_it(client, keeper):
    run = ImportRun.objects.create(state=ImportRun.State.FINISHED, started_at=EVENING, finished_at=EVENING)
    in_zone(client, LOS_ANGELES)
    assert "28 November 2026, 18:15" in client.get(f"/imports/{run.pk}/").content.decode()
    assert "28 November 2026, 18:15" in client.get("/imports/").content.decode()


def test_ones_own_choice_wins_over_the_browser(client, evening):
    reader = evening.owner
    in_zone(client, TOKYO)
    page = client.get("/account/").content.decode()
    assert "Match browser (Asia/Tokyo)" in page
    assert client.post("/account/time-zone", {"time_zone": LOS_ANGELES}).status_code == 302
    assert time_zones.of_person(reader).key == LOS_ANGELES
    assert "28 Nov 2026" in client.get("/notebook/").content.decode()
    client.post("/account/time-zone", {"time_zone": ""})
    assert "29 Nov 2026" in client.get("/notebook/").content.decode()


def test_a_choice_that_is_no_zone_is_refused(client, reader):
    answer = client.post("/account/time-zone", {"time_zone": "Mars/Olympus"})
    assert answer.status_code == 400
    assert time_zones.of_person(reader) is None


BAD = [
    *("", "Mars/Olympus", "America", "Factory/x", "../../etc/passwd", "/etc/passwd", "a" * 300, "America/", "\ud800"),
    *("America/Los_Angeles\x00", "zone.tab", "leapseconds", "é", "tzdata.zi"),
]


@pytest.mark.parametrize("name", BAD)
def test_a_bad_name_is_ignored(name):
    assert time_zones.time_zone(name) is None


@pytest.mark.parametrize("name", ["Mars/Olympus", "America", "../x"])
def test_a_bad_cookie_is_ignored(client, evening, name):
    assert "29 Nov 2026" in in_zone(client, name).get("/notebook/").content.decode()


@pytest.mark.parametrize("name", [LOS_ANGELES, "Asia/Calcutta", "US/Pacific", "Etc/GMT+5", "America/Argentina/Ushuaia"])
def test_names_that_browsers_use_are_known(name):
    assert time_zones.time_zone(name) is not None


def test_all_choices_are_zones():
    offered = [name for _, places in time_zones.choices() for name, _ in places]
    assert len(offered) > 300
    assert all(map(time_zones.time_zone, offered))


def test_the_server_s_zone_counts_for_those_without_one(client, evening, settings):
    settings.TIME_ZONE = LOS_ANGELES
    assert "28 Nov 2026" in client.get("/notebook/").content.decode()


def test_nothing_stays_with_the_thread(client, evening):
    before = timezone.get_current_timezone_name()

    def ask(_):
        name = timezone.get_current_timezone_name()
        with timezone.override(None):
            pass
        return name

    in_zone(client, TOKYO).get("/notebook/")
    client.get("/no such page")
    assert timezone.get_current_timezone_name() == before
    with ThreadPoolExecutor(2) as threads:
        assert set(threads.map(ask, range(4))) == {before}


def test_two_readers_at_once_have_each_their_own(rf):
    """In the same threads, one after the other and at the same time."""

    def seen(number):
        name = (LOS_ANGELES, TOKYO, "bad")[number % 3]
        request = rf.get("/")
        request.COOKIES[time_zones.COOKIE], request.user = name, _Visitor()
        return name, time_zones.in_readers_time_zone(lambda _: timezone.get_current_timezone_name())(request)

    with ThreadPoolExecutor(4) as threads:
        for name, shown in threads.map(seen, range(300)):
            assert shown == ("UTC" if name == "bad" else name)


class _Visitor:
    is_authenticated = False


def test_searches_are_read_with_the_readers_today():
    """Code that parses a search uses the reader's today, not this machine's: `search.asking.parsed`."""
    archive = Path(__file__).parents[2] / "archive"
    others = [path for path in archive.rglob("*.py") if not path.is_relative_to(archive / "query")]
    imports = [(path, node) for path in others for node in ast.walk(ast.parse(path.read_text()))]
    importing = {
        path.relative_to(archive).as_posix()
        for path, node in imports
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("archive.query")
        if any(alias.name == "parse" for alias in node.names)
    }
    assert importing == {"search/asking.py"}


def test_a_filter_counts_from_the_readers_day():
    with timezone.override(LOS_ANGELES):
        west = LibrarySearch.of("after:1d").time[0]
        assert west == timezone.localdate() - timezone.timedelta(days=1)
    assert NotebookSearch().is_empty
