"""What readers do with an article besides reading: copy code, enlarge images, read footnotes."""

import pytest
from playwright.sync_api import expect

from tests.browser import shelves
from tests.factories import rendered

SOURCE = """
Words before.

```python
def here():
    return "there"  # and back
```

![A black square](square.svg)

Words after.[^1] And more.[^2]

[^1]: Beside them.
[^2]: Below the first.
"""


@pytest.fixture
def article(transactional_db, data_dir):
    return shelves.with_picture(SOURCE, data_dir, title="Squares")


def test_code_is_coloured_and_can_be_copied(page, article):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(article.get_absolute_url())
    colours = {
        page.evaluate(f"getComputedStyle(document.querySelector('.code-{kind}')).color")
        for kind in ("keyword", "name", "string", "comment")
    }
    assert len(colours) == 4
    page.locator("pre").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#announcement")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == 'def here():\n    return "there"  # and back\n'
    assert page.evaluate("document.getElementById('article-body').textContent") == article.revision.text


def test_a_picture_opens_large_by_key_and_gives_the_focus_back(page, article):
    page.goto(article.get_absolute_url())
    link = page.get_by_role("link", name="Open the picture: A black square")
    box = link.locator("img").bounding_box()
    assert box["width"] / box["height"] == pytest.approx(1.5, abs=0.01)
    link.press("Enter")
    dialog = page.get_by_role("dialog", name="A black square")
    expect(dialog.get_by_role("img", name="A black square")).to_be_visible()
    assert dialog.locator("img").bounding_box()["width"] > box["width"]
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert page.evaluate("document.activeElement.className") == "enlarge"


def test_a_drawing_without_a_size_of_its_own_opens_no_smaller_than_it_was(page, article, data_dir):
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><rect width="30" height="20"/></svg>'
    (data_dir / "attachments" / "square.svg").write_bytes(drawing)
    page.goto(article.get_absolute_url())
    link = page.get_by_role("link", name="Open the picture: A black square")
    width = link.locator("img").bounding_box()["width"]
    link.press("Enter")
    large = page.get_by_role("dialog", name="A black square").locator("img")
    expect(large).to_be_visible()
    assert large.bounding_box()["width"] >= width


def test_a_picture_from_elsewhere_is_a_box_and_is_loaded_in_its_place(page, transactional_db):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"/>'
    for host in ("one.example", "two.example"):
        page.route(f"https://{host}/**", lambda route: route.fulfill(body=drawing, content_type="image/svg+xml"))
    pictures = "![The lamp](https://one.example/a.png)\n\n![](https://two.example/b.png)\n\n"
    page.goto(rendered("Words.\n\n" * 30 + pictures + "More.\n\n" * 30, title="Lamps").get_absolute_url())
    first, second = (page.get_by_role("link", name=f"Load this image from {host}") for host in ("one.", "two."))
    for box in (first.bounding_box(), second.bounding_box()):
        assert box["width"] > 300 and box["height"] > 120
    assert page.strangers == []
    first.scroll_into_view_if_needed()
    before = first.bounding_box()["y"]
    first.click()
    loaded = page.get_by_role("img", name="The lamp")
    expect(loaded).to_have_js_property("naturalWidth", 300)
    assert loaded.bounding_box()["y"] == pytest.approx(before, abs=60), "within a few lines"
    expect(second).to_be_visible()
    assert page.strangers == ["https://one.example/a.png"], "and nobody else"
    page.strangers.clear()


def test_under_a_finger_the_button_that_copies_covers_no_code(browser, archive, transactional_db):
    written = shelves.rendered(shelves.SOURCE, title="Code")
    context = browser.new_context(base_url=archive, viewport={"width": 360, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto(written.get_absolute_url())
    button = page.locator(".copy-code")
    expect(button).to_have_css("opacity", "1")
    end = page.locator("#article-body pre").evaluate("""(pre) => {
        pre.scrollLeft = pre.scrollWidth;
        const code = document.createRange();
        code.selectNodeContents(pre);
        return code.getBoundingClientRect().right;
    }""")
    assert end <= button.bounding_box()["x"]
    context.close()


def boxes(page, *ids):
    return [page.locator(f"#a-{id_}").bounding_box() for id_ in ids]


@pytest.mark.parametrize("person", ["page", "signed_in"])
def test_footnotes_stand_beside_their_numbers_where_there_is_room(request, article, person):
    page = request.getfixturevalue(person)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(article.get_absolute_url())
    expect(page.locator(".footnotes")).to_have_class("footnotes beside")
    number, first, second = boxes(page, "fnref-1", "fn-1", "fn-2")
    body = page.locator("#article-body").bounding_box()
    assert first["x"] >= body["x"] + body["width"]
    assert abs(first["y"] - number["y"]) < 20
    assert second["y"] >= first["y"] + first["height"]
    assert page.evaluate("document.getElementById('article-body').textContent") == article.revision.text
    page.locator("#a-fnref-1 a").or_(page.locator("a#a-fnref-1")).press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Back to the text").first).to_be_focused()
    expect(page.get_by_role("link", name="Back to the text").first).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    assert page.url.endswith("#a-fnref-1")
    page.emulate_media(media="print")
    number, first = boxes(page, "fnref-1", "fn-1")
    assert first["y"] > number["y"] + 20
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 800, "height": 900})
    expect(page.locator(".footnotes")).to_have_class("footnotes")
    number, first = boxes(page, "fnref-1", "fn-1")
    assert first["y"] > number["y"] + 20


def test_a_wide_table_scrolls_in_its_own_box(page, transactional_db):
    row = "|" + " a-word-of-some-length |" * 12
    table = "\n".join([row, "|" + "---|" * 12, row])
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(rendered(table, title="Wide").get_absolute_url())
    box = page.locator(".table-scroll")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.table-scroll').scrollLeft > 0")


def test_without_script_footnotes_and_pictures_are_links(without_script, article):
    page = without_script
    page.goto(article.get_absolute_url())
    page.get_by_role("link", name="1", exact=True).click()
    assert page.url.endswith("#a-fn-1")
    page.get_by_role("link", name="Back to the text").first.click()
    assert page.url.endswith("#a-fnref-1")
    assert page.locator("pre span.code-keyword").first.inner_text() == "def"
    with page.expect_response("**/attachments/*") as large:
        page.get_by_role("link", name="Open the picture: A black square").click()
    assert large.value.headers["content-type"] == "image/svg+xml"


LONG = "\n\n".join(f"## Part {part}\n\n" + "Words to read, and then some more of them. " * 60 for part in range(1, 9))


@pytest.fixture
def long_article(transactional_db):
    return rendered(
        LONG,
        title="Harbour and ferry end their second round of talks with agreement on the swing bridge",
        description="The delegations agreed that it opens. " * 8,
        publication="The Harbour Post",
        authors=("Ana Miel",),
        tags=("sea/boats", "history", "talks"),
        source_url="https://harbour.example/talks",
    )


def test_the_outline_and_a_line_tell_where_one_is(page, long_article):
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 1440, "height": 700})
    page.goto(long_article.get_absolute_url())
    line, current = page.locator("#progress"), page.locator(".outline [aria-current=location]")
    read = "Number(getComputedStyle(document.getElementById('progress')).getPropertyValue('--read'))"
    assert page.evaluate(read) == 0
    page.get_by_role("link", name="Part 5").click()
    expect(current).to_have_text("Part 5")
    assert 0.3 < page.evaluate(read) < 0.8
    assert line.evaluate("(line) => getComputedStyle(line).transitionDuration") == "0s"
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(current).to_have_text("Part 8")
    page.wait_for_function(f"{read} === 1")
    page.evaluate("scrollTo(0, 0)")
    expect(line).to_have_css("scale", "0 1")
    page.emulate_media(reduced_motion="no-preference")
    assert line.evaluate("(line) => getComputedStyle(line).transitionDuration") == "0.12s"


def test_what_is_in_sight_at_once_has_no_line(page, transactional_db):
    page.goto(rendered("Few words.", title="Short").get_absolute_url())
    page.wait_for_load_state("networkidle")
    expect(page.locator("#progress")).to_be_hidden()


def test_on_a_phone_the_text_begins_on_the_first_screen(signed_in, long_article, browser, archive):
    first = "document.querySelector('#article-body p').getBoundingClientRect().top"
    signed_in.set_viewport_size({"width": 390, "height": 844})
    signed_in.goto(long_article.get_absolute_url())
    assert signed_in.evaluate(first) < 400
    assert signed_in.evaluate("document.documentElement.scrollWidth") == 390
    # What precedes it is still there: the search by its shortcut, and the editing controls.
    signed_in.keyboard.press("/")
    expect(signed_in.locator("#q")).to_be_in_viewport()
    signed_in.get_by_text("Edit tags").click()
    expect(signed_in.locator("#tags-field")).to_be_visible()
    elsewhere = rendered(
        f"{LONG}\n\n![](https://pictures.example/a.png)", title=long_article.title, description="It opens."
    )
    context = browser.new_context(base_url=archive, viewport={"width": 390, "height": 844}, has_touch=True)
    visitor = context.new_page()
    visitor.goto(elsewhere.get_absolute_url())
    assert visitor.evaluate(first) < 400
    context.close()
