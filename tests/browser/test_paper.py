"""Printing: text and notes on white paper, without controls."""

import pytest
from playwright.sync_api import expect

from archive.annotations.models import Annotation, Status
from tests.browser import every_page, shelves
from tests.browser.passages import mark
from tests.factories import annotation, rendered

pytestmark = pytest.mark.django_db(transaction=True)

PRESSED = "button, summary, input, select, .quiet, .button, [role=search], nav"


def test_paper_is_light_and_holds_the_article_alone(signed_in, data_dir):
    article = shelves.with_picture("```\ncode\n```\n\n![](a.png)", data_dir, title="Squares")
    signed_in.emulate_media(media="print", color_scheme="dark")
    signed_in.goto(article.get_absolute_url())
    signed_in.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert signed_in.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert signed_in.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    for name in (".site-header", ".way-back", ".foot-links", ".copy-code", ".toolbar"):
        expect(signed_in.locator(name).first).to_be_hidden()
    expect(signed_in.locator("h1")).to_be_visible()
    assert signed_in.evaluate("getComputedStyle(document.querySelector('pre')).whiteSpace") == "pre-wrap"


def test_on_paper_passages_name_their_notes_which_stand_below_the_text(signed_in):
    written = rendered("Opening words.\n\n" + "Then more of them. " * 90, title="Marked")
    mark(written, "Opening words", note="A thought of mine", colour="blue")
    mark(written, "more of them")
    page = signed_in
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(written.get_absolute_url())
    page.wait_for_selector(".laid-out")
    page.emulate_media(media="print", color_scheme="dark")
    number = "getComputedStyle(document.querySelector('{}'), '{}').content"
    assert page.evaluate(number.format("mark.blue", "::after")) == '"[1]"'
    assert page.evaluate(number.format(".note", "::before")) == '"[1]"'
    body, note = (page.locator(each).bounding_box() for each in ("#article-body", ".note.blue"))
    assert note["y"] >= body["y"] + body["height"]
    assert note["x"] < body["x"] + body["width"]
    expect(page.locator(".note.blue")).to_contain_text("A thought of mine")
    expect(page.locator(".note.yellow")).to_be_hidden()  # a highlight alone is visible as a tint
    tint = "getComputedStyle(document.querySelector('mark.blue')).{}"
    assert page.evaluate(tint.format("backgroundColor")) != "rgba(0, 0, 0, 0)"
    assert page.evaluate(tint.format("printColorAdjust")) == "exact"
    for name in (".margin-head a", ".note-tools", "#toast"):
        expect(page.locator(name).first).to_be_hidden()


def test_on_paper_notes_are_counted_as_they_are_printed(signed_in, django_user_model):
    keeper = django_user_model.objects.get(username="keeper")
    written = rendered("One two three four five.", title="Marked")
    for words, note in (("One", "first"), ("two", ""), ("three", ""), ("four", "gone")):
        mark(written, words, note=note)
    Annotation.objects.filter(exact__in=("three", "four")).update(status=Status.ORPHAN)
    annotation(written, keeper, note="On the whole of it.")
    page = signed_in
    page.goto(written.get_absolute_url())
    assert page.inner_text("#margin-title") == "5 notes"
    page.emulate_media(media="print")
    printed = page.locator(".note:visible")
    expect(printed).to_have_count(4)
    assert page.evaluate("getComputedStyle(document.getElementById('margin-title'), '::after').content") == '"4 notes"'
    for words in ("three", "four"):  # the article does not have them
        expect(page.locator(".lost-notes .quote", has_text=words)).to_be_visible()
    Annotation.objects.exclude(exact="two").delete()
    page.reload()
    expect(page.locator("#margin")).to_be_hidden()


def test_no_page_prints_what_one_presses(signed_in):
    page = signed_in
    addresses = every_page.addresses()
    page.emulate_media(media="print", color_scheme="dark")
    for name in ("library", "what is mine", "notebook", "stream", "reading", "details", "import", "history"):
        page.goto(addresses[name])
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light", name
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)", name
        pressed = (
            page.locator(PRESSED).locator("visible=true").locator("xpath=self::*[not(ancestor::*[@id='article-body'])]")
        )
        assert pressed.all_inner_texts() == [], name
