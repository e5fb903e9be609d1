"""Moving between search hits, with and without JavaScript, by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from archive.search import index
from tests.factories import rendered

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def talks(transactional_db):
    filling = "Much was said of other things. " * 90
    source = f"The swap was late.\n\n{filling}\n\nA [link about the swap](https://a.example/).\n\n{filling}\n\nNo swap."
    made = rendered(source, title="Talks")
    index.refresh()
    return made


def marked(page: Page, number: int):
    return page.locator(f'mark[data-hits="{number}"]')


def test_hits_are_gone_through_without_javascript(archive, browser, talks):
    page = browser.new_context(base_url=archive, java_script_enabled=False).new_page()
    page.goto(f"{talks.get_absolute_url()}?q=swap")
    page.get_by_role("link", name="Go to the first").focus()
    page.keyboard.press("Enter")
    expect(marked(page, 1)).to_be_in_viewport()
    for number in (2, 3):
        page.get_by_role("link", name="Next hit").focus()
        page.keyboard.press("Enter")
        expect(marked(page, number)).to_be_in_viewport()
    expect(page.get_by_role("link", name="Next hit")).to_have_count(0)
    page.keyboard.press("Tab")  # from the current position
    expect(page.get_by_role("link", name="Previous hit, 2 of 3")).to_be_focused()
    page.keyboard.press("Enter")
    expect(marked(page, 2)).to_be_in_viewport()
    page.context.close()


def test_what_has_the_focus_is_not_under_the_ways_from_hit_to_hit(page: Page):
    lines = "\n\n".join(f"{'A line. ' * 3} [link {n}](https://a.example/{n})" for n in range(30))
    made = rendered(f"The swap.\n\n{lines}", title="Links")
    index.refresh()
    page.set_viewport_size({"width": 320, "height": 400})
    page.goto(f"{made.get_absolute_url()}?q=swap#hit-1")
    for link in page.locator("#article-body a", has_text="link").all():
        link.focus()
        assert link.evaluate("link => innerHeight - link.getBoundingClientRect().bottom") > 60


def test_keys_go_from_hit_to_hit_and_the_text_stays(signed_in: Page, talks):
    page = signed_in
    page.goto(f"{talks.get_absolute_url()}?q=swap")
    assert page.locator("#article-body").evaluate("body => body.textContent") == talks.revision.text
    for key, number in ((".", 1), (".", 2), (".", 3), (".", 3), (",", 2)):
        page.keyboard.press(key)
        expect(page).to_have_url(f"{page.url.partition('#')[0]}#hit-{number}")
        expect(marked(page, number)).to_be_in_viewport()
