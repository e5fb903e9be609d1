"""Shortcuts on every keyboard layout and with input methods, and gestures that end without `pointerup`."""

import pytest
from playwright.sync_api import Page, expect

from archive.annotations.models import Annotation
from tests.browser.passages import SELECT, place_of

pytestmark = pytest.mark.django_db(transaction=True)

PRESS = """(key) => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...key }))"""
COMPOSING = [{"isComposing": True}, {"keyCode": 229}]
CURRENT = "document.querySelector('#article-body .current')?.textContent"


LAYOUTS = {  # the keys for the next paragraph, and for highlighting it
    "English": ({"key": "]", "code": "BracketRight"}, {"key": "h", "code": "KeyH"}),
    "Russian": ({"key": "ъ", "code": "BracketRight"}, {"key": "р", "code": "KeyH"}),
    "Greek": ({"key": "ς", "code": "KeyW"}, {"key": "η", "code": "KeyH"}),
    "Hebrew": ({"key": "]", "code": "BracketRight"}, {"key": "י", "code": "KeyH"}),
    "German on Windows": (
        {"key": "]", "code": "Digit9", "altKey": True, "ctrlKey": True, "modifierAltGraph": True},
        {"key": "h", "code": "KeyH"},
    ),
    "German on a Mac": ({"key": "]", "code": "Digit6", "altKey": True}, {"key": "h", "code": "KeyH"}),
    "French": ({"key": "w", "code": "KeyZ"}, {"key": "h", "code": "KeyH"}),
}
NOT_OURS = [
    {"key": "h", "code": "KeyH", "ctrlKey": True},
    {"key": "h", "code": "KeyH", "altKey": True},
    {"key": "h", "code": "KeyH", "isComposing": True},
    {"key": "h", "code": "KeyH", "keyCode": 229},
    {"key": "p", "code": "KeyH"},  # Dvorak and others: the letter counts, not the key position
]


def test_a_paragraph_is_marked_on_any_layout(signed_in: Page, article):
    for name, (next_paragraph, mark) in LAYOUTS.items():
        signed_in.evaluate(PRESS, next_paragraph)
        assert signed_in.evaluate(CURRENT) == "Opening words with a link and code.", name
        with signed_in.expect_response("**/annotate"):
            signed_in.evaluate(PRESS, mark)
        expect(signed_in.locator("#article-body mark").first).to_be_visible()
        Annotation.objects.all().delete()
        signed_in.reload()
        signed_in.wait_for_function("!!customElements.get('annotated-article')")


def test_keys_that_are_not_ours_mark_nothing(signed_in: Page, article):
    sent = []
    signed_in.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    signed_in.evaluate(PRESS, {"key": "w", "code": "KeyW"})
    for key in NOT_OURS:
        signed_in.evaluate(PRESS, key)
        assert sent == [], key
    signed_in.wait_for_load_state("networkidle")
    assert not Annotation.objects.exists()


def test_escape_within_an_input_method_closes_nothing(signed_in: Page, article):
    signed_in.evaluate(SELECT, place_of(article, "Opening words"))
    expect(signed_in.locator("#toolbar")).to_be_visible()
    signed_in.keyboard.press("n")
    signed_in.keyboard.insert_text("かんじ")
    for composing in COMPOSING:
        signed_in.evaluate(PRESS, {"key": "Escape", "code": "Escape", **composing})
    assert signed_in.locator("#new-note").input_value() == "かんじ"
    expect(signed_in.locator("#new-note")).to_be_visible()
    # Neither in the search box nor in a form in the margin.
    signed_in.locator("#q").fill("かんじ")
    for composing in COMPOSING:
        signed_in.evaluate(PRESS, {"key": "Escape", "code": "Escape", **composing})
    assert signed_in.locator("#q").input_value() == "かんじ"


def test_composition_by_a_real_input_method_survives_escape(signed_in: Page, article):
    signed_in.evaluate(SELECT, place_of(article, "Opening words"))
    expect(signed_in.locator("#toolbar")).to_be_visible()
    signed_in.keyboard.press("n")
    expect(signed_in.locator("#new-note")).to_be_focused()
    method = signed_in.context.new_cdp_session(signed_in)
    method.send("Input.imeSetComposition", {"text": "かんじ", "selectionStart": 3, "selectionEnd": 3})
    assert signed_in.locator("#new-note").input_value() == "かんじ"
    signed_in.reload()
    expect(signed_in.locator("#drafts")).to_contain_text("1 unsaved note")


def test_the_bar_comes_after_any_gesture(signed_in: Page, article):
    """Swipes, drags and presses released outside the window end without `pointerup`."""
    bar = signed_in.locator("#toolbar")
    for end in ("pointercancel", "dragend", "blur", "touchend"):
        signed_in.evaluate("""() => document.getElementById("article-body").dispatchEvent(
            new PointerEvent("pointerdown", { bubbles: true, pointerType: "touch" }))""")
        signed_in.evaluate(SELECT, place_of(article, "Opening words"))
        signed_in.wait_for_timeout(120)
        expect(bar).to_be_hidden()
        signed_in.evaluate(
            "(end) => (end === 'blur' ? window : document).dispatchEvent(new Event(end, { bubbles: true }))", end
        )
        expect(bar).to_be_visible()
        signed_in.keyboard.press("Escape")
        expect(bar).to_be_hidden()


def test_after_a_swipe_the_bar_comes(signed_in: Page, article, archive):
    """With real touches: a swipe that the browser turns into scrolling, then a selection."""
    phone = signed_in.context.browser.new_context(
        base_url=archive, storage_state=signed_in.context.storage_state(), has_touch=True, is_mobile=True,
        viewport={"width": 390, "height": 500},
    )  # fmt: skip
    page = phone.new_page()
    page.goto(article.get_absolute_url())
    page.wait_for_function("!!customElements.get('annotated-article')")
    finger = phone.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": 200, "y": 400}]})
    for y in (360, 300, 240):
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": 200, "y": y}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.evaluate(SELECT, place_of(article, "Opening words"))
    expect(page.locator("#toolbar")).to_be_visible()
    phone.close()
