"""No finding of axe on any page in any state: light, dark, narrow, zoomed, in forced colours. No page is too wide."""

import pytest

from tests.browser import every_page

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
    return every_page.addresses()


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
            if name in every_page.VARIANTS and state != "narrow":
                continue
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
        ("reading", ".margin-more summary"),
        ("saved searches", ".saved-list summary"),
        ("search", ".save summary"),
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
    for address in ("/", "/imports/", "/sign-in/", "/sign-in/link/"):
        page.goto(address)
        assert findings(axe, page) == [], address
    page.goto("/nothing/here/")
    assert findings(axe, page) == []
    assert all("404" in complaint or "403" in complaint for complaint in page.complaints)
    page.complaints.clear()
