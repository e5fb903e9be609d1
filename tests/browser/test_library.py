"""The library by keyboard and pointer, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from archive.search import index
from tests.browser.shelves import fill
from tests.factories import article


@pytest.fixture
def articles(transactional_db):
    return fill()


def test_the_search_box_completes_the_word_at_the_caret(page, articles):
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("brid tag:boa")
    options = page.locator("#completions [role=option]:not([data-href])")
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


def test_the_articles_can_be_gone_to_and_search_tips_are_offered(page, articles):
    page.goto("/")
    for name in ("Skip to the content", "Skip to the articles", "Skip to the filters"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == name
        expect(page.get_by_role("link", name=name)).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('.facets')")
    page.get_by_role("link", name="Skip to the articles").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".row h2 a").first).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#completions [role=option]")).to_have_text(["Search tips"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search-tips/")
    page.get_by_role("link", name="tag:energy").click()
    page.wait_for_url("**/?q=tag%3Aenergy")
    expect(page.locator(".facets")).to_contain_text("energy")  # although nothing is found
    page.get_by_role("link", name="energy 0").click()
    expect(page.locator("#count")).to_have_text("5 articles")


def test_a_bar_tells_its_number_where_it_is_hovered_or_focused(page, articles):
    page.goto("/")
    told = "getComputedStyle(document.querySelector('.chart output'), '::after').content"
    page.locator(".bars a").last.hover()
    assert "Mar 2024: 1" in page.evaluate(told)
    page.mouse.move(0, 0)
    assert page.evaluate(told) == "none" or "Mar" not in page.evaluate(told)
    page.locator(".bars a").first.focus()
    assert "May 2022: 1" in page.evaluate(told)
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".chart output")).to_have_text("May 2022 to Jan 2023")
    assert page.evaluate(told) == "none"


def test_a_compact_list_shows_nine_rows_at_once(browser, archive, many_articles):
    context = browser.new_context(base_url=archive, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    whole = """() => [...document.querySelectorAll(".row")]
        .filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length"""
    page.goto("/")
    comfortable = page.evaluate(whole)
    page.click("[popovertarget=look]")
    with page.expect_response("**/preferences/"):
        page.get_by_label("Compact").check(force=True)
    assert page.evaluate(whole) >= 9 > comfortable
    page.goto("/?q=about")
    assert page.evaluate("document.documentElement.dataset.density") == "compact"
    assert page.evaluate(whole) >= 7
    expect(page.locator(".excerpt").first).to_be_visible()  # since it matches the search
    context.close()


def middle(bar):
    box = bar.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_filters_can_be_skipped(page, articles):
    page.goto("/")
    page.focus("[href='#main']")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip the filters"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.facets') === null && document.activeElement.id") == "sort"


def test_dragging_over_the_chart_chooses_a_range(page, articles):
    page.goto("/?tag=sea&tag=history&q=-tag:nothing")
    expect(page.locator("time-chart")).to_have_count(0)  # one month: nothing to compare
    page.goto("/?sort=title")
    bars = page.locator(".bars li")
    chosen = page.locator(".bars .is-chosen")
    january, march = (page.locator(f".bars li[data-on='{month}']") for month in ("2023-01", "2024-03"))
    page.mouse.move(*middle(january))
    page.mouse.down()
    page.mouse.move(*middle(bars.last), steps=4)
    expect(chosen).to_have_count(15)
    expect(page.locator(".chart output")).to_have_text("Jan 2023 to Mar 2024")
    x, y = middle(bars.last)
    page.mouse.move(x, y + 300)  # away from it: releasing here selects nothing
    expect(chosen).to_have_count(0)
    page.mouse.up()
    assert page.url.endswith("/?sort=title")
    page.mouse.move(*middle(bars.last))
    page.mouse.down()
    page.mouse.move(*middle(january), steps=4)
    page.mouse.up()
    expect(page.locator("#count")).to_have_text("3 articles")
    assert page.url.endswith("/?on=2023-01..2024-03&sort=title")
    expect(chosen).to_have_count(0)
    march.click()
    expect(page.locator("#count")).to_have_text("1 article")
    assert page.url.endswith("/?on=2024-03&sort=title")
    page.click(".chip")
    expect(page.locator("#count")).to_have_text("5 articles")


def test_a_finger_chooses_a_range_too(browser, archive, articles):
    context = browser.new_context(base_url=archive, viewport={"width": 360, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto("/")
    finger = context.new_cdp_session(page)
    (x, y), (end, _) = (middle(page.locator(f".bars li[data-on='{month}']")) for month in ("2022-05", "2023-01"))
    for kind, place in (("Start", x), ("Move", (x + end) / 2), ("Move", end)):
        finger.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": [{"x": place, "y": y}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_url("**/?on=2022-05..2023-01")
    expect(page.locator("#count")).to_have_text("2 articles")
    context.close()


def test_the_arrow_keys_choose_a_range(page, articles):
    page.goto("/")
    links = page.locator(".bars a")
    expect(page.get_by_role("toolbar")).to_have_count(1)
    assert links.evaluate_all("links => links.map((link) => link.tabIndex)") == [0, -1, -1, -1]
    links.first.focus()
    page.keyboard.press("ArrowRight")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("Shift+End")
    expect(page.locator(".chart output")).to_have_text("Jan 2023 to Mar 2024")
    page.keyboard.press("Escape")
    expect(page.locator(".is-chosen")).to_have_count(0)
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator(".chart output")).to_have_text("Jan 2024 to Mar 2024")
    page.keyboard.press("Shift+Home")
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_have_text("4 articles")
    assert page.url.endswith("/?on=2022-05..2024-03")
    page.locator(".bars a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?on=2022-05")


def test_a_range_of_time_without_script(without_script, articles):
    without_script.goto("/?q=-tag:nothing&sort=title")
    without_script.click(".dates summary")
    without_script.fill("input[name=from]", "2023")
    without_script.fill("input[name=to]", "2024-03")
    without_script.click(".dates button")
    assert without_script.url.endswith("/?q=-tag%3Anothing&on=2023-01..2024-03&sort=title")
    assert without_script.inner_text("#count") == "3 articles"
    without_script.click(".chip >> nth=1")
    assert without_script.inner_text("#count") == "5 articles"


@pytest.fixture
def many_articles(transactional_db):
    for number in range(70):
        article(
            title=f"Number {number:02}", description="What it is about. " * 9, tags=("all",), published="2024-01-01"
        )
    index.refresh()


def is_in_sight(row) -> bool:
    return 0 < row.bounding_box()["y"] < row.page.viewport_size["height"] - 40


def test_the_way_back_leads_to_the_row_one_came_from(page, many_articles):
    page.goto("/?tag=all&sort=title")
    page.click("a[rel=next]")
    title = page.locator(".row h2 a", has_text="Number 44")
    title.wait_for()
    address = page.url
    title.scroll_into_view_if_needed()
    was = page.evaluate("scrollY")
    assert was > 500
    title.click()
    page.wait_for_url("**/articles/**")
    page.click(".way-back a")
    page.wait_for_url("**/?tag=all**")
    assert page.url.partition("#")[0] == address
    expect(title).to_be_focused()
    assert is_in_sight(title)
    page.keyboard.press("j")  # the keys continue from there
    expect(page.locator(".row h2 a", has_text="Number 45")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/**")
    page.click("a[rel=next]")
    page.wait_for_url("**number-46**")
    page.locator(".way-back a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/articles/" not in url)
    assert page.url.partition("#")[0] == address
    expect(page.locator(".row h2 a", has_text="Number 46")).to_be_focused()


def test_the_browsers_back_leads_to_where_the_list_was_scrolled(page, many_articles):
    page.goto("/?tag=all&sort=title")
    page.click("a[rel=next]")
    title = page.locator(".row h2 a", has_text="Number 44")
    title.scroll_into_view_if_needed()
    address, was = page.url, page.evaluate("scrollY")
    assert was > 500
    title.click()
    page.wait_for_url("**/articles/**")
    page.go_back()
    expect(title).to_be_visible()
    assert page.url == address
    page.wait_for_function(f"Math.abs(scrollY - {was}) < 5")


def test_the_way_back_without_script(without_script, many_articles):
    without_script.goto("/?tag=all&sort=title")
    without_script.click("a[rel=next]")
    address = without_script.url
    without_script.click(".row h2 a >> nth=20")
    without_script.click(".way-back a")
    assert without_script.url.partition("#")[0] == address
    title = without_script.locator(".row h2 a", has_text="Number 45")
    expect(title).to_be_focused()
    assert is_in_sight(title)
