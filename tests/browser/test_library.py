"""The library worked by keyboard and pointer, as script makes it quicker."""

import pytest
from playwright.sync_api import expect

from tests.browser.shelves import fill


@pytest.fixture
def articles(transactional_db):
    return fill()


def test_the_search_box_completes_the_word_at_the_caret(page, articles):
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("brid tag:boa")
    options = page.locator("#completions [role=option]")
    expect(options).to_have_count(1)
    assert page.inner_text("#announcement") == "1 suggestion"
    assert page.get_attribute("#q", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#q", "aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("Enter")
    assert page.input_value("#q") == "brid tag:sea/boats "
    assert page.url.endswith("/")
    expect(options).to_have_count(0)
    page.keyboard.type("au")
    page.click("#completions [role=option] >> nth=0")
    assert page.input_value("#q") == "brid tag:sea/boats author:"
    expect(options.first).to_contain_text('author:"Ana Miel"')
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    assert page.input_value("#q") == "brid tag:sea/boats author:"
    page.keyboard.press("Escape")
    assert page.input_value("#q") == ""
    page.keyboard.type("tag:hist")
    expect(options).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=tag%3Ahist")
    page.fill("#q", "")
    page.keyboard.type("tag:hist")
    expect(options).to_have_count(1)
    page.keyboard.press("Tab")
    expect(options).to_have_count(0)
    assert page.evaluate("document.activeElement.id") != "q"


def test_keys_walk_the_list_and_open_an_article(page, articles):
    page.goto("/")
    titles = page.locator(".row h2 a")
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(titles.nth(place)).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(titles.nth(1)).to_be_focused()
    page.click("#q")
    page.keyboard.type("jk")
    assert page.input_value("#q") == "jk"
    titles.nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/**")
