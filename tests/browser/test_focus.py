"""Where the focus goes when the focused element changes, disappears or closes: nearby, and visible."""

import pytest
from playwright.sync_api import Page, expect

from archive.annotations import writing
from tests.browser.passages import keeper, mark
from tests.browser.shelves import fill
from tests.factories import rendered

pytestmark = pytest.mark.django_db(transaction=True)

IS_IN_SIGHT = """() => {
    const { top, bottom } = document.activeElement.getBoundingClientRect();
    return document.activeElement !== document.body && top < innerHeight && bottom > 0;
}"""


@pytest.fixture
def long_article(signed_in: Page):
    made = rendered("\n\n".join(f"Paragraph {n}. " + "Words and words. " * 40 for n in range(30)), title="Long")
    signed_in.goto(made.get_absolute_url())
    signed_in.wait_for_selector(".laid-out")
    return made


def press(page: Page, *keys: str):
    for key in keys:
        page.keyboard.press(key)


def test_after_a_note_is_thrown_away_one_is_where_it_stood(signed_in: Page, long_article):
    page = signed_in
    for number in (3, 20):
        mark(long_article, f"Paragraph {number}.", note="A note")
    page.reload()
    press(page, "j", "Enter")
    page.locator(".note.active").get_by_role("button", name="Move to trash").press("Enter")
    expect(page.locator(".note")).to_have_count(1)
    expect(page.locator("#article-body p", has_text="Paragraph 3.")).to_be_focused()
    assert page.evaluate(IS_IN_SIGHT)
    page.evaluate("scrollTo(0, 0)")
    press(page, "u")
    expect(page.locator("#article-body mark", has_text="Paragraph 3.")).to_be_focused()
    assert page.evaluate(IS_IN_SIGHT)


def test_after_a_note_on_the_whole_is_edited_one_is_at_it(signed_in: Page, article):
    made = writing.annotate(keeper(), article, None, note="On all of it")
    signed_in.reload()
    signed_in.wait_for_selector(".laid-out")
    signed_in.locator(".note").get_by_role("link", name="Edit").press("Enter")
    signed_in.get_by_role("button", name="Save").press("Enter")
    expect(signed_in.locator(f"#note-{made.uuid}")).to_be_focused()
    signed_in.locator(".note").get_by_role("button", name="Move to trash").press("Enter")
    expect(signed_in.locator("#margin").get_by_role("link", name="Annotate")).to_be_focused()


def test_from_a_paragraph_that_was_marked_one_goes_on_to_the_next(signed_in: Page, long_article):
    page = signed_in
    press(page, *"]]]]]", "h")
    expect(page.locator("#article-body mark")).to_be_focused()
    press(page, "]")
    expect(page.locator("#article-body p.current")).to_contain_text("Paragraph 5.")
    expect(page.locator("#article-body p.current")).to_be_focused()


def test_keys_for_star_and_read_leave_one_where_one_reads(signed_in: Page, long_article):
    page = signed_in
    press(page, *"]]]]]")
    was = page.evaluate("scrollY")
    for key, done in (("s", "unstar"), ("m", "unread")):
        press(page, key)
        expect(page.locator(f".way-back [value={done}]")).to_be_attached()
        assert page.evaluate("scrollY") == was
        expect(page.locator("#article-body p.current")).to_be_focused()
    page.locator(".way-back [value=unstar]").press("Enter")
    expect(page.locator(".way-back [value=star]")).to_be_focused()


def test_sheets_take_the_focus_and_go_away_with_their_links(signed_in: Page):
    articles, page = fill(), signed_in
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto("/")
    page.get_by_role("button", name="Filter").press("Enter")
    expect(page.locator(".facets-close")).to_be_focused()
    press(page, "Escape")
    expect(page.get_by_role("button", name="Filter")).to_be_focused()
    page.goto(articles[0].get_absolute_url())
    page.locator(".outline-open").press("Enter")
    page.locator("#outline").get_by_role("link", name="The second part").press("Enter")
    expect(page.locator("#outline")).to_be_hidden()
    expect(page.locator("#article-body h2", has_text="The second part")).to_be_in_viewport()


def test_the_way_back_stays_while_one_is_at_it(signed_in: Page, article):
    page = signed_in
    page.clock.install()
    page.reload()
    press(page, "]", "h")
    undo = page.locator("#toast").get_by_role("button", name="Undo")
    undo.focus()
    page.clock.run_for(20_000)
    expect(undo).to_be_focused()
    page.locator("#q").focus()
    page.clock.run_for(10_000)
    expect(undo).to_be_hidden()


def test_in_forced_colours_one_sees_where_one_is_and_what_is_chosen(signed_in: Page, article):
    page = signed_in
    page.emulate_media(forced_colors="active")
    outline = "element => getComputedStyle(element).outline"
    press(page, "]")
    current = page.locator("#article-body .current")
    assert current.evaluate(outline) != page.locator("#article-body blockquote p").evaluate(outline)
    press(page, "h")
    page.locator(".note.active").wait_for()
    for kind in ("button", "label"):
        chosen, other = (page.locator(f".note {kind}.swatch.{colour}") for colour in ("yellow", "green"))
        assert chosen.evaluate(outline) != other.evaluate(outline)
        press(page, "n")
