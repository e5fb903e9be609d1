"""The bookmarklet, pressed on somebody else's page."""

from html import escape

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db(transaction=True)

ELSEWHERE = "https://harbour.example/bridge?lang=en&page=2#tides"
WORDS = "“It opens by hand,” she said, “100 % of the time.”"


def test_the_bookmarklet_brings_page_and_selection_to_the_form(signed_in: Page, data_dir):
    signed_in.goto("/imports/")
    bookmark = signed_in.get_by_role("link", name="Save to Commonplace").get_attribute("href")
    context = signed_in.context
    text = f'<title>Bridges &amp; "tides"</title><p id="words">{WORDS}</p><a href="{escape(bookmark)}">Bookmark</a>'
    context.route(
        "https://harbour.example/**", lambda route: route.fulfill(body=text, content_type="text/html; charset=utf-8")
    )
    elsewhere = context.new_page()
    elsewhere.goto(ELSEWHERE)
    elsewhere.evaluate("getSelection().selectAllChildren(document.getElementById('words'))")
    with context.expect_page() as opened:
        elsewhere.get_by_text("Bookmark").click()
    form = opened.value
    expect(form.get_by_label("Address of the page")).to_have_value(ELSEWHERE)
    expect(form.get_by_label("Title", exact=True)).to_have_value('Bridges & "tides"')
    expect(form.get_by_label("Passage to highlight")).to_have_value(WORDS)
    form.get_by_role("button", name="Save").click()
    form.goto("/")
    expect(form.locator(".row h2")).to_have_text('Bridges & "tides"')
    assert elsewhere.url == ELSEWHERE, "the page one reads stays open"
