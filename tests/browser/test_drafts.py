"""Unsent text is kept for its passage and its author, and offered again."""

import pytest
from playwright.sync_api import Page, expect

from archive.annotations.models import Annotation
from tests.browser.passages import SELECT, mark, place_of

pytestmark = pytest.mark.django_db(transaction=True)


def select(page: Page, article, words: str):
    page.evaluate(SELECT, place_of(article, words))
    expect(page.locator("#toolbar")).to_be_visible()


def type_note(page: Page, article, words: str, note: str, tags: str = ""):
    """Write a shared note on a passage without sending it."""
    select(page, article, words)
    page.keyboard.press("n")
    page.get_by_label("Note", exact=True).fill(note)
    if page.locator("#new-tags").is_hidden():
        page.locator("#toolbar summary").click()
    page.locator("#new-tags").fill(tags)
    page.locator("#new-visibility").select_option("shared")


@pytest.mark.parametrize("leave", ["Escape", "Cancel"])
def test_a_cancelled_note_does_not_go_to_the_next_highlight(signed_in: Page, article, leave):
    page = signed_in
    type_note(page, article, "Opening words", "Not for others", "secret")
    if leave == "Escape":
        page.keyboard.press("Escape")
    else:
        page.get_by_role("button", name="Cancel").click()
    select(page, article, "The second part")
    page.locator("#toolbar").get_by_role("button", name="Blue").click()
    expect(page.locator("#article-body mark.blue")).to_have_count(1)
    made = Annotation.objects.get()
    assert (made.exact, made.note, made.visibility) == ("The second part", "", "private")
    assert list(made.tags.names()) == []
    # The passage still has its draft, and a colour alone is sent without it.
    select(page, article, "Opening words")
    page.locator("#toolbar").get_by_role("button", name="Green").click()
    expect(page.locator("#article-body mark.green")).to_have_count(1)
    alone = Annotation.objects.latest("pk")
    assert (alone.exact, alone.note, alone.visibility) == ("Opening words", "", "private")
    select(page, article, "Opening words")
    page.get_by_role("button", name="Continue your draft").click()
    assert page.get_by_label("Note", exact=True).input_value() == "Not for others"
    assert page.locator("#new-tags").input_value() == "secret"
    expect(page.locator("#new-visibility")).to_have_value("shared")


def test_what_a_draft_shares_is_seen_when_one_comes_back_to_it(signed_in: Page, article):
    page, more = signed_in, signed_in.locator("#toolbar details")
    type_note(page, article, "Opening words", "For everyone")
    page.locator("#toolbar summary").click()  # and it stays closed for other notes
    page.reload()
    page.wait_for_function("!!customElements.get('annotated-article')")
    page.locator("#drafts summary").click()
    page.locator("#drafts").get_by_role("button", name="Continue").click()
    expect(page.locator("#new-visibility")).to_be_visible()
    expect(page.locator("#new-visibility")).to_have_value("shared")
    page.get_by_role("button", name="Cancel").click()
    select(page, article, "The second part")
    page.keyboard.press("n")
    expect(more).not_to_have_attribute("open", "")
    # The form of an existing note works the same.
    page.keyboard.press("Escape")
    mark(article, "The second part", note="As it is")
    page.reload()
    page.wait_for_function("!!customElements.get('annotated-article')")
    form = page.locator(".annotation-form")
    for key in ("j", "n"):
        page.keyboard.press(key)
    form.locator("summary").click()
    form.locator("[name=visibility]").select_option("shared")
    form.locator("summary").click()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(form.locator("[name=visibility]")).to_be_visible()
    expect(form.locator("[name=visibility]")).to_have_value("shared")


def test_a_draft_about_a_part_of_a_word_stays_about_that_part(signed_in: Page, article):
    page, letters = signed_in, signed_in.get_by_role("button", name="Only the selected letters")
    select(page, article, "pening wor")
    letters.click()
    page.keyboard.press("n")
    page.get_by_label("Note", exact=True).fill("On these letters")
    page.reload()
    page.wait_for_function("!!customElements.get('annotated-article')")
    page.locator("#drafts summary").click()
    page.locator("#drafts").get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Note", exact=True)).to_have_value("On these letters")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".note-text")).to_have_text("On these letters")
    assert Annotation.objects.get().exact == "pening wor"


def test_a_draft_of_one_passage_is_not_taken_along_to_a_picture(signed_in: Page, article):
    page = signed_in
    type_note(page, article, "Opening words", "About the words")
    page.evaluate("document.querySelector('#article-body img').dispatchEvent(new Event('annotate', { bubbles: true }))")
    expect(page.locator("#article-body img.pending")).to_have_count(1)
    page.locator("#toolbar").get_by_role("button", name="Red").click()
    expect(page.locator("#article-body mark.picture")).to_have_count(1)
    assert Annotation.objects.get().note == ""


def test_a_discarded_draft_is_gone_and_a_saved_one_is_no_draft(signed_in: Page, article):
    page = signed_in
    type_note(page, article, "Opening words", "Away with it")
    page.keyboard.press("Escape")
    select(page, article, "Opening words")
    page.keyboard.press("n")
    page.get_by_role("button", name="Discard").click()
    assert page.get_by_label("Note", exact=True).input_value() == ""
    page.get_by_label("Note", exact=True).fill("To be saved")
    page.locator("#toolbar .primary").click()
    expect(page.locator(".note-text")).to_have_text("To be saved")
    select(page, article, "Opening words")
    expect(page.locator("[data-do=note]")).to_have_text("Note")


def test_forms_that_the_browser_sends_keep_what_is_typed_until_it_is_stored(signed_in: Page, article):
    page = signed_in
    note = mark(article, "The second part", note="As it is")
    page.goto("/notebook/")
    page.get_by_role("link", name="Edit", exact=True).click()
    page.locator(".annotation-form [name=note]").fill("As it will be")
    page.keyboard.press("Escape")
    page.reload()
    page.get_by_role("link", name="Edit (unsaved text)").click()
    form = page.locator(".annotation-form")
    expect(form.locator("[name=note]")).to_have_value("As it will be")
    expect(form.get_by_role("button", name="Discard it")).to_be_visible()
    form.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".note-text")).to_have_text("As it will be")
    expect(page.get_by_role("link", name="Edit", exact=True)).to_be_visible()
    # On its own page, each paragraph has its own draft.
    annotate = f"/articles/{article.pk}/annotate"
    page.goto(f"{annotate}?start=0&end=13")
    page.locator("[name=note]").fill("On the beginning")
    page.goto(f"{annotate}?start=14&end=20")
    expect(page.locator("[name=note]")).to_have_value("")
    page.goto(f"{annotate}?start=0&end=13")
    expect(page.locator("[name=note]")).to_have_value("On the beginning")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".note-text", has_text="On the beginning")).to_be_visible()
    page.goto(f"{annotate}?start=0&end=13")
    expect(page.locator("[name=note]")).to_have_value("")
    assert Annotation.objects.get(pk=note.pk).note == "As it will be"
