"""Reordering the articles of a collection, by dragging and with the keyboard, without a reload."""

from playwright.sync_api import expect

from archive.curating import collections
from tests.factories import article


def test_articles_are_dragged_and_moved_by_keys(signed_in, django_user_model):
    page, keeper = signed_in, django_user_model.objects.get()
    made = collections.create(keeper, "Reading list")
    collections.add(keeper, made.pk, [article(title=f"Story {number}").pk for number in range(4)])
    page.goto(made.get_absolute_url())

    def shown():
        return [title.removeprefix("Story ") for title in page.locator(".collected h2").all_inner_texts()]

    def stored():
        return [str(item.position) for item in made.items.order_by("article_id")]

    handle, third = page.locator(".handle").first, page.locator(".collected li").nth(2)
    handle.hover()
    page.mouse.down()
    box = third.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] - 2, steps=4)
    with page.expect_response("**/move"):
        page.mouse.up()
    expect(page.locator("#announcement")).to_have_text("Now 3")
    assert shown() == ["1", "2", "0", "3"]
    assert stored() == ["2", "0", "1", "3"]

    page.get_by_role("button", name="Move up: Story 0").focus()
    for place in ("Now 2", "Now 1"):
        page.keyboard.press("Enter")
        expect(page.locator("#announcement")).to_have_text(place)
    assert shown() == ["0", "1", "2", "3"]
    # The first one cannot move up, so "down" gets the focus.
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Move down: Story 0"

    page.get_by_role("button", name="Remove: Story 1").click()
    page.get_by_role("button", name="Undo").click()
    assert shown() == ["0", "1", "2", "3"]
    assert stored() == ["0", "1", "2", "3"]
