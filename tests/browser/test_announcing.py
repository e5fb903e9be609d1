"""Changes without a page load are announced to screen readers, and the focus stays where it was."""

import re

import pytest
from playwright.sync_api import Page, expect

from archive.importing.locking import only_import
from archive.importing.models import ImportRun
from tests.browser.shelves import fill

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def articles():
    return fill()


@pytest.fixture
def heard(page):
    """What a screen reader announces by itself: every change in a live region."""
    words: list[str] = []
    page.expose_function("hear", lambda said: words.append(said.strip()))
    page.add_init_script("""new MutationObserver((changes) => {
        const live = changes.map(({ target }) => (target.closest ? target : target.parentElement)?.closest(
            "[role=status], [role=alert], [aria-live], output"));
        for (const part of new Set(live)) if (part?.checkVisibility() && part.textContent) hear(part.textContent);
    }).observe(document, { subtree: true, childList: true, characterData: true, attributeFilter: ["hidden"] });""")
    return words


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
    expect(page.locator("#count")).to_be_focused()
    expect(page.locator("#count")).to_have_text("1 article")
    said(page).to_have_text("")  # the focused element is announced anyway


def test_what_was_not_understood_of_a_search_is_said(page, articles):
    page.goto("/")
    page.focus("#q")
    page.keyboard.type("before:never")
    page.keyboard.press("Enter")
    said(page).to_have_text(re.compile("^No articles. .*not a date"))
    page.goto("/")
    page.click(".dates summary")
    page.fill("input[name=from]", "some time")
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_be_focused()
    said(page).to_have_text(re.compile("^“some time.*ignored"))


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


def test_an_import_says_that_it_has_ended(signed_in):
    page = signed_in
    run = ImportRun.objects.create(total=2, done=1)
    with only_import():
        page.goto(f"/imports/{run.pk}/")
        expect(page.locator("progress")).to_be_visible()
        said(page).to_have_text("")
        ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.State.FINISHED, done=2, created=1, failed=1)
    said(page).to_have_text("Done: 1 new, 1 failed")


def test_what_is_done_on_a_new_page_is_said_there(signed_in, articles, heard):
    page = signed_in
    page.goto(articles[0].get_absolute_url())
    page.locator(".foot-links button").press("Enter")
    said(page).to_have_text("“The swing bridge” was moved to trash.")
    page.locator(".lines button").press("Enter")
    said(page).to_have_text("Article restored.")
    page.locator(".edit-tags summary").press("Enter")
    page.locator("#tags-field").press("Enter")
    said(page).to_have_text("Nothing needed changing.")
    assert len(heard) == 3


def test_each_mark_is_said_once_and_the_next_one_again(signed_in, article, heard):
    page = signed_in
    page.reload()
    page.wait_for_selector(".laid-out")
    for number in (1, 2):
        page.keyboard.press("]")
        page.keyboard.press("h")
        expect(page.locator(".note")).to_have_count(number)
        expect(page.locator("#toast")).to_be_visible()
    page.wait_for_timeout(100)
    assert heard == ["Highlighted.", "Highlighted."]


def test_why_a_note_was_not_saved_is_said_once(signed_in, article, heard):
    page = signed_in
    page.reload()
    page.wait_for_selector(".laid-out")
    page.keyboard.press("]")
    page.keyboard.press("n")
    page.keyboard.type("A thought")
    page.route("**/annotate*", lambda route: route.abort())
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.locator("#toolbar [role=alert]")).to_contain_text("There was no answer")
    assert len(heard) == 1
    page.complaints.clear()  # the browser's own message about the failed request


def test_an_import_that_waits_says_nothing_over_and_over(signed_in, heard):
    page = signed_in
    run = ImportRun.objects.create(state=ImportRun.State.WAITING)
    with only_import():
        page.goto(f"/imports/{run.pk}/")
        with page.expect_response(f"**/imports/{run.pk}/"):
            pass
        page.wait_for_timeout(200)
    assert heard == []
