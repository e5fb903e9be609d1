"""No finding of axe on any page: light, dark, narrow, and the pages with most parts zoomed and in forced colours, too.
No page is too wide, and each says what it is and what its parts are."""

import re
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.template.loader import render_to_string
from django.urls import get_resolver, resolve
from playwright.sync_api import expect

from tests.browser import every_page, structure

# With reduced motion, colours change at once, so none is checked halfway.
USUAL = {"color_scheme": "light", "forced_colors": "none", "reduced_motion": "reduce"}
# Where only colours differ, only they are looked at again; where there is less room, what depends on it.
LAYOUT = ["color-contrast", "target-size", "scrollable-region-focusable"]
STATES = {
    "light": {"viewport": (1280, 800)},
    "dark": {"viewport": (1280, 800), "media": {"color_scheme": "dark"}, "rules": ["color-contrast"]},
    "narrow": {"viewport": (320, 640), "rules": LAYOUT},  # as 1280 pixels at 400 %
    "forced colours": {"viewport": (1280, 800), "media": {"forced_colors": "active"}, "rules": ["color-contrast"]},
    "at 200 %": {"viewport": (640, 400), "rules": LAYOUT},
}
VARIANT = {"narrow": {"viewport": (320, 640)}}
# Between them they have all the parts that pages are made of.
IN_EVERY_STATE = {"library", "search", "reading", "notebook", "collection", "edit details", "import", "account"}

# The width of a page with as much spacing as readers may set (WCAG 2.2, 1.4.12).
SPACED = """() => {
    const styles = new CSSStyleSheet();
    styles.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets = [styles];
    const width = document.documentElement.scrollWidth;
    document.adoptedStyleSheets = [];
    return width;
}"""

# For its orientation rule, axe reloads style sheets, and resolves their imports wrongly.
AS_LOADED = {"preload": False}
# Rules that are off by default: target sizes, and accessible names that do not begin with the visible label.
OPTIONAL = {name: {"enabled": True} for name in ("target-size", "label-content-name-mismatch")}


@pytest.fixture
def addresses(signed_in, settings):
    settings.DEBUG = True  # for the style guide
    settings.CAN_SEND_MAIL = True
    return every_page.addresses()


def findings(axe, page, rules=()) -> list[str]:
    options = AS_LOADED | {"resultTypes": ["violations"], "rules": OPTIONAL}
    if rules:
        options = AS_LOADED | {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": rules}}
    if not page.evaluate("!!window.axe"):
        page.evaluate(axe.axe_script)
    violations = page.evaluate("(options) => axe.run(options)", options)["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in violations]


def test_every_page(signed_in, axe, addresses):
    page = signed_in
    wrong, titles = {}, defaultdict(set)
    for name, address in addresses.items():
        page.emulate_media(**USUAL)
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(address)
        titles[page.title()].add(resolve(urlsplit(page.url).path).url_name)
        wrong[name] = structure.complaints(page)
        for state, given in (VARIANT if name in every_page.VARIANTS else STATES).items():
            if state in ("forced colours", "at 200 %") and name not in IN_EVERY_STATE:
                continue
            width, height = given["viewport"]
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(**(USUAL | given.get("media", {})))
            found = findings(axe, page, given.get("rules", ()))
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append("it scrolls sideways")
            if state == "narrow" and page.evaluate(SPACED) > width:
                found.append("it scrolls sideways with space between letters")
            wrong[name] += [f"{state}, {each}" for each in found]
    assert not any(wrong.values()), "\n".join(f"{name}: {each}" for name, found in wrong.items() for each in found)
    assert [names for names in titles.values() if len(names) > 1] == [], "pages with one title"
    pages = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    left_out = {name for names in every_page.NO_PAGES.values() for name in names}
    assert pages - left_out == set().union(*titles.values()), "a page that nobody looks at, or one that is none"


def test_what_opens_on_a_page(signed_in, axe, addresses):
    page = signed_in
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(addresses["notebook"])
    filters = page.locator(".filters > details").count()
    assert filters
    for address, button in [
        ("library", ".facets-open"),
        ("library", "[popovertarget=look]"),
        ("library", "[popovertarget=account]"),
        ("reading", "[popovertarget=outline]"),
        ("reading", ".edit-tags summary"),
        ("reading", ".margin-more summary"),
        ("saved searches", ".saved-list summary"),
        ("search", ".save summary"),
        ("library", ".list-more summary"),
        ("notebook", ".at-end summary"),
        *(("notebook", f".filters > :nth-child({n}) summary") for n in range(1, filters + 1)),
    ]:
        page.goto(addresses[address])
        page.click(button)
        assert findings(axe, page) == [], button
        assert page.evaluate("document.documentElement.scrollWidth") == 360, button


def test_the_bar_for_what_is_selected(signed_in, axe, addresses):
    page = signed_in
    for width, theme, density in ((1440, "light", "compact"), (360, "light", "compact"), (360, "dark", "comfortable")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=theme)
        page.goto(addresses["library"])
        page.evaluate("(density) => { document.documentElement.dataset.density = density; }", density)
        page.keyboard.press("x")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")  # to where it covers nothing
        for opened in (None, "Tags", "Collect", "More"):
            if opened:
                page.locator("#selection summary", has_text=opened).click()
            assert findings(axe, page) == [], f"{width}, {theme}, {opened}"
            assert page.evaluate("document.documentElement.scrollWidth") == width, opened


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


def test_an_empty_archive_and_what_strangers_see(page, axe, transactional_db):
    for address in ("/", "/imports/", "/sign-in/", "/sign-in/forgotten/", "/sign-in/link/", "/nothing/here/"):
        page.goto(address)
        assert findings(axe, page) == [], address
    assert len(page.complaints) > 1
    assert all(re.search("40[34]", complaint) for complaint in page.complaints)
    page.complaints.clear()


def test_a_refusal_is_where_the_focus_is(page, axe, transactional_db):
    page.goto("/sign-in/")
    page.keyboard.type("nobody")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Error: Sign in · Commonplace")
    expect(page.locator("[role=alert]")).to_be_focused()
    expect(page.get_by_label("Password")).to_have_accessible_description(page.inner_text("[role=alert]"))
    assert findings(axe, page) == []


@pytest.mark.parametrize("template", [*sorted(path.name for path in Path("templates").glob("4*.html")), "500.html"])
def test_pages_of_errors(page, axe, template, rf):
    shown = render_to_string(template, request=None if template == "500.html" else rf.get("/error"))
    page.route("**/error", lambda route: route.fulfill(body=shown, content_type="text/html; charset=utf-8"))
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/error")
    assert findings(axe, page) == []
    assert structure.complaints(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
