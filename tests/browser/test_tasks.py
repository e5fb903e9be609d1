"""Each task of a reader, described once and performed twice: by keyboard alone, and without JavaScript.

Finding, importing, highlighting and signing in have their own tests.
"""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, expect

from archive.annotations import writing
from archive.annotations.models import Annotation, Status
from archive.articles.models import Article
from archive.curating import bulk_changes
from archive.curating.models import SavedSearch
from archive.reading.models import ReadingState
from tests.browser.passages import mark
from tests.browser.shelves import fill

pytestmark = pytest.mark.django_db(transaction=True)

AT = """([kind, name]) => {
    const at = document.activeElement;
    const said = at.getAttribute("aria-label") || at.labels?.[0]?.textContent || at.textContent;
    return at.matches(kind) && said.trim().replace(/\\s+/g, " ") === name;
}"""
PRESSED = "a, button, summary"
WRITTEN = "input, textarea"


class ByKeyboard:
    """Only the keyboard: Tab to the control, Enter to activate it."""

    def __init__(self, page: Page):
        self.page = page

    def _go(self, kind: str, name: str):
        for _ in range(120):
            self.page.keyboard.press("Tab")
            with suppress(Error):  # the page navigates while it is inspected
                if self.page.evaluate(AT, [kind, name]):
                    return
        raise AssertionError(f"no way to {name} by the tab key")

    def press(self, name: str):
        self._go(PRESSED, name)
        self.page.keyboard.press("Enter")

    def write(self, name: str, words: str):
        self._go(WRITTEN, name)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def tick(self, name: str):
        self._go("[type=checkbox]", name)
        self.page.keyboard.press("Space")

    def take(self, name: str):
        """A download."""
        self._go("a", name)
        with self.page.expect_download() as download:
            self.page.keyboard.press("Enter")
        return download.value


class WithoutScript:
    """A pointer, in a browser without JavaScript."""

    def __init__(self, page: Page):
        self.page = page

    def _named(self, kind: str, name: str):
        labelled = self.page.locator(kind).and_(self.page.get_by_label(name, exact=True))
        told = self.page.locator(kind, has_text=re.compile(rf"^\s*{re.escape(name)}\s*$"))
        return labelled.or_(told).locator("visible=true").first

    def press(self, name: str):
        self._named(PRESSED, name).click()

    def write(self, name: str, words: str):
        self._named(WRITTEN, name).fill(words)

    def tick(self, name: str):
        self._named("[type=checkbox]", name).check()

    def take(self, name: str):
        with self.page.expect_download() as download:
            self.press(name)
        return download.value


@pytest.fixture(params=[ByKeyboard, WithoutScript])
def hands(request, signed_in: Page, browser, archive):
    if request.param is ByKeyboard:
        yield ByKeyboard(signed_in)
        return
    context = browser.new_context(
        java_script_enabled=False, storage_state=signed_in.context.storage_state(), base_url=archive
    )
    yield WithoutScript(context.new_page())
    context.close()


@pytest.fixture
def articles(signed_in):
    return fill()


def test_a_search_is_saved_renamed_and_deleted(hands, articles):
    page = hands.page
    page.goto("/?q=bridge")
    hands.press("Save this search")
    hands.write("Name", "Bridges")
    hands.press("Save")
    expect(page.locator(".facets")).to_contain_text("Bridges")
    hands.press("Manage")
    expect(page).to_have_title("Saved searches · Commonplace")
    hands.press("Settings")
    hands.write("Name", "Swing bridges")
    hands.press("Rename")
    expect(page.locator(".saved-list h2")).to_have_text("Swing bridges")
    hands.press("Settings")
    hands.press("Delete this saved search")
    expect(page.locator(".notice")).to_contain_text("was deleted")
    assert not SavedSearch.objects.exists()


def test_all_that_is_found_is_tagged_step_by_step_and_undone(hands, articles, monkeypatch):
    monkeypatch.setattr(bulk_changes, "SIZE", 2)
    monkeypatch.setattr(bulk_changes.work, "__defaults__", (0.0,))  # seconds: a portion a request
    page = hands.page
    page.goto("/")
    hands.press("More")
    hands.press("Change all results")
    expect(page.locator("h1")).to_have_text("Change 5 articles")
    hands.write("Tags", "harbours")
    hands.press("Add tags")
    if isinstance(hands, WithoutScript):
        expect(page.locator("#change")).to_contain_text("2 of 5 articles")
        hands.press("Continue")
        hands.press("Continue")
    expect(page.locator("#change")).to_contain_text("Done: 5 articles changed.")
    assert Article.objects.filter(tags__name="harbours").count() == 5
    hands.press("Undo")
    if isinstance(hands, WithoutScript):
        hands.press("Continue")
        hands.press("Continue")
    expect(page.locator("#change")).to_contain_text("Undone: 5 articles restored")
    assert not Article.objects.filter(tags__name="harbours").exists()


def test_a_lost_passage_is_attached_and_another_kept_as_a_note(hands, articles):
    lost = [mark(articles[0], words, note="Kept") for words in ("a link", "quotation")]
    Annotation.objects.update(status=Status.ORPHAN)
    page = hands.page
    page.goto("/notebook/")
    hands.press("Review them")
    hands.press("Choose another place")
    hands.press("A quotation of some length.")
    hands.write("Passage", "A quotation")
    hands.press("Attach here")
    expect(page.locator("h1")).to_have_text("1 lost passage")
    hands.press("Keep as a note on the article")
    expect(page.locator("h1")).to_have_text("Lost passages")
    placed, kept = Annotation.objects.order_by("pk")
    assert [placed.pk, kept.pk] == [each.pk for each in lost]
    assert articles[0].revision.text[placed.start : placed.end] == "A quotation"
    assert (kept.note, kept.motivation) == ("Kept", "bookmarking")


def test_notes_are_filtered_changed_together_and_taken_out(hands, articles):
    for words, colour in (("Opening words", "blue"), ("a link", "yellow")):
        mark(articles[0], words, colour=colour)
    page = hands.page
    page.goto("/notebook/")
    hands.press("Colour")
    hands.press("Blue 1")
    expect(page.locator(".entry")).to_have_count(1)
    hands.press("Change several")
    hands.write("Add tags", "harbours")
    hands.tick("Choose: Opening words")
    hands.press("Apply changes")
    expect(page.locator(".entry .tags")).to_contain_text("harbours")
    hands.press("Export")
    assert hands.take("Markdown").suggested_filename == "notebook.md"


def test_an_earlier_note_is_found_in_its_history_and_used_again(hands, articles):
    made = mark(articles[0], "Opening words", note="The first wording")
    writing.edit(made.owner, made, version=1, note="The second wording")
    page = hands.page
    page.goto("/notebook/")
    hands.press("Edit")
    hands.press("History")
    expect(page.locator(".earlier")).to_have_text("The first wording")
    page.get_by_role("button", name="Restore this note").wait_for()
    hands.press(page.locator(".history button").first.get_attribute("aria-label"))
    expect(page.locator(".note-text")).to_have_text("The first wording")


def test_colours_are_given_a_meaning(hands, articles):
    hands.page.goto("/notebook/")
    hands.press("More")
    hands.press("Colours")
    hands.write("Green", "to quote")
    hands.press("Save")
    expect(hands.page.get_by_label("Green")).to_have_value("to quote")


def test_an_article_is_starred_read_tagged_thrown_away_and_taken_back(hands, articles):
    page = hands.page
    page.goto(articles[0].get_absolute_url())
    hands.press("Star")
    expect(page.get_by_role("button", name="Remove star").first).to_be_visible()
    hands.press("Mark as read")
    expect(page.get_by_role("button", name="Mark as unread").first).to_be_visible()
    state = ReadingState.objects.get()
    assert state.is_starred and state.is_read
    hands.press("Edit tags")
    hands.write("Tags, separated by commas. Use a/b to nest", "harbours")
    hands.press("Save")
    expect(page.locator(".labels .tags li")).to_have_text(["harbours"])
    hands.press("Move to trash")
    expect(page.locator("h1")).to_have_text("Trash")
    assert Article.objects.get(pk=articles[0].pk).trashed_at
    hands.press("Restore: The swing bridge")
    expect(page.locator("h1")).to_have_text("The swing bridge")
