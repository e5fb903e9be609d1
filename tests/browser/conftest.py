"""A real browser and a real server, with articles to read."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.db.backends.signals import connection_created
from playwright.sync_api import Browser, Page

from tests.browser import shelves
from tests.browser.chromium import CHROMIUM
from tests.factories import rendered


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="there is no Chromium on this machine"))


@pytest.fixture
def archive(live_server, settings):
    """The address of an archive that everyone can read."""
    settings.PUBLIC_READING = True
    _read_beside_a_writer(connection)
    connection_created.connect(_read_beside_a_writer)
    yield live_server.url
    connection_created.disconnect(_read_beside_a_writer)


def _read_beside_a_writer(connection, **_):
    """An in-memory database, which threads share, locks a table for its writer; in a file, readers would not wait."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA read_uncommitted = ON")


@pytest.fixture
def page(browser: Browser, archive: str):
    """A page whose console must stay silent, and which only talks to the archive."""
    context = browser.new_context(base_url=archive, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.complaints = []
    opened.strangers = []
    opened.on(
        "console", lambda message: message.type in ("error", "warning") and opened.complaints.append(message.text)
    )
    opened.on("response", lambda response: response.status == 404 and opened.complaints.append(f"404 {response.url}"))
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.on("request", lambda request: request.url.startswith(archive) or opened.strangers.append(request.url))
    yield opened
    context.close()
    assert opened.complaints == []
    assert opened.strangers == []


@pytest.fixture
def without_script(browser: Browser, archive: str):
    context = browser.new_context(base_url=archive, java_script_enabled=False, viewport={"width": 400, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def signed_in(page: Page, archive: str, client, django_user_model, transactional_db):
    """The same page, signed in as staff."""
    person = django_user_model.objects.create_superuser("keeper", password="a long password")
    client.force_login(person)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": archive}])
    return page


@pytest.fixture
def article(signed_in: Page):
    """An article on the reading page, signed in as staff."""
    made = rendered(shelves.SOURCE, title="The swing bridge", source_url="https://harbour.example/bridge")
    signed_in.goto(made.get_absolute_url())
    signed_in.wait_for_function("!!customElements.get('annotated-article')")
    return made


@pytest.fixture(scope="session")
def axe():
    return Axe()
