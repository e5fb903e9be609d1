"""Annotating in a real browser: by mouse, by keyboard alone, and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from archive.anchoring import Selector
from archive.annotations import writing
from archive.annotations.models import Annotation
from tests.browser import shelves
from tests.browser.passages import SELECT, keeper, mark, place_of
from tests.factories import rendered

pytestmark = pytest.mark.django_db(transaction=True)

DESCRIBE = """([start, end]) => import("/static/js/annotate/offsets.js").then(({ describe, rangeOf }) => {
    const root = document.getElementById("article-body");
    return describe(root, rangeOf(root, start, end));
})"""
SCRIPTS = {
    "emoji": "One 👩‍👩‍👧 family, 🇺🇦 two flags 🏴󠁧󠁢󠁥󠁮󠁧󠁿, and 𝔤𝔬𝔱𝔥𝔦𝔠 letters.\n\n> 🎣 at *the end* 🪝",
    "combining": "Cafe\u0301 Zu\u0308rich, naïve; q\u0307\u0323 and \u0915\u094d\u0937\u093f.\n\n- n\u0303\n- n̄",
    "rtl": "كان جدي يعرف من **النجوم** سبعة.\n\nשלום עולם — ‏123‎ and English.",
    "cjk": "一片叶子的路很长。𠮷野家で会いましょう。\n\n| 地名 | 数 |\n|---|---|\n| 東京 | 12 |",
    "code": "Text & <b>tags</b>\n\n```\nif a < b && c:\n\n    𝒙 = 1\n```\n\nLine one  \nline two",
}


def body_text(page):
    return page.evaluate("document.getElementById('article-body').textContent")


@pytest.mark.parametrize("script", SCRIPTS)
def test_browser_and_server_count_alike(signed_in: Page, script):
    article = rendered(SCRIPTS[script], title=script)
    text = article.revision.text
    signed_in.goto(article.get_absolute_url())
    assert body_text(signed_in) == text
    for start in range(0, len(text) - 1, 3):
        end = min(start + 5, len(text))
        described = signed_in.evaluate(DESCRIBE, [start, end])
        assert (described["start"], described["end"], described["exact"]) == (start, end, text[start:end])
        assert text[:start].endswith(described["prefix"]) and text[end:].startswith(described["suffix"])
    for start in range(0, len(text) - 6, 7):
        if text[start : start + 6].strip():
            place = Selector(text[start : start + 6], text[max(0, start - 64) : start], text[start + 6 :][:64], start)
            writing.annotate(keeper(), article, place)
    signed_in.reload()
    assert signed_in.locator("#article-body mark").count() > 3
    assert body_text(signed_in) == text


def test_a_selection_is_marked_with_the_colour_one_clicks(signed_in: Page, article):
    signed_in.evaluate(SELECT, place_of(article, "words with a link and"))
    signed_in.locator("#toolbar").get_by_role("button", name="Blue").click()
    expect(signed_in.locator("#article-body mark.blue").first).to_be_visible()
    made = Annotation.objects.get()
    assert made.exact == "words with a link and"
    assert body_text(signed_in) == article.revision.text
    expect(signed_in.locator("#announcement")).to_have_text("Highlighted.")
    expect(signed_in.locator("#toolbar")).to_be_hidden()
    signed_in.locator("#toast").get_by_role("button", name="Undo").click()
    expect(signed_in.locator("#article-body mark[data-annotations]")).to_have_count(0)


def test_links_say_which_page_they_lead_to(signed_in: Page, article):
    article.source_url = "https://harbourpost.example/tides"
    article.save()
    signed_in.reload()
    signed_in.context.grant_permissions(["clipboard-read", "clipboard-write"])
    here = signed_in.url.split("#")[0]
    for name, address in (("Link to passage", here), ("Link to original", article.source_url)):
        signed_in.evaluate(SELECT, place_of(article, "words with a link and"))
        signed_in.get_by_role("button", name=name).click()
        expect(signed_in.locator("#toolbar")).to_be_hidden()
        expected = f"{address}#:~:text=words%20with%20a%20link%20and"
        assert signed_in.evaluate("navigator.clipboard.readText()") == expected


def test_a_selection_crosses_lists_quotes_tables_and_code(signed_in: Page, article):
    text = article.revision.text
    signed_in.evaluate(SELECT, [text.index("two"), text.index("a line of code") + 6])
    signed_in.locator("#toolbar").get_by_role("button", name="Green").click()
    expect(signed_in.locator("#article-body mark").first).to_be_visible()
    made = Annotation.objects.get()
    assert made.exact == text[text.index("two") : text.index("a line of code") + 6]
    for holder in ("li", "blockquote", "td", "pre"):
        assert signed_in.locator(f"#article-body {holder} mark").count(), holder
    assert body_text(signed_in) == text


def test_a_failed_request_keeps_what_was_typed(signed_in: Page, article):
    signed_in.evaluate(SELECT, place_of(article, "Opening words"))
    signed_in.get_by_role("button", name="Note", exact=True).click()
    signed_in.get_by_label("Note", exact=True).fill("A thought")
    signed_in.route("**/annotate*", lambda route: route.abort())
    signed_in.get_by_role("button", name="Save", exact=True).click()
    expect(signed_in.locator("#toolbar .problem")).to_contain_text("There was no answer")
    assert signed_in.get_by_label("Note", exact=True).input_value() == "A thought"
    signed_in.unroute("**/annotate*")
    signed_in.complaints.clear()  # the browser's own message about the failed request
    signed_in.get_by_role("button", name="Save", exact=True).click()
    expect(signed_in.locator(".note-text")).to_have_text("A thought")


def test_by_keyboard_alone(signed_in: Page, article):
    press = signed_in.keyboard.press
    press("]")
    press("h")
    expect(signed_in.locator("#article-body mark").first).to_be_visible()
    made = Annotation.objects.get()
    assert made.exact == "Opening words with a link and code."
    # a note and a tag
    press("n")
    signed_in.locator(".annotation-form [name=note]").wait_for()
    signed_in.keyboard.type("By hand")
    tab_to(signed_in, "More")
    press("Enter")
    press("Tab")
    signed_in.keyboard.type("keys, hands")
    press("Control+Enter")
    expect(signed_in.locator(".note-text")).to_have_text("By hand")
    assert set(made.tags.names()) == {"keys", "hands"}
    # another wording
    press("k")
    press("n")
    signed_in.locator(".annotation-form [name=note]").wait_for()
    press("Control+a")
    signed_in.keyboard.type("By hand, again")
    press("Control+Enter")
    expect(signed_in.locator(".note-text")).to_have_text("By hand, again")
    # a reply
    press("k")
    press("Enter")
    assert signed_in.evaluate("document.activeElement.id") == f"note-{made.uuid}"
    tab_to(signed_in, "Reply")
    press("Enter")
    signed_in.get_by_label("Your reply").wait_for()
    signed_in.keyboard.type("And again")
    tab_to(signed_in, "Reply")
    press("Enter")
    expect(signed_in.locator(".replies .note-text")).to_have_text("And again")
    # into the trash, and back
    press("k")
    press("Enter")
    tab_to(signed_in, "Move to trash")
    press("Enter")
    expect(signed_in.locator("#article-body mark[data-annotations]")).to_have_count(0)
    press("u")
    expect(signed_in.locator("#article-body mark[data-annotations]").first).to_be_visible()


def test_a_picture_is_marked_by_keys_and_by_selecting_it(signed_in: Page, article):
    framed = signed_in.locator("#article-body mark.picture")
    for _ in range(30):
        signed_in.keyboard.press("]")
        if signed_in.evaluate("document.activeElement.localName") == "img":
            break
    signed_in.keyboard.press("h")
    expect(framed).to_have_count(1)
    made = Annotation.objects.get()
    assert (made.image, made.image_alt) == ("https://pictures.example/a.png", "A picture")
    assert article.revision.text[: made.start].rstrip().endswith("done")
    assert body_text(signed_in) == article.revision.text
    expect(signed_in.locator(".note.active")).to_contain_text("Image: A picture")
    signed_in.keyboard.press("u")
    expect(framed).to_have_count(0)
    signed_in.evaluate("getSelection().selectAllChildren(document.querySelector('#article-body p:has(img)'))")
    signed_in.locator("#toolbar").get_by_role("button", name="Blue").click()
    expect(framed).to_have_class(re.compile(r"\bblue\b"))


def test_a_picture_that_opens_large_can_be_marked_there(signed_in: Page, data_dir):
    large = shelves.with_picture("Before.\n\n![A black square](square.svg)\n\nBehind.", data_dir, title="Square")
    signed_in.goto(large.get_absolute_url())
    signed_in.wait_for_function("!!customElements.get('annotated-article')")
    picture = signed_in.locator("#article-body img")
    picture.click()
    signed_in.locator("dialog.picture").get_by_role("button", name="Annotate").click()
    signed_in.locator("#toolbar").get_by_role("button", name="Blue").click()
    expect(signed_in.locator("#article-body mark.picture.blue")).to_have_count(1)
    signed_in.keyboard.press("Escape")
    picture.click()
    expect(signed_in.locator(".note.active")).to_contain_text("Image: A black square")
    expect(signed_in.locator("dialog.picture")).to_be_hidden()
    picture.click()
    expect(signed_in.locator("dialog.picture")).to_be_visible()


def tab_to(page: Page, name: str):
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == name:
            return
    raise AssertionError(f"no way to {name} by the tab key")


def test_keys_rest_in_fields_and_where_they_are_switched_off(signed_in: Page, article):
    signed_in.locator("#q").fill("")
    signed_in.keyboard.type("h?")
    assert signed_in.locator("#q").input_value() == "h?"
    signed_in.evaluate("document.activeElement.blur()")
    signed_in.keyboard.press("?")
    expect(signed_in.locator("#keys")).to_be_visible()
    signed_in.keyboard.press("Escape")
    expect(signed_in.locator("#keys")).to_be_hidden()
    signed_in.evaluate("document.documentElement.dataset.keys = 'off'")
    signed_in.keyboard.press("?")
    expect(signed_in.locator("#keys")).to_be_hidden()


class TestWithoutJavaScript:
    @pytest.fixture
    def plain(self, signed_in: Page):
        context = signed_in.context.browser.new_context(
            java_script_enabled=False, storage_state=signed_in.context.storage_state(), base_url=signed_in.url
        )
        yield context.new_page()
        context.close()

    def test_everything_works(self, plain: Page, article, archive):
        plain.goto(archive + article.get_absolute_url())
        plain.locator("#margin").get_by_role("link", name="Annotate").click()
        plain.get_by_role("link", name=re.compile("^Opening words")).click()
        plain.get_by_label("Passage").fill("Opening words")
        plain.get_by_label("Note", exact=True).fill("By form")
        plain.locator(".more-fields summary").click()
        plain.get_by_label("Tags, separated by commas").fill("plain")
        plain.get_by_label("Blue").check(force=True)
        plain.get_by_role("button", name="Save", exact=True).click()
        expect(plain.locator("#article-body mark.blue")).to_have_text("Opening words")
        expect(plain.locator(".note-text")).to_have_text("By form")
        plain.locator(".note-tools").get_by_role("link", name="Edit").click()
        plain.get_by_label("Note", exact=True).fill("By another form")
        plain.get_by_label("Tags, separated by commas").fill("plain, paper")
        plain.get_by_role("button", name="Save").click()
        expect(plain.locator(".note-text")).to_have_text("By another form")
        made = Annotation.objects.get()
        assert set(made.tags.names()) == {"plain", "paper"}
        plain.locator(".note-tools").get_by_role("link", name="Edit").click()
        plain.get_by_role("link", name="Resize").click()
        plain.get_by_label("Passage").fill("Opening")
        plain.get_by_role("button", name="Save").click()
        expect(plain.locator("#article-body mark.blue")).to_have_text("Opening")
        plain.locator("#margin summary").click()
        plain.locator("#margin").get_by_role("button", name="Undo").click()
        expect(plain.locator(".messages")).to_contain_text("Undone: resized from “Opening words” to “Opening”.")
        expect(plain.locator("#article-body mark.blue")).to_have_text("Opening words")
        plain.locator(".note .quote a").click()
        expect(plain.locator("#article-body mark:target, #article-body :target + mark")).to_have_text("Opening words")
        plain.get_by_title("Link to this note").click()
        assert plain.url.endswith(f"#annotation-{made.uuid}")
        plain.locator(".note-tools").get_by_role("link", name="Reply").click()
        plain.get_by_label("Your reply").fill("Indeed")
        plain.get_by_role("button", name="Reply").click()
        expect(plain.locator(".replies .note-text")).to_have_text("Indeed")
        plain.locator(".note-tools").get_by_role("button", name="Move to trash").click()
        expect(plain.locator("#article-body mark")).to_have_count(0)
        plain.locator("#margin summary").click()
        plain.locator("#margin").get_by_role("button", name="Undo").click()
        expect(plain.locator("#article-body mark.blue")).to_have_text("Opening words")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(signed_in: Page, article, axe, theme, width):
    signed_in.set_viewport_size({"width": width, "height": 900})
    signed_in.emulate_media(color_scheme=theme)
    marked = ("Opening", "words", "link", "deeper", "some", "here", "12", "sentence")
    for colour, words in zip(writing.Colour.values, marked, strict=True):
        mark(article, words, colour=colour, note=f"On *{words}*", tags=["a/b"])
    lost = mark(article, "A quotation of some length.", note="Gone")
    Annotation.objects.filter(pk=lost.pk).update(status="orphan", candidates=[[0, 20, 0.5]])
    signed_in.reload()
    signed_in.locator(".note-tools a", has_text="Edit").first.wait_for(state="attached")
    signed_in.evaluate("document.querySelector('#article-body mark').click()")
    signed_in.evaluate(SELECT, place_of(article, "The second part"))
    expect(signed_in.locator("#toolbar")).to_be_visible()
    found = axe.run(signed_in, options={"preload": False})  # see test_axe.py
    assert found.violations_count == 0, found.generate_report()
