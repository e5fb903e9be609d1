"""No finding of axe on any page, light and dark, wide and narrow; and no page wider than its window."""

import pytest

from archive.importing.models import ImportProblem, ImportRun
from tests.browser.shelves import fill

PAGES = {
    "library": "/",
    "search": "/?q=words+before:never&tag=sea",
    "no match": "/?q=nothing+fits&tag=sea",
    "facet": "/filters/tag/",
    "reading": "/articles/{article}/",
    "arabic": "/articles/{arabic}/",
    "long": "/articles/{long}/",
    "details": "/articles/{article}/details",
    "imports": "/imports/",
    "import": "/imports/{run}/",
    "running": "/imports/{running}/",
    "preferences": "/preferences/",
    "sign in": "/sign-in/",
    "trash": "/trash/",
}
WINDOWS = [("light", 1280), ("dark", 1280), ("light", 360)]


@pytest.fixture
def addresses(transactional_db):
    articles = fill()
    run = ImportRun.objects.create(state="finished", total=2, done=2, created=1, failed=1)
    ImportProblem.objects.create(run=run, path="a.md", line=3, severity="error", code="x", message="It was left out.")
    numbers = {
        "article": articles[0].pk,
        "arabic": articles[1].pk,
        "long": articles[3].pk,
        "run": run.pk,
        "running": ImportRun.objects.create(total=9, done=4).pk,
    }
    return {name: address.format(**numbers) for name, address in PAGES.items()}


def findings(axe, page) -> list[str]:
    results = axe.run(page, options={"resultTypes": ["violations"]})
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in results.response["violations"]]


@pytest.mark.parametrize(("theme", "width"), WINDOWS)
def test_every_page(signed_in, axe, addresses, theme, width):
    page = signed_in
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    wrong = {}
    for name, address in addresses.items():
        page.goto(address)
        found = findings(axe, page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append("it scrolls sideways")
        if found:
            wrong[name] = found
    assert wrong == {}


def test_what_opens_on_a_page(signed_in, axe, addresses):
    page = signed_in
    page.set_viewport_size({"width": 360, "height": 800})
    for address, button in [
        ("library", ".facets-open"),
        ("library", "[popovertarget=look]"),
        ("library", "[popovertarget=account]"),
        ("reading", "[popovertarget=outline]"),
        ("reading", ".edit-tags summary"),
    ]:
        page.goto(addresses[address])
        page.click(button)
        assert findings(axe, page) == [], button


def test_an_empty_archive_and_pages_of_errors(page, axe, transactional_db):
    for address in ("/", "/imports/", "/sign-in/"):
        page.goto(address)
        assert findings(axe, page) == [], address
    page.goto("/nothing/here/")
    assert findings(axe, page) == []
    assert all("404" in complaint for complaint in page.complaints)
    page.complaints.clear()
