"""Set-up for every test: a data directory of its own, and no need to collect static files first."""

import os
import shutil
import tempfile
from pathlib import Path

import hypothesis
import pytest
from django.core.cache import cache
from django.test import TransactionTestCase
from playwright.sync_api import sync_playwright

from tests.browser.chromium import ARGUMENTS, CHROMIUM

# In memory where that is possible: an index waits for its disk at every commit.
_MEMORY = "/dev/shm"
os.environ["ARCHIVE_DATA_DIR"] = tempfile.mkdtemp(
    prefix="commonplace-tests-", dir=_MEMORY if os.access(_MEMORY, os.W_OK) else None
)
# A shared machine may be slow at any example; whatever is slow by itself has a test that says so.
# The suite tries the same examples every time, so that it fails for a change and not by chance; the profile `explore`
# looks for new ones: pytest --hypothesis-profile=explore.
_UNHURRIED = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("suite", derandomize=True, **_UNHURRIED)
hypothesis.settings.register_profile("explore", max_examples=2_000, **_UNHURRIED)
hypothesis.settings.load_profile("suite")
for name in (
    *("ARCHIVE_SECRET_KEY", "ARCHIVE_ALLOWED_HOSTS", "ARCHIVE_PUBLIC_READING", "ARCHIVE_DEBUG", "ARCHIVE_HTTPS"),
    "ARCHIVE_TIME_ZONE",
):
    os.environ.pop(name, None)


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    # The processes of xdist have the environment of the one that began them, but each needs an index of its own.
    settings.INDEX_DIR = Path(os.environ["ARCHIVE_DATA_DIR"]) / "index"
    settings.STATIC_ROOT = os.environ["ARCHIVE_DATA_DIR"]  # WhiteNoise warns of a folder that is not there
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_unconfigure() -> None:
    shutil.rmtree(os.environ["ARCHIVE_DATA_DIR"], ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, run what touches the database; the rest is the same on both, and runs on SQLite."""
    from django.db import connection

    if connection.vendor == "postgresql":
        others = [item for item in items if not _touches_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if _touches_database(item)]


def _touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db"}) or issubclass(
        getattr(item, "cls", None) or object, TransactionTestCase
    )


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """What another test's searches found is remembered under numbers that this one's may have, too."""
    cache.clear()


@pytest.fixture
def data_dir(settings, tmp_path: Path) -> Path:
    """An empty data directory for a test that keeps files."""
    settings.MEDIA_ROOT = settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    return settings.DATA_DIR


@pytest.fixture(scope="session")
def browser():
    """The one Chromium of a test process: Playwright allows no second one."""
    # Playwright's sync interface runs a loop in this thread, which Django takes for a view that is async.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if CHROMIUM is None:
        terminalreporter.section("NO BROWSER TEST WAS RUN", sep="!", red=True, bold=True)
        terminalreporter.line("There is no Chromium on this machine. On Debian and Ubuntu: apt install chromium")
