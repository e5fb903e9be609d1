"""What every page shares: menus that close, shortcuts listed by `?`, and appearance."""

import pytest
from playwright.sync_api import expect

from tests.browser import every_page


@pytest.fixture
def addresses(signed_in):
    return every_page.addresses()


MENUS = ("library", "reading", "notebook")
FLOATING = """[...document.querySelectorAll("details > :not(summary)")]
    .filter((each) => getComputedStyle(each).position === "absolute").map((each) => each.parentElement.className)"""


def test_menus_go_away_by_escape_and_by_turning_to_something_else(signed_in, addresses):
    page = signed_in
    for name in MENUS:
        page.goto(addresses[name])
        menus = page.locator("details.drop-down:visible")
        expect(menus).not_to_have_count(0)
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        assert all("drop-down" in each for each in page.evaluate(FLOATING)), "a menu of another kind"
        page.keyboard.press("Escape")
        page.reload()
        for menu in menus.all():
            summary = menu.locator("summary")
            for leave in ("Escape", "click", "Tab"):
                summary.focus()
                page.keyboard.press("Enter")
                expect(menu).to_have_attribute("open", "")
                page.keyboard.press("Tab")
                assert menu.evaluate("menu => menu.contains(document.activeElement)")
                if leave == "Escape":
                    page.keyboard.press("Escape")
                    expect(summary).to_be_focused()
                elif leave == "click":
                    page.locator("h1").click(position={"x": 1, "y": 1}, force=True)
                else:
                    for _ in range(12):
                        page.keyboard.press("Tab")
                        if not menu.evaluate("menu => menu.contains(document.activeElement)"):
                            break
                assert not menu.evaluate("menu => menu.open"), f"{name}: {summary.inner_text()}, {leave}"


def test_escape_leaves_a_menu_and_not_the_passage_one_is_at(signed_in, addresses):
    signed_in.goto(addresses["reading"])
    signed_in.wait_for_selector(".laid-out")
    signed_in.keyboard.press("j")
    signed_in.click(".margin-more summary")
    signed_in.keyboard.press("Escape")
    expect(signed_in.locator(".margin-more [open]")).to_have_count(0)
    expect(signed_in.locator("mark.active").first).to_be_visible()
    signed_in.keyboard.press("Escape")
    expect(signed_in.locator("mark.active")).to_have_count(0)


EVERYWHERE = (("/", "#q:focus"),)
# Keys in the order they are pressed, with what is visible after each.
KEYS = {
    "library": (
        ("j", ".row:nth-child(1) h2 a:focus"),
        ("j", ".row:nth-child(2) h2 a:focus"),
        ("k", ".row:nth-child(1) h2 a:focus"),
        ("focus", ".bars a"),
        ("Shift+ArrowRight", ".bars li:first-child.is-chosen"),
        ("Shift+ArrowLeft", ".bars li:first-child.is-chosen"),
        ("Enter", ".applied .chip"),
    ),
    "reading": (
        ("]", "#article-body p:first-child.current"),
        ("]", "#article-body h2.current"),
        ("[", "#article-body p:first-child.current"),
        ("w", "#article-body h2.current"),
        ("b", "#article-body p:first-child.current"),
        ("h", "#article-body > p:first-child mark.yellow:focus"),
        ("u", "#article-body:not(:has(> p:first-child mark.yellow))"),
        ("j", "mark.blue.active:focus"),
        ("j", "li mark.active:focus, blockquote mark.active:focus, td mark.active:focus"),
        ("k", "mark.blue.active:focus"),
        ("Enter", ".note.active:focus"),
        ("n", ".note.active .annotation-form textarea:focus"),
        ("Escape", ".annotated:not(:has(.annotation-form:not(.toolbar)))"),
        ("Escape", ".annotated:not(.has-active)"),
        ("s", ".marks [value=star]"),
        ("m", ".marks [value=unread]"),
    ),
    "hits": ((",", "#hit-1:target"), (".", "#hit-2:target")),
    **dict.fromkeys(
        (
            *("notebook", "facet", "saved searches", "changes", "details", "revisions", "edit", "lost"),
            *("no match", "in the trash", "imports", "import", "trash", "preferences"),
        ),
        (),
    ),
}
ALL = "abcdefghijklmnopqrstuvwxyz0123456789[](){}.,;:-+*#=<>"
TAKEN = """(keys) => [...keys].filter((key) =>
    !document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })))"""
NAMES = {"Esc": "Escape", "←": "ArrowLeft", "→": "ArrowRight", "↑": "ArrowUp", "↓": "ArrowDown"}
# Their effects are tested elsewhere: `test_resizing.py`, `test_marking.py` for saving, `test_selection.py` for rows.
TRIED_ELSEWHERE = {"Shift", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Ctrl"}
OF_ROWS = {"x", "s", "m", "t", "#", "u", "Escape"}


def test_the_keys_that_a_page_lists_are_those_that_do_something(signed_in, addresses):
    page = signed_in
    for name, keys in KEYS.items():
        page.goto(addresses[name])
        if name in ("reading", "hits"):
            page.wait_for_selector(".laid-out")
        page.keyboard.press("?")
        expect(page.locator("#keys")).to_be_visible()
        listed = {NAMES.get(key, key) for key in page.locator("#keys kbd:visible").all_inner_texts()}
        page.keyboard.press("Escape")
        expect(page.locator("#keys")).to_be_hidden()
        done = {part for key, _ in keys for part in key.split("+")} - {"focus"}
        if name == "hits":  # additional ones on the reading page
            done |= {part for key, _ in KEYS["reading"] for part in key.split("+")}
        if name in ("reading", "hits"):
            done |= TRIED_ELSEWHERE
        if name == "library":
            done |= OF_ROWS
        assert listed == done | {"?", "/"}, name
        assert page.evaluate(TAKEN, "".join(set(ALL) - listed)) == [], name
        for key, seen in (*keys, *EVERYWHERE):
            if key == "focus":
                page.locator(seen).first.focus()
                continue
            page.keyboard.press(key)
            expect(page.locator(seen).first, f"{name}: {key}").to_be_attached()


LOOKS = {  # the option chosen, and what changes with it
    "theme": "getComputedStyle(document.documentElement).colorScheme",
    "size": "getComputedStyle(document.getElementById('article-body')).fontSize",
    "width": "getComputedStyle(document.querySelector('.article')).maxInlineSize",
    "face": "getComputedStyle(document.getElementById('article-body')).fontFamily",
}
AT = "document.activeElement.name"


def test_how_pages_look_is_chosen_by_keyboard_alone(signed_in, addresses):
    page = signed_in
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(addresses["reading"])
    button = page.get_by_role("button", name="Aa: appearance")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#look")).to_be_visible()
    chosen = {}
    for name, changed in LOOKS.items():
        before = page.evaluate(changed)
        for _ in range(6):
            page.keyboard.press("Tab")
            if page.evaluate(AT) == name:
                break
        assert page.evaluate(AT) == name
        assert page.evaluate("document.activeElement.closest('label').matches(':has(:focus-visible)')")
        with page.expect_response("**/preferences/"):
            page.keyboard.press("ArrowRight")
        chosen[name] = page.evaluate("document.activeElement.value")
        assert page.evaluate(changed) != before, name
    page.keyboard.press("Escape")
    expect(page.locator("#look")).to_be_hidden()
    expect(button).to_be_focused()
    page.goto("/")
    assert page.evaluate("(({ size, width, face, theme }) => ({ size, width, face, theme }))"
                         "(document.documentElement.dataset)") == chosen  # fmt: skip


# Where each line of controls begins, to the left of the page's edge, in pixels.
INSETS = """() => [...document.querySelectorAll(".chips, .form-ends, .hits-line")].flatMap((line) => {
    const parts = [...line.children].filter((part) => part.checkVisibility() && !part.matches(".at-end"));
    const box = (element) => element.getBoundingClientRect();
    const begins = parts.filter((part, n) => !n || box(part).top >= box(parts[n - 1]).bottom);
    const left = box(line.parentElement).left + parseFloat(getComputedStyle(line.parentElement).paddingLeft);
    return begins.map((part) => {
        const control = part.matches(".drop-down") ? part.firstElementChild : part;
        const inset = control.matches(".quiet") ? parseFloat(getComputedStyle(control).paddingLeft) : 0;
        return Math.round(box(control).left + inset - left);
    });
})"""


def test_lines_of_controls_begin_where_the_page_does(signed_in, addresses):
    page = signed_in
    page.set_viewport_size({"width": 360, "height": 800})
    for name in ("search for a word", "no match", "hits", "history", "edit", "change notes", "change articles", "lost"):
        page.goto(addresses[name])
        insets = page.evaluate(INSETS)
        assert insets, name
        assert set(insets) == {0}, name
