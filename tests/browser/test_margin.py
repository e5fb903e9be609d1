"""Notes next to the article: their positions, and moving between notes and passages."""

import itertools

import pytest
from playwright.sync_api import Page, expect

from archive.annotations import writing
from tests.browser.passages import click_on, keeper, mark

pytestmark = pytest.mark.django_db(transaction=True)


def test_j_and_k_walk_the_passages(signed_in: Page, article):
    ids = [str(mark(article, words).uuid) for words in ("Opening", "Deeper", "12")
           if words in article.revision.text]  # fmt: skip
    signed_in.reload()
    for expected in (ids[0], ids[-1], ids[-1]):
        signed_in.keyboard.press("j")
        assert signed_in.evaluate("document.activeElement.dataset.annotations") == expected
    signed_in.keyboard.press("Escape")
    assert signed_in.locator("mark.active").count() == 0


def test_overlapping_passages_are_both_reachable(signed_in: Page, article):
    outer = mark(article, "Opening words with a link", note="Outer")
    inner = mark(article, "words with", note="Inner", colour="blue")
    signed_in.reload()
    overlap = signed_in.locator(f'mark[data-annotations="{outer.uuid} {inner.uuid}"]')
    seen = set()
    for _ in range(2):
        click_on(overlap.first)
        seen.add(signed_in.locator(".note.active .note-text").text_content().strip())
    assert seen == {"Outer", "Inner"}


def test_notes_stand_beside_their_passages_and_never_on_each_other(signed_in: Page, article):
    signed_in.set_viewport_size({"width": 1440, "height": 900})
    for words in ("Opening", "words", "with a", "link", "code"):
        mark(article, words, note="A note of some length " * 6)
    signed_in.reload()
    signed_in.wait_for_function("document.querySelector('.laid-out')")
    boxes = [note.bounding_box() for note in signed_in.locator(".at-passages .note").all()]
    for upper, lower in itertools.pairwise(boxes):
        assert lower["y"] >= upper["y"] + upper["height"]
    article_right = signed_in.evaluate("document.getElementById('article-body').getBoundingClientRect().right")
    note_left = signed_in.evaluate("document.querySelector('.note').getBoundingClientRect().left")
    assert note_left > article_right


def test_on_a_narrow_screen_a_note_opens_in_a_sheet(signed_in: Page, article):
    signed_in.set_viewport_size({"width": 390, "height": 780})
    mark(article, "Opening words", note="In a sheet")
    signed_in.reload()
    click_on(signed_in.locator("#article-body mark").first)
    sheet = signed_in.locator(".note:popover-open")
    expect(sheet).to_contain_text("In a sheet")
    signed_in.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(signed_in.locator(".note")).to_be_visible()


def test_a_permalink_leads_to_the_passage(signed_in: Page, article):
    made = mark(article, "Opening words", note="Here")
    signed_in.goto(made.get_absolute_url())
    expect(signed_in.locator("mark.active")).to_have_text("Opening words")


def test_the_page_tells_of_an_edit_made_elsewhere(signed_in: Page, article):
    made = mark(article, "Opening words", note="First")
    signed_in.reload()
    click_on(signed_in.locator("#article-body mark").first)
    signed_in.locator(".note-tools a", has_text="Edit").click()
    signed_in.locator(".annotation-form [name=note]").wait_for()
    expect(signed_in.locator(".note-tools")).to_be_hidden()  # the form has its own
    writing.edit(keeper(), made, version=1, note="Second")
    signed_in.locator(".annotation-form [name=note]").fill("Third")
    signed_in.get_by_role("button", name="Save").click()
    dialog = signed_in.locator(".conflict-dialog")
    expect(dialog.get_by_role("heading", level=2)).to_contain_text("changed elsewhere")
    expect(dialog.locator(".version")).to_have_text(["Second", "Third"])
    signed_in.complaints.clear()  # the browser's own, of status 409
