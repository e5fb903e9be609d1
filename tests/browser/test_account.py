"""The account page and signing in, by keyboard and without JavaScript."""

import re

from playwright.sync_api import expect

from tests.browser.test_axe import findings

PASSWORD = "a long password"


def test_signing_in_and_changing_the_password_by_keyboard(page, axe, django_user_model, transactional_db):
    django_user_model.objects.create_user("maria", password=PASSWORD)
    page.goto("/sign-in/")
    page.keyboard.type("maria")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_title("Library · Commonplace")
    page.focus("[popovertarget=account]")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Account")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_title("Account · Commonplace")
    page.focus("#password-current_password")
    for typed in (PASSWORD, "too short", "too short"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Change password")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main [role=alert]")).to_be_focused()
    wrong = page.get_by_label("New password again")
    expect(wrong).to_have_accessible_description(re.compile("at least 12 characters"))
    assert findings(axe, page) == []
    assert page.complaints and all("400" in complaint for complaint in page.complaints)
    page.complaints.clear()


def test_a_session_is_ended_and_a_link_made_without_script(without_script, client, django_user_model, transactional_db):
    maria = django_user_model.objects.create_user("maria", password=PASSWORD)
    page = without_script
    page.goto("/sign-in/")
    page.fill("#id_username", "maria")
    page.fill("#id_password", PASSWORD)
    page.click("main button")
    client.force_login(maria)  # signed in elsewhere
    page.goto("/account/")
    expect(page.locator(".lines li")).to_have_count(2)
    page.locator(".lines li", has_not_text="this browser").get_by_role("button").click()
    expect(page.locator(".lines li")).to_have_count(1)
    expect(page.locator(".messages")).to_contain_text("has been signed out")
    assert client.get("/account/").status_code == 302
    page.get_by_role("button", name="Create a sign-in link").click()
    expect(page.get_by_label("Your link")).to_have_value(re.compile(r"/sign-in/link/\?sesame="))
    assert page.evaluate("document.documentElement.scrollWidth") == 400


def test_the_browser_tells_its_time_zone_and_the_account_page_another(browser, archive, client, django_user_model):
    person = django_user_model.objects.create_user("maria", password=PASSWORD)
    client.force_login(person)
    context = browser.new_context(base_url=archive, timezone_id="Pacific/Kiritimati")  # 14 hours before UTC
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": archive}])
    page = context.new_page()
    page.goto("/account/")
    (cookie,) = (each for each in context.cookies() if each["name"] == "time-zone")
    assert (cookie["value"], cookie["path"], cookie["sameSite"]) == ("Pacific/Kiritimati", "/", "Lax")
    page.reload()
    shown = page.get_by_label("Time zone")
    expect(shown.locator("option:checked")).to_have_text("Match browser (Pacific/Kiritimati)")
    shown.select_option("America/Los_Angeles")
    page.get_by_role("region", name="Time").get_by_role("button", name="Save").click()
    expect(shown).to_have_value("America/Los_Angeles")
    context.close()
