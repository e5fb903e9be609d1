"""Set-up for every test: its own data directory, and no need to collect static files first."""

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

# In memory where possible: an index waits for its disk at every commit.
_MEMORY = "/dev/shm"
os.environ["ARCHIVE_DATA_DIR"] = tempfile.mkdtemp(
    prefix="commonplace-tests-", dir=_MEMORY if os.access(_MEMORY, os.W_OK) else None
)
# A shared machine may be slow at any example; what is slow by itself has a test of its own.
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
    # xdist's processes inherit the environment of the one that started them, but each needs its own index.
    settings.INDEX_DIR = Path(os.environ["ARCHIVE_DATA_DIR"]) / "index"
    settings.STATIC_ROOT = os.environ["ARCHIVE_DATA_DIR"]  # WhiteNoise warns about a missing folder
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_unconfigure() -> None:
    shutil.rmtree(os.environ["ARCHIVE_DATA_DIR"], ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, run only tests that use the database; the others are the same, and run on SQLite."""
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
    """Results cached by another test have keys that this one may use too."""
    cache.clear()


@pytest.fixture
def data_dir(settings, tmp_path: Path) -> Path:
    """An empty data directory for a test that stores files."""
    settings.MEDIA_ROOT = settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    return settings.DATA_DIR


@pytest.fixture(scope="session")
def browser():
    """The single Chromium of a test process: Playwright allows only one."""
    # Playwright's sync API runs a loop in this thread, which Django takes for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if CHROMIUM is None:
        terminalreporter.section("NO BROWSER TEST WAS RUN", sep="!", red=True, bold=True)
        terminalreporter.line("There is no Chromium on this machine. On Debian and Ubuntu: apt install chromium")
