"""Selecting rows of the library and acting on them: by pointer, by keyboard, and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from archive.articles.models import Article
from archive.curating.models import Collection
from archive.reading.models import ReadingState
from archive.search import index
from tests.factories import article

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def articles(signed_in):
    made = [article(title=f"Number {number:02}", published="2024-01-01", tags=("all",)) for number in range(30)]
    index.refresh()
    return made


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.textContent")


def present() -> set[str]:
    return set(Article.objects.present().values_list("title", flat=True))


def test_five_articles_go_to_the_trash_with_three_clicks(signed_in: Page, articles):
    page = signed_in
    page.goto("/?tag=all&sort=title")
    bar = page.locator("#selection")
    expect(bar).to_be_hidden()
    page.mouse.wheel(0, 300)
    boxes = page.locator(".choose")
    boxes.nth(2).click()
    boxes.nth(6).click(modifiers=["Shift"])
    expect(page.locator("#number-selected")).to_have_text("5 selected")
    expect(page.locator("#announcement")).to_have_text("5 selected")
    page.evaluate("window.isSamePage = true")
    bar.get_by_text("Move to trash").click()
    expect(page.locator(".messages")).to_contain_text("5 articles moved to trash.")
    expect(page.locator("#count")).to_have_text("25 articles")
    expect(page.locator("#announcement")).to_contain_text("5 articles moved to trash.")
    assert page.evaluate("window.isSamePage")  # and at the same scroll position
    expect(bar).to_be_hidden()
    assert present() == {each.title for each in articles} - {f"Number {n:02}" for n in range(2, 7)}
    page.keyboard.press("u")
    expect(page.locator(".messages")).to_contain_text("Undone: 5 articles restored")
    expect(page.locator("#count")).to_have_text("30 articles")
    assert len(present()) == 30
    # The whole page, with one deselected; then all results, which are confirmed.
    boxes.first.click()
    bar.get_by_text("This page").click()
    expect(page.locator("#number-selected")).to_have_text("25 selected")
    boxes.nth(3).click()
    expect(page.locator("#number-selected")).to_have_text("24 selected")
    expect(bar.get_by_label("This page")).not_to_be_checked()
    bar.get_by_text("All 30 articles").click()
    expect(page.locator("#number-selected")).to_have_text("All 30 articles selected")
    bar.get_by_text("Move to trash").click()
    expect(page.locator("h1")).to_have_text("Move 30 articles to the trash?")
    assert len(present()) == 30


def test_keys_work_on_the_current_row_or_on_those_selected(signed_in: Page, articles):
    page = signed_in
    page.goto("/?tag=all&sort=title")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("s")  # the second row
    row = page.locator(".row", has_text="Number 01")
    expect(row.locator(".star")).to_be_visible()
    expect(row.locator("h2 a")).to_be_focused()
    page.keyboard.press("s")
    expect(row.locator(".star")).to_have_count(0)
    page.keyboard.press("m")
    expect(page.locator(".row.is-read")).to_have_count(1)
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("X")
    expect(page.locator("#number-selected")).to_have_text("3 selected")
    page.keyboard.press("Escape")
    expect(page.locator("#selection")).to_be_hidden()
    page.keyboard.press("x")
    page.keyboard.press("k")
    page.keyboard.press("X")
    page.keyboard.press("t")
    page.keyboard.type("harbour")
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("Tags added to 2 articles.")
    expect(page.locator(".tags a", has_text="harbour")).to_have_count(2)
    page.locator(".row h2 a").nth(5).focus()
    page.keyboard.press("#")
    expect(page.locator(".messages")).to_contain_text("1 article moved to trash.")
    assert focused(page) == "Number 06"  # the next one has taken its place
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("select the current article")
    assert set(Article.objects.filter(tags__name="harbour").values_list("title", flat=True)) == {
        "Number 02",
        "Number 03",
    }
    assert "Number 05" not in present()


def test_selecting_without_script(signed_in: Page, browser, archive, articles):
    context = browser.new_context(
        java_script_enabled=False, storage_state=signed_in.context.storage_state(), base_url=archive
    )
    page = context.new_page()
    page.goto("/?tag=all&sort=title")
    expect(page.locator("#selection")).to_be_hidden()
    for number in (1, 4):
        page.get_by_role("checkbox", name=f"Number {number:02}").check()
    page.locator("#selection").get_by_text("Star", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("2 articles starred.")
    assert page.url.endswith("/?tag=all&sort=title")
    assert ReadingState.objects.exclude(starred_at=None).count() == 2
    page.click("[data-undo]")
    expect(page.locator(".messages")).to_contain_text("Undone: 2 articles restored")
    page.locator(".choose").nth(7).check()
    page.locator("#selection").get_by_text("This page").click()
    page.locator("#selection summary", has_text="Collect").click()
    page.get_by_label("New collection").fill("Night boats")
    page.keyboard.press("Enter")  # only a script can tell which button is meant
    assert not Collection.objects.exists()
    page.get_by_role("button", name="Add to collection").click()
    expect(page.locator(".messages")).to_contain_text("25 articles added to “Night boats”.")
    page.locator(".choose").first.check()
    page.get_by_role("button", name="Move to trash").click()
    expect(page.locator(".messages")).to_contain_text("1 article moved to trash.")
    assert "Number 00" not in present()
    context.close()
