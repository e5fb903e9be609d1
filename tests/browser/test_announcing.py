"""What changes on a page without a new page is said to those who hear it, and the focus stays where it was."""

import re

import pytest
from playwright.sync_api import Page, expect

from archive.importing.models import ImportRun
from tests.browser.shelves import fill

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def articles():
    return fill()


def said(page: Page):
    return expect(page.locator("#announcement"))


def test_the_list_says_how_many_it_has_and_that_it_has_none(page, articles):
    page.goto("/?q=bridge")
    page.focus("#q")
    page.keyboard.press("End")
    page.keyboard.type(" nothing")
    page.keyboard.press("Enter")
    said(page).to_have_text("No articles")
    expect(page.locator("#q")).to_be_focused()
    page.locator(".ways-out a").first.focus()
    page.keyboard.press("Enter")
    said(page).to_have_text(re.compile("^1 article"))
    expect(page.locator("#count")).to_be_focused()


def test_the_order_is_changed_by_arrow_keys_that_stay_on_it(page, articles):
    page.goto("/")
    page.focus("#sort")
    for order in ("published", "added"):
        page.keyboard.press("ArrowDown")
        page.wait_for_url(re.compile(f"sort=-?{order}"))
        expect(page.locator("#sort")).to_be_focused()
        said(page).to_have_text("5 articles")


def test_values_that_begin_with_what_is_typed_are_counted(page, articles):
    page.goto("/filters/tag/")
    said(page).to_have_text("")
    page.focus("#begins")
    page.keyboard.type("sea")
    said(page).to_have_text("2 found")
    page.keyboard.type("weed")
    said(page).to_have_text("0 found")
    expect(page.locator("#begins")).to_be_focused()


def test_an_import_says_that_it_has_ended(page):
    run = ImportRun.objects.create(total=2, done=1)
    page.goto(f"/imports/{run.pk}/")
    expect(page.locator("progress")).to_be_visible()
    said(page).to_have_text("")
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.State.FINISHED, done=2, created=1, failed=1)
    said(page).to_have_text("Done: 1 new, 1 failed")
