"""No finding of axe on any page in any state: light, dark, narrow, zoomed, in forced colours. No page is too wide."""

import pytest
from django.contrib.auth import get_user_model

from archive.annotations.models import Annotation, Status
from archive.importing.models import ImportProblem, ImportRun
from archive.reading import marking
from archive.search import index
from tests.browser.shelves import fill
from tests.browser.test_annotating import mark

PAGES = {
    "library": "/",
    "search": "/?q=words+before:never&tag=sea",
    "no match": "/?q=nothing+fits&tag=sea",
    "what is mine": "/?q=words+OR+emphasis&is=unread",
    "facet": "/filters/tag/",
    "reading": "/articles/{article}/",
    "hits": "/articles/{article}/?q=opening+OR+link#hit-2",
    "arabic": "/articles/{arabic}/",
    "long": "/articles/{long}/",
    "one word": "/articles/{word}/",
    "details": "/articles/{article}/details",
    "annotate": "/articles/{long}/annotate",
    "annotate a passage": "/articles/{article}/annotate?start=0&end=9",
    "notebook": "/notebook/",
    "notebook search": "/notebook/?q=opening&colour=blue",
    "lost": "/notebook/lost/",
    "colours": "/notebook/colours",
    "edit": "/annotations/{annotation}/edit",
    "reply": "/annotations/{annotation}/reply",
    "imports": "/imports/",
    "import": "/imports/{run}/",
    "running": "/imports/{running}/",
    "preferences": "/preferences/",
    "sign in": "/sign-in/",
    "trash": "/trash/",
    "styles": "/styleguide/",
}
# Where only colours differ, only they are looked at again.
STATES = {
    "light": {"viewport": (1280, 800)},
    "dark": {"viewport": (1280, 800), "media": {"color_scheme": "dark"}, "rules": ["color-contrast"]},
    "forced colours": {"viewport": (1280, 800), "media": {"forced_colors": "active"}, "rules": ["color-contrast"]},
    "narrow": {"viewport": (360, 800), "media": {"reduced_motion": "reduce"}},
    "at 200 %": {"viewport": (640, 400), "rules": ["color-contrast", "target-size", "scrollable-region-focusable"]},
}


@pytest.fixture
def addresses(signed_in, settings):
    settings.DEBUG = True  # for the page of styles
    articles = fill()
    keeper = get_user_model().objects.get(username="keeper")
    made = [mark(articles[0], "Opening words", note="A note with *emphasis*", tags=["sea/boats"], colour="blue")]
    made += [mark(articles[0], words) for words in ("a link", "quotation", "here")]
    made += [mark(articles[3], "W" * 290, note="w" * 200, tags=["t" * 90]), mark(articles[1], "جدي يعرف", note="نجوم")]
    Annotation.objects.filter(pk=made[1].pk).update(status=Status.ORPHAN)
    marking.star(keeper, [articles[0].pk])
    marking.keep_place(keeper, articles[0].pk, 20)
    marking.mark_read(keeper, [articles[1].pk])
    index.refresh()
    run = ImportRun.objects.create(state="finished", total=2, done=2, created=1, failed=1, started_by=keeper)
    path = f"{'p' * 200}/a.md"
    ImportProblem.objects.create(run=run, path=path, line=3, severity="error", code="x", message="It was left out.")
    numbers = {
        "article": articles[0].pk,
        "arabic": articles[1].pk,
        "long": articles[3].pk,
        "word": articles[4].pk,
        "annotation": made[0].uuid,
        "run": run.pk,
        "running": ImportRun.objects.create(total=9, done=4).pk,
    }
    return {name: address.format(**numbers) for name, address in PAGES.items()}


def findings(axe, page, rules=()) -> list[str]:
    options = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
    if rules:
        options = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": rules}}
    results = axe.run(page, options=options)
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in results.response["violations"]]


def test_every_page_in_every_state(signed_in, axe, addresses):
    page = signed_in
    wrong = {}
    for state, given in STATES.items():
        width, height = given["viewport"]
        page.set_viewport_size({"width": width, "height": height})
        usual = {"color_scheme": "light", "forced_colors": "none", "reduced_motion": "no-preference"}
        page.emulate_media(**(usual | given.get("media", {})))
        for name, address in addresses.items():
            page.goto(address)
            found = findings(axe, page, given.get("rules", ()))
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append("it scrolls sideways")
            if found:
                wrong[f"{name}, {state}"] = found
    assert not wrong, "\n".join(f"{place}: {each}" for place, found in wrong.items() for each in found)


def test_what_opens_on_a_page(signed_in, axe, addresses):
    page = signed_in
    page.set_viewport_size({"width": 360, "height": 800})
    for address, button in [
        ("library", ".facets-open"),
        ("library", "[popovertarget=look]"),
        ("library", "[popovertarget=account]"),
        ("reading", "[popovertarget=outline]"),
        ("reading", ".edit-tags summary"),
        ("notebook", ".filter summary"),
    ]:
        page.goto(addresses[address])
        page.click(button)
        assert findings(axe, page) == [], button


def test_what_opens_over_an_article(signed_in, axe, addresses):
    page = signed_in
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.goto(addresses["reading"])
        page.wait_for_selector(".laid-out")
        page.keyboard.press("j")
        assert findings(axe, page) == [], f"a note that is lifted, {theme}"
        page.keyboard.press("n")
        page.wait_for_selector(".note .annotation-form")
        assert findings(axe, page) == [], f"a note being written, {theme}"
        page.keyboard.press("Escape")  # leaves the form
        page.keyboard.press("Escape")  # leaves the passage
        page.keyboard.press("]")
        page.keyboard.press("n")
        page.wait_for_selector("#toolbar:not([hidden])")
        assert findings(axe, page) == [], f"the bar of colours, {theme}"
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("?")
        page.wait_for_selector("#keys[open]")
        assert findings(axe, page) == [], f"the keys, {theme}"


def test_an_empty_archive_and_pages_of_errors(page, axe, transactional_db):
    for address in ("/", "/imports/", "/sign-in/"):
        page.goto(address)
        assert findings(axe, page) == [], address
    page.goto("/nothing/here/")
    assert findings(axe, page) == []
    assert all("404" in complaint for complaint in page.complaints)
    page.complaints.clear()
