"""The pages in use: with and without JavaScript, with a mouse, keyboard or finger."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.shelves import fill


@pytest.fixture
def articles(transactional_db):
    return fill()


def test_filters_swap_the_list_keep_the_address_and_the_way_back(page, articles):
    page.goto("/")
    page.evaluate("window.same = true")
    page.click(".facets a:has-text('sea')")
    expect(page.locator("#count")).to_have_text("1 article")
    assert page.url.endswith("/?tag=sea")
    assert page.evaluate("window.same"), "the page was loaded anew"
    assert page.evaluate("document.activeElement.id") == "count"
    page.click(".chip")
    expect(page.locator("#count")).to_have_text("5 articles")
    page.go_back()
    expect(page.locator("#count")).to_have_text("1 article")
    assert page.url.endswith("/?tag=sea")


def test_searching_keeps_the_filters_and_the_focus(page, articles):
    page.goto("/?tag=sea")
    page.keyboard.press("/")
    page.keyboard.type("bridge")
    page.keyboard.press("Enter")
    expect(page.locator("mark.hit").first).to_have_text("bridge")
    assert page.url.endswith("/?q=bridge&tag=sea")
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.title() == "bridge · Library · Commonplace"
    page.click(".chip:has-text('bridge')")
    expect(page.locator(".chip")).to_have_count(1)
    assert page.input_value("#q") == ""


def test_the_order_changes_with_the_choice(page, articles):
    page.goto("/")
    page.select_option("#sort", "-published")
    expect(page.locator(".row h2").first).not_to_have_text("The swing bridge")
    assert "sort=-published" in page.url


def test_the_key_for_searching_can_be_switched_off(page, articles):
    page.goto("/preferences/")
    page.check("input[name=keys][value=off]", force=True)
    page.click("main button")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "q"


def test_from_the_list_to_an_article_on_to_the_next_and_back(page, articles):
    page.goto("/?sort=title")
    page.click(".row h2 a >> nth=1")
    assert "sort=title" in page.url
    with page.expect_navigation():
        page.click("a[rel=next]")
    title = page.locator("h1").inner_text()
    page.click(".way-back a")
    page.wait_for_url("**/?sort=title#article-*")
    assert page.locator(":target").inner_text() == page.locator(".row h2 a >> nth=2").inner_text() == title


def test_the_outline_leads_to_the_part_and_the_article_stays_readable(page, articles):
    page.goto(articles[0].get_absolute_url())
    page.click(".outline a >> nth=1")
    assert re.search(r"#a-.+", page.url)
    box = page.locator("#article-body h2 >> nth=1").bounding_box()
    assert 0 <= box["y"] < 200


def test_the_text_of_the_body_is_that_of_the_revision(page, articles):
    for made in articles:
        page.goto(made.get_absolute_url())
        assert page.evaluate("document.getElementById('article-body').textContent") == made.revision.text


def test_a_choice_of_looks_takes_effect_at_once_and_stays(page, articles):
    page.goto(articles[0].get_absolute_url())
    before = page.evaluate("getComputedStyle(document.getElementById('article-body')).fontSize")
    page.click("[popovertarget=look]")
    with page.expect_response("**/preferences/"):
        page.check("input[name=theme][value=dark]", force=True)
    with page.expect_response("**/preferences/"):
        page.check("input[name=size][value=largest]", force=True)
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.getElementById('article-body')).fontSize") != before


def test_pictures_elsewhere_are_asked_for_only_when_wanted(page, articles):
    asked = []
    page.route("https://pictures.example/*", lambda route: (asked.append(route.request), route.abort()))
    page.goto(articles[0].get_absolute_url())
    page.wait_for_load_state("networkidle")
    assert asked == []
    page.click("text=Load on this page")
    page.locator("#article-body img").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert [request.url for request in asked] == ["https://pictures.example/a.png"]
    assert "referer" not in asked[0].headers
    page.strangers.clear()
    page.complaints.clear()


def test_on_a_phone_the_filters_open_as_a_sheet_that_escape_closes(page, articles):
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto("/")
    assert not page.is_visible(".facets")
    page.click(".facets-open")
    assert page.is_visible(".facets")
    page.keyboard.press("Escape")
    assert not page.is_visible(".facets")
    page.click(".facets-open")
    page.click(".facets a:has-text('sea')")
    expect(page.locator("#count")).to_have_text("1 article")


def test_everything_can_be_done_without_script(without_script, articles):
    page = without_script
    page.goto("/")
    page.click(".facets-open")
    page.click(".facets a:has-text('sea')")
    expect(page.locator("#count")).to_have_text("1 article")
    page.fill("#q", "bridge")
    page.press("#q", "Enter")
    page.wait_for_url("**/?q=bridge&tag=sea")
    page.click(".chip >> nth=0")
    page.click("text=Clear all")
    expect(page.locator("#count")).to_have_text("5 articles")
    page.select_option("#sort", "title")
    page.click(".sort noscript button")
    page.wait_for_url("**sort=title")
    page.click(".row h2 a:has-text('bridge')")
    page.click("[popovertarget=look]")
    page.check("#look input[value=dark]", force=True)
    page.click("button:visible:has-text('Save')")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.click("text=Details")
    expect(page.locator("main")).to_contain_text("harbour.example")


def test_a_person_signs_in_edits_tags_throws_away_and_takes_back(page, articles, django_user_model):
    django_user_model.objects.create_superuser("keeper", password="a long password")
    page.goto("/sign-in/")
    page.fill("#id_username", "keeper")
    page.fill("#id_password", "a long password")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r":\d+/$"))
    page.goto(articles[0].get_absolute_url())
    page.click(".edit-tags summary")
    page.fill("#tags-field", "harbours, sea/boats")
    page.click(".edit-tags button")
    expect(page.locator(".labels .tags li")).to_have_text(["harbours", "sea/boats"])
    page.click(".foot-links button")
    expect(page.locator("main h1")).to_have_text("Trash")
    page.click(".lines button")
    expect(page.locator("h1")).to_have_text("The swing bridge")


def test_the_first_tab_leads_past_the_header(page, articles):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.inner_text(":focus") == "Skip to the content"
    assert page.is_visible(":focus")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
