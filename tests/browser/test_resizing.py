"""Resizing a highlight with its handles and the arrow keys, and undoing it."""

import pytest
from playwright.sync_api import Page, expect

from archive.annotations.models import Annotation
from tests.browser.passages import click_on, mark, place_of
from tests.factories import rendered

pytestmark = pytest.mark.django_db(transaction=True)

SOURCE = """The first paragraph has several words that are long enough to wrap on any screen, and then some more.

The second one follows it, with an [unusual link](https://elsewhere.example/a) in its middle and an end.
"""
AT = """([start, end]) => import("/static/js/annotate/offsets.js").then(({ rangeOf }) => {
    const rects = rangeOf(document.getElementById("article-body"), start, end).getClientRects();
    const { left, right, top, bottom } = rects[0];
    return [left, right, (top + bottom) / 2];
})"""


@pytest.fixture
def article(signed_in: Page):
    made = rendered(SOURCE, title="Two paragraphs", language="en")
    signed_in.goto(made.get_absolute_url())
    signed_in.wait_for_function("!!customElements.get('annotated-article')")
    return made


def opened(page: Page, article, words, **fields):
    """A highlight that is active."""
    made = mark(article, words, **fields)
    page.reload()
    page.wait_for_function("!!customElements.get('annotated-article')")
    page.keyboard.press("j")
    expect(page.locator(".handle").first).to_be_visible()
    return made


def drag(page: Page, side, article, words, *, to_end, keys=()):
    """Drag a handle to where these words begin or end."""
    left, right, y = page.evaluate(AT, place_of(article, words))
    box = page.locator(f".handle[data-side={side}]").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    for key in keys:
        page.keyboard.down(key)
    page.mouse.move((left + right) / 2, y, steps=3)
    page.mouse.move(right - 2 if to_end else left + 2, y, steps=3)
    page.mouse.up()
    for key in keys:
        page.keyboard.up(key)


def is_now(made, words):
    made.refresh_from_db()
    assert made.exact == words


@pytest.mark.parametrize(
    ("side", "to", "to_end", "becomes"),
    [
        ("end", "wor", True, "several words"),
        ("start", "para", False, "paragraph has several"),
        ("end", "link", True, None),
    ],
    ids=["end within a word", "start within a word", "into a link of another paragraph"],
)
def test_a_handle_is_dragged_to_whole_words(signed_in: Page, article, side, to, to_end, becomes):
    made = opened(signed_in, article, "several")
    drag(signed_in, side, article, to, to_end=to_end)
    expect(signed_in.locator("#toast")).to_contain_text("Highlight resized.")
    text = article.revision.text
    is_now(made, becomes or text[text.index("several") : text.index("link") + 4])
    signed_in.locator("#toast").get_by_role("button", name="Undo").click()
    expect(signed_in.locator("#toast")).to_contain_text("Undone: resized from “several” to")
    is_now(made, "several")
    signed_in.locator("#toast").get_by_role("button", name="Redo").click()
    expect(signed_in.locator("#toast")).to_contain_text("Redone: resized")
    assert Annotation.objects.get().exact != "several"


def test_with_alt_it_goes_by_letters(signed_in: Page, article):
    made = opened(signed_in, article, "several")
    drag(signed_in, "end", article, "wor", to_end=True, keys=["Alt"])
    expect(signed_in.locator("#toast")).to_contain_text("Highlight resized.")
    is_now(made, "several wor")


def test_an_end_is_never_dragged_over_the_other(signed_in: Page, article):
    made = opened(signed_in, article, "has several words")
    drag(signed_in, "end", article, "The first", to_end=False)
    expect(signed_in.locator("#toast")).to_contain_text("Highlight resized.")
    made.refresh_from_db()
    assert made.exact and "has several words".startswith(made.exact)


def test_the_arrow_keys_move_both_ends_and_enter_saves(signed_in: Page, article):
    made = opened(signed_in, article, "several", note="Why?")
    press = signed_in.keyboard.press
    for key in ("Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowLeft", "Shift+ArrowUp", "Shift+ArrowUp"):
        press(key)
    expect(signed_in.locator("#announcement")).to_have_text("Begins with: paragraph has several")
    press("Shift+ArrowDown")
    press("Alt+Shift+ArrowRight")
    is_now(made, "several")
    press("Enter")
    expect(signed_in.locator("#toast")).to_contain_text("Highlight resized.")
    is_now(made, "has several words")
    assert signed_in.evaluate("document.activeElement.dataset.annotations") == str(made.uuid)
    press("u")
    expect(signed_in.locator("#toast")).to_contain_text("Undone")
    is_now(made, "several")
    press("Shift+U")
    expect(signed_in.locator("#toast")).to_contain_text("Redone")
    is_now(made, "has several words")


def test_escape_leaves_it_and_going_on_saves_it(signed_in: Page, article):
    made = opened(signed_in, article, "several")
    press = signed_in.keyboard.press
    press("Shift+ArrowRight")
    press("Escape")
    expect(signed_in.locator("mark.active")).to_have_count(1)
    assert signed_in.evaluate("CSS.highlights.has('pending')") is False
    press("Shift+ArrowRight")
    signed_in.locator("#q").focus()
    expect(signed_in.locator("#toast")).to_contain_text("Highlight resized.")
    is_now(made, "several words")


def test_who_goes_on_to_another_highlight_has_resized_the_first(signed_in: Page, article):
    other = mark(article, "unusual link")
    made = opened(signed_in, article, "several")
    signed_in.keyboard.press("Shift+ArrowRight")
    signed_in.keyboard.press("j")
    expect(signed_in.locator("#toast")).to_contain_text("Highlight resized.")
    is_now(made, "several words")
    assert signed_in.evaluate("document.querySelector('annotated-article').active") == str(other.uuid)


def test_a_tap_on_a_handle_is_one_on_the_passage_below_it(signed_in: Page, article):
    signed_in.set_viewport_size({"width": 390, "height": 800})
    opened(signed_in, article, "has")
    box = signed_in.locator(".handle[data-side=end]").bounding_box()
    signed_in.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(signed_in.locator(".note:popover-open")).to_be_visible()


def test_a_handle_itself_takes_the_arrow_keys(signed_in: Page, article):
    made = opened(signed_in, article, "several")
    signed_in.get_by_role("button", name="Beginning of the highlight").focus()
    signed_in.keyboard.press("ArrowLeft")
    signed_in.keyboard.press("Enter")
    expect(signed_in.locator("#toast")).to_contain_text("Highlight resized.")
    is_now(made, "has several")


def test_right_to_left_the_arrows_go_as_one_sees_them(signed_in: Page):
    article = rendered("كان جدي يعرف من النجوم سبعة.", title="نجوم", language="ar")
    signed_in.goto(article.get_absolute_url())
    made = opened(signed_in, article, "يعرف")
    signed_in.keyboard.press("Shift+ArrowLeft")
    signed_in.keyboard.press("Enter")
    expect(signed_in.locator("#toast")).to_contain_text("Highlight resized.")
    is_now(made, "يعرف من")


def test_a_change_elsewhere_is_told_and_nothing_overwritten(signed_in: Page, article):
    made = opened(signed_in, article, "several")
    Annotation.objects.update(version=7)
    signed_in.keyboard.press("Shift+ArrowRight")
    signed_in.keyboard.press("Enter")
    expect(signed_in.locator("#toast")).to_contain_text("changed elsewhere")
    is_now(made, "several")
    signed_in.complaints.clear()  # the browser's own, of status 409


def test_others_and_lost_passages_have_no_handles(signed_in: Page, article, django_user_model):
    from archive.anchoring import Selector
    from archive.annotations import writing

    other = django_user_model.objects.create_user("other")
    writing.annotate(other, article, Selector("several words"), visibility="shared")
    signed_in.reload()
    signed_in.wait_for_function("!!customElements.get('annotated-article')")
    click_on(signed_in.locator("#article-body mark").first)
    expect(signed_in.locator("mark.active")).to_have_count(1)
    expect(signed_in.locator(".handle:visible, #recolour:visible")).to_have_count(0)
