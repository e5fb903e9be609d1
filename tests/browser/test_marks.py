"""Continuing where one stopped, and marking articles by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from archive.reading.models import ReadingState
from tests.factories import rendered

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def long_article(transactional_db):
    return rendered("\n\n".join(f"Paragraph {n} 🎣 {'of many words ' * 60}" for n in range(40)), title="Long")


def test_one_reads_on_where_one_stopped(signed_in: Page, long_article):
    page = signed_in
    page.clock.install()
    page.goto(long_article.get_absolute_url())
    expect(page.get_by_role("button", name="Continue where you left off")).to_be_hidden()
    page.get_by_text("Paragraph 20 ").evaluate("paragraph => paragraph.scrollIntoView()")
    page.wait_for_function("scrollY > 1000")
    page.clock.run_for(4000)
    with page.expect_response(re.compile("/mark")):
        page.evaluate("dispatchEvent(new Event('pagehide'))")
    stopped = ReadingState.objects.get()
    assert long_article.revision.text[stopped.position :].startswith("Paragraph 20 ")

    page.goto(long_article.get_absolute_url())
    page.get_by_role("button", name="Continue where you left off").click()
    expect(page.get_by_text("Paragraph 20 ")).to_be_focused()
    expect(page.get_by_text("Paragraph 20 ")).to_be_in_viewport()


def test_keys_mark_in_place(signed_in: Page, long_article):
    page = signed_in
    page.goto(long_article.get_absolute_url())
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Remove star")).to_have_count(2)
    expect(page.locator("#announcement")).to_have_text("Starred.")
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="Mark as unread")).to_have_count(2)
    state = ReadingState.objects.get()
    assert state.is_read and state.is_starred
    page.get_by_role("button", name="Mark as unread").last.click()
    expect(page.get_by_role("button", name="Mark as read").last).to_be_focused()
    assert not ReadingState.objects.get().is_read
