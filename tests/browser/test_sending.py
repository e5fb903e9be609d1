"""Sending when something goes wrong: nothing is stored twice, no text is lost, and messages are true."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Error, Page, expect

from archive.annotations import writing
from archive.annotations.models import Annotation
from tests.browser.passages import SELECT, keeper, mark, place_of

pytestmark = pytest.mark.django_db(transaction=True)

SHARED = "A thought of some length"
PASSWORD = "a long password"


def write(page: Page, article, words="Opening words", note=SHARED):
    page.evaluate(SELECT, place_of(article, words))
    expect(page.locator("#toolbar")).to_be_visible()
    page.keyboard.press("n")
    page.locator("#new-note").fill(note)


def save(page: Page):
    page.locator("#toolbar .primary").click()


def open_edit(page: Page, note):
    page.wait_for_selector(".laid-out")
    page.locator(f"#note-{note.uuid} [data-form]").first.evaluate("(link) => link.click()")
    page.locator(".annotation-form [name=note]").wait_for()


def stored():
    return list(Annotation.objects.order_by("pk").values_list("note", flat=True))


def test_two_clicks_on_a_colour_are_one_highlight(signed_in: Page, article):
    signed_in.evaluate(SELECT, place_of(article, "Opening words"))
    signed_in.locator("#toolbar .swatch.blue").evaluate("(button) => { button.click(); button.click(); }")
    expect(signed_in.locator("#article-body mark.blue")).to_have_count(1)
    signed_in.wait_for_load_state("networkidle")
    assert stored() == [""]


def test_saving_twice_without_javascript_is_one_note(signed_in: Page, article, archive):
    context = signed_in.context.browser.new_context(
        java_script_enabled=False, storage_state=signed_in.context.storage_state(), base_url=archive
    )
    plain = context.new_page()
    plain.goto(f"/articles/{article.pk}/annotate?start=0&end=13")
    plain.locator("[name=note]").fill(SHARED)

    def send_twice(route):
        route.fetch(max_redirects=0)
        route.continue_()

    plain.route(lambda address: address.endswith("/annotate"), send_twice)
    plain.get_by_role("button", name="Save", exact=True).click()
    expect(plain.locator(".note-text")).to_have_text(SHARED)
    assert stored() == [SHARED]
    context.close()


def test_where_the_answer_is_lost_a_second_try_stores_nothing_twice(signed_in: Page, article):
    def lose(route):
        route.fetch()
        route.abort()

    signed_in.route("**/annotate*", lose, times=1)
    write(signed_in, article)
    save(signed_in)
    problem = signed_in.locator("#toolbar .problem")
    expect(problem).to_contain_text("may or may not have been saved")
    assert stored() == [SHARED]
    assert signed_in.locator("#new-note").input_value() == SHARED
    # Also after leaving and reloading the page.
    signed_in.keyboard.press("Escape")
    signed_in.reload()
    signed_in.locator("#drafts summary").click()
    signed_in.locator("#drafts").get_by_role("button", name="Continue").click()
    save(signed_in)
    expect(signed_in.locator(".note-text")).to_have_text(SHARED)
    expect(signed_in.locator("#drafts")).to_be_hidden()
    assert stored() == [SHARED]
    signed_in.complaints.clear()  # the browser's own message about the failed request


def test_a_colour_whose_answer_is_lost_can_be_another_one_the_second_time(signed_in: Page, article):
    def lose(route):
        route.fetch()
        route.abort()

    signed_in.route("**/annotate*", lose, times=1)
    signed_in.evaluate(SELECT, place_of(article, "Opening words"))
    signed_in.locator("#toolbar .swatch.blue").click()
    expect(signed_in.locator("#toolbar .problem")).to_contain_text("may or may not have been saved")
    signed_in.evaluate("getSelection().removeAllRanges()")
    signed_in.evaluate(SELECT, place_of(article, "Opening words"))
    signed_in.locator("#toolbar .swatch.green").click()
    expect(signed_in.locator("#article-body mark.green")).to_have_count(1)
    assert Annotation.objects.get().colour == "green"
    signed_in.complaints.clear()  # the browser's own message about the failed request


def test_while_no_answer_comes_it_says_so_and_keeps_the_text(signed_in: Page, article):
    signed_in.clock.install()
    hanging = []

    def hang(route):
        route.fetch()
        hanging.append(route)

    signed_in.route("**/annotate*", hang, times=1)
    write(signed_in, article)
    busy = signed_in.evaluate("""() => {
        const form = document.getElementById("toolbar");
        form.querySelector(".primary").click();
        return [form.getAttribute("aria-busy"), form.querySelector(".sending").textContent];
    }""")
    assert busy == ["true", "Saving…"], "at once, within the click"
    signed_in.clock.fast_forward(11_000)
    expect(signed_in.locator("#toolbar .sending")).to_contain_text("No answer yet")
    save(signed_in)
    signed_in.clock.fast_forward(60_000)
    expect(signed_in.locator("#toolbar .problem")).to_contain_text("may or may not have been saved")
    assert signed_in.locator("#new-note").input_value() == SHARED
    save(signed_in)
    expect(signed_in.locator(".note-text")).to_have_text(SHARED)
    assert stored() == [SHARED] and len(hanging) == 1
    signed_in.complaints.clear()


def sign_in_elsewhere(page: Page, archive, name):
    """The session has ended, and someone signs in in another tab."""
    Session.objects.all().delete()
    tab = page.context.new_page()
    tab.goto(f"{archive}/sign-in/")
    tab.get_by_label("Name").fill(name)
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    tab.wait_for_url(f"{archive}/")
    tab.close()


def test_an_expired_session_is_no_obstacle_once_one_has_signed_in_again(signed_in: Page, article, archive):
    write(signed_in, article)
    Session.objects.all().delete()
    save(signed_in)
    problem = signed_in.locator("#toolbar .problem")
    expect(problem).to_contain_text("You are signed out, so this was not saved")
    expect(problem.get_by_role("link", name="Sign in")).to_have_attribute("target", "_blank")
    assert stored() == []
    sign_in_elsewhere(signed_in, archive, "keeper")
    save(signed_in)
    expect(signed_in.locator(".note-text")).to_have_text(SHARED)
    # The other forms on the page have the new token too.
    signed_in.locator(".note").get_by_role("button", name="Move to trash").click()
    expect(signed_in.locator(".note")).to_have_count(0)
    assert stored() == [SHARED]
    signed_in.complaints.clear()


def test_another_person_is_asked_and_sees_no_draft_of_the_first(signed_in: Page, article, archive, django_user_model):
    other = django_user_model.objects.create_user("other", password=PASSWORD)
    write(signed_in, article, "The second part", "Of the keeper alone")
    signed_in.keyboard.press("Escape")
    expect(signed_in.locator("#drafts")).to_contain_text("1 unsaved note")
    write(signed_in, article)
    sign_in_elsewhere(signed_in, archive, "other")
    save(signed_in)
    problem = signed_in.locator("#toolbar .problem")
    expect(problem).to_contain_text("You are now signed in as other")
    assert stored() == []
    problem.get_by_role("button", name="Save as other").click()
    expect(signed_in.locator(".note-text")).to_have_text(SHARED)
    assert Annotation.objects.get().owner == other
    expect(signed_in.locator("#drafts")).to_be_hidden()
    assert "keeper alone" not in signed_in.locator("body").inner_text()
    sign_in_elsewhere(signed_in, archive, "keeper")
    signed_in.reload()
    signed_in.locator("#drafts summary").click()
    expect(signed_in.locator("#drafts li")).to_have_count(1)
    expect(signed_in.locator("#drafts")).to_contain_text("Of the keeper alone")
    signed_in.complaints.clear()


def test_a_crash_of_the_tab_loses_nothing(signed_in: Page, article):
    note = mark(article, "The second part", note="As it is")
    signed_in.reload()
    write(signed_in, article)
    signed_in.keyboard.press("Escape")
    open_edit(signed_in, note)
    signed_in.locator(".annotation-form [name=note]").fill("As it will be")
    context, address = signed_in.context, signed_in.url
    with signed_in.expect_event("crash"), pytest.raises(Error):
        signed_in.goto("chrome://crash")
    page = context.new_page()
    page.goto(address)
    page.locator("#drafts summary").click()
    expect(page.locator("#drafts li")).to_have_count(2)
    page.locator("#drafts li", has_text="As it will be").get_by_role("button", name="Continue").click()
    assert page.locator(".annotation-form [name=note]").input_value() == "As it will be"
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".note-text")).to_have_text("As it will be")
    page.locator("#drafts li").get_by_role("button", name="Continue").click()
    save(page)
    expect(page.locator(".note-text")).to_have_count(2)
    expect(page.locator("#drafts")).to_be_hidden()
    assert sorted(stored()) == [SHARED, "As it will be"]
    signed_in.strangers.clear()  # the address that crashes


@pytest.mark.parametrize(
    ("choice", "expected"), [("Use mine", "One\nMine"), ("Use theirs", "One\nTheirs"), ("Merge", "One\nTheirs\n\nMine")]
)
def test_two_tabs_with_one_note_show_both_texts(signed_in: Page, article, choice, expected):
    note = mark(article, "The second part", note="One")
    signed_in.reload()
    open_edit(signed_in, note)
    signed_in.locator(".annotation-form [name=note]").fill("One\nMine")
    writing.edit(keeper(), note, version=1, note="One\nTheirs")
    signed_in.get_by_role("button", name="Save", exact=True).click()
    dialog = signed_in.locator(".conflict-dialog")
    expect(dialog.locator("del")).to_have_text("Theirs")
    expect(dialog.locator("ins")).to_have_text("Mine")
    signed_in.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert signed_in.locator(".annotation-form [name=note]").input_value() == "One\nMine", "the form is there still"
    signed_in.get_by_role("button", name="Save", exact=True).click()
    dialog.get_by_role("button", name=choice).click()
    expect(dialog).to_have_count(0)
    expect(signed_in.locator(".annotation-form")).to_have_count(0)
    expect(signed_in.locator("#drafts")).to_be_hidden()
    assert Annotation.objects.get().note == expected
    signed_in.complaints.clear()  # the browser's own, of the answer 409
