"""Highlighting is quick and exact: whole words, links, captions, colours, completions, growing fields."""

import pytest
from playwright.sync_api import Page, expect

from archive.anchoring import Selector
from archive.annotations import writing
from archive.annotations.models import Annotation
from tests.browser import shelves
from tests.browser.passages import SELECT, click_on, keeper, mark, place_of
from tests.factories import rendered

pytestmark = pytest.mark.django_db(transaction=True)

SOURCE = """Several words stand here, with a [link of some words](https://elsewhere.example/a) in the middle of a line.

一片叶子的路很长。

ภาษาไทยไม่มีช่องว่าง

| one | two |
|---|---|
| alpha | beta |
"""
HAS_ARTICLE = "!!customElements.get('annotated-article')"


@pytest.fixture
def article(signed_in: Page):
    return opened(signed_in, rendered(SOURCE, title="Words", language="en"))


def opened(page: Page, made):
    page.goto(made.get_absolute_url())
    page.wait_for_function(HAS_ARTICLE)
    return made


def select(page: Page, article, words, within=None):
    """Select the first occurrence of these words, or the given part of them."""
    start, end = place_of(article, words)
    if within:
        start += words.index(within)
        end = start + len(within)
    page.evaluate(SELECT, [start, end])
    expect(page.locator("#toolbar")).to_be_visible()


def marked(page: Page):
    """The highlight made by clicking a colour."""
    with page.expect_response("**/annotate"):
        page.locator("#toolbar .swatches [value=blue]").click()
    expect(page.locator("#toast")).to_contain_text("Highlighted.")
    return Annotation.objects.latest("pk").exact


def point(page: Page, article, words, *, at_end=False):
    left, right, y = page.evaluate(
        """([start, end]) => import("/static/js/annotate/offsets.js").then(({ rangeOf }) => {
            const [rect] = rangeOf(document.getElementById("article-body"), start, end).getClientRects();
            return [rect.left, rect.right, (rect.top + rect.bottom) / 2];
        })""",
        place_of(article, words),
    )
    return (right - 1 if at_end else left + 1), y


class TestWholeWords:
    @pytest.mark.parametrize(
        ("words", "part", "whole"),
        [
            ("Several words stand", "ral wor", "Several words"),
            ("Several words stand", "words", "words"),
            ("Several words stand", " words ", "words"),
            ("一片叶子的路很长", "片叶", "一片叶子"),
            ("beta", "et", "beta"),
        ],
    )
    def test_a_part_of_a_word_is_taken_for_all_of_it(self, signed_in: Page, article, words, part, whole):
        select(signed_in, article, words, part)
        assert marked(signed_in) == whole

    def test_what_was_selected_is_one_click_away(self, signed_in: Page, article):
        select(signed_in, article, "Several words", "ral wor")
        signed_in.get_by_role("button", name="Only the selected letters").click()
        signed_in.wait_for_timeout(200)  # the bar follows the selection again
        expect(signed_in.get_by_role("button", name="Only the selected letters")).to_be_hidden()
        assert marked(signed_in) == "ral wor"

    def test_alt_keeps_what_was_selected(self, signed_in: Page, article):
        mouse = signed_in.mouse
        mouse.move(*point(signed_in, article, "eral wor"))
        signed_in.keyboard.down("Alt")
        mouse.down()
        mouse.move(*point(signed_in, article, "eral wor", at_end=True), steps=5)
        mouse.up()
        signed_in.keyboard.up("Alt")
        expect(signed_in.locator("#toolbar")).to_be_visible()
        assert marked(signed_in) == "eral wor"

    def test_whole_words_have_nothing_to_choose(self, signed_in: Page, article):
        select(signed_in, article, "words")
        expect(signed_in.get_by_role("button", name="Only the selected letters")).to_be_hidden()

    def test_without_the_browser_s_help_words_are_letters_between_others(self, signed_in: Page, article):
        words = signed_in.evaluate("""async () => {
            delete Intl.Segmenter;
            const { wordsAround } = await import("/static/js/annotate/words.js?without");
            return ["it’s a well-known Straße", "一片叶", "ภาษา", "𝒙𝒚 é"].map((text) =>
                wordsAround(text, 2).map(([from, to]) => text.slice(from, to)));
        }""")
        assert words == [
            ["it’s", "a", "well", "known", "Straße"],
            ["一", "片", "叶"],
            ["ภ", "า", "ษ", "า"],
            ["𝒙𝒚", "é"],
        ]


class TestLinksAndCaptions:
    def test_a_passage_can_begin_in_a_link_and_end_in_it(self, signed_in: Page, article):
        for begin, end, expected in (
            ("link of", "the middle", "link of some words in the middle"),
            ("of some", "some", "of some"),
        ):
            signed_in.mouse.move(*point(signed_in, article, begin))
            signed_in.mouse.down()
            signed_in.mouse.move(*point(signed_in, article, end, at_end=True), steps=6)
            signed_in.mouse.up()
            expect(signed_in.locator("#toolbar")).to_be_visible()
            assert marked(signed_in) == expected
            assert signed_in.url.endswith("/words/"), "the link was not followed"
            signed_in.keyboard.press("Escape")
            expect(signed_in.locator("#toolbar")).to_be_hidden()

    def test_a_link_is_followed_all_the_same(self, signed_in: Page, article):
        signed_in.evaluate("document.querySelector('#article-body a').href = '#followed'")
        signed_in.mouse.click(*point(signed_in, article, "some words"))
        signed_in.wait_for_url("**#followed")

    def test_a_caption_can_be_marked(self, signed_in: Page, data_dir):
        caption = "<figcaption>The harbour in March</figcaption>"
        source = f'Before.\n\n<figure><img src="square.svg" alt="A square">{caption}</figure>\n'
        article = opened(signed_in, shelves.with_picture(source, data_dir, title="Caption"))
        caption = signed_in.locator("#article-body figcaption")
        caption.scroll_into_view_if_needed()
        signed_in.mouse.move(*point(signed_in, article, "The harbour"))
        signed_in.mouse.down()
        signed_in.mouse.move(*point(signed_in, article, "harbour", at_end=True), steps=5)
        signed_in.mouse.up()
        expect(signed_in.locator("#toolbar")).to_be_visible()
        assert marked(signed_in) == "The harbour"
        expect(caption.locator("mark")).to_have_text("The harbour")


class TestColours:
    def test_two_clicks_give_a_highlight_another_colour(self, signed_in: Page, article):
        made = mark(article, "Several words", note="Why?")
        signed_in.reload()
        signed_in.wait_for_function(HAS_ARTICLE)
        for colour in ("green", "red"):
            click_on(signed_in.locator("#article-body mark").first)
            signed_in.locator(f"#recolour [value={colour}]").click()
            expect(signed_in.locator(f"#article-body mark.{colour}")).to_have_count(1)
            signed_in.keyboard.press("Escape")
        made.refresh_from_db()
        assert (made.colour, made.note) == ("red", "Why?")
        expect(signed_in.locator("#toast")).to_contain_text("Colour changed to red.")
        signed_in.keyboard.press("u")
        expect(signed_in.locator("#article-body mark.green")).to_have_count(1)

    def test_while_a_note_is_written_they_are_chosen_and_sent_with_it(self, signed_in: Page, article):
        select(signed_in, article, "Several words")
        signed_in.get_by_role("button", name="Note", exact=True).click()
        blue = signed_in.locator("#toolbar .swatches [value=blue]")
        blue.click()
        expect(blue).to_have_attribute("aria-pressed", "true")
        signed_in.get_by_label("Note", exact=True).fill("A thought")
        assert not Annotation.objects.exists()
        signed_in.keyboard.press("Control+Enter")
        expect(signed_in.locator(".note-text")).to_have_text("A thought")
        made = Annotation.objects.get()
        assert (made.colour, made.note) == ("blue", "A thought")


class TestFields:
    @pytest.mark.parametrize("key", ["Control+Enter", "Meta+Enter"])
    def test_a_key_saves_in_every_field(self, signed_in: Page, article, key):
        made = mark(article, "Several words", note="One")
        signed_in.reload()
        signed_in.wait_for_function(HAS_ARTICLE)
        signed_in.keyboard.press("j")
        signed_in.keyboard.press("n")
        form = signed_in.locator(".annotation-form")
        form.locator("[name=note]").fill("Two")
        form.locator("summary").click()
        form.locator("[name=tags]").fill("sea")
        signed_in.keyboard.press(key)
        expect(form).to_have_count(0)
        made.refresh_from_db()
        assert (made.note, *made.tags.names()) == ("Two", "sea")

    def test_the_field_grows_with_its_text(self, signed_in: Page, article):
        select(signed_in, article, "Several words")
        signed_in.get_by_role("button", name="Note", exact=True).click()
        field = signed_in.get_by_label("Note", exact=True)
        before = field.bounding_box()["height"]
        field.fill("line\n" * 10)
        assert field.bounding_box()["height"] > before + 80
        assert field.evaluate("(field) => field.scrollHeight <= field.clientHeight + 1")

    def test_more_stays_as_it_was_left_and_tells_what_is_in_it(self, signed_in: Page, article):
        select(signed_in, article, "Several words")
        signed_in.get_by_role("button", name="Note", exact=True).click()
        tags, more = signed_in.locator("#new-tags"), signed_in.locator("#toolbar summary")
        expect(tags).to_be_hidden()
        more.click()
        expect(tags).to_be_visible()
        signed_in.reload()
        signed_in.wait_for_function(HAS_ARTICLE)
        select(signed_in, article, "Several words")
        signed_in.get_by_role("button", name="Note", exact=True).click()
        expect(tags).to_be_visible()
        more.click()
        signed_in.reload()
        signed_in.wait_for_function(HAS_ARTICLE)
        select(signed_in, article, "stand")
        signed_in.get_by_role("button", name="Note", exact=True).click()
        expect(tags).to_be_hidden()

    def test_tags_complete_from_one_s_own_and_shared_ones(self, signed_in: Page, article, django_user_model):
        other = django_user_model.objects.create_user("other")
        mark(article, "stand", tags=["harbour/boats", "Häfen"])
        writing.annotate(other, article, Selector("middle"), tags=["harbour masters"], visibility="shared")
        writing.annotate(other, article, Selector("line"), tags=["harbour secrets"])
        select(signed_in, article, "Several words")
        signed_in.get_by_role("button", name="Note", exact=True).click()
        signed_in.locator("#toolbar summary").click()
        field, options = signed_in.locator("#new-tags"), signed_in.locator("#toolbar [role=option]")
        field.press_sequentially("old, ha")
        expect(options).to_have_count(3)
        assert "secrets" not in signed_in.locator("#toolbar [role=listbox]").inner_text()
        signed_in.keyboard.press("Escape")
        expect(options).to_have_count(0)
        expect(signed_in.locator("#toolbar")).to_be_visible()
        field.press_sequentially("rbour b")
        expect(options).to_have_count(1)
        field.press("ArrowDown")
        field.press("Enter")
        expect(field).to_have_value("old, harbour/boats, ")
        field.press("Control+Enter")
        expect(signed_in.locator("#toast")).to_be_visible()
        assert set(Annotation.objects.get(owner=keeper(), note="", exact="Several words").tags.names()) == {
            "old",
            "harbour/boats",
        }


class TestMargin:
    LETTERS = """() => {
        const walker = document.createTreeWalker(document.getElementById("article-body"), NodeFilter.SHOW_TEXT);
        const places = [];
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            for (let n = 0; n < node.length; n += 1) {
                const range = document.createRange();
                range.setStart(node, n);
                range.setEnd(node, n + 1);
                const { left, top } = range.getBoundingClientRect();
                places.push([left, top + scrollY]);
            }
        }
        return places;
    }"""

    @pytest.mark.parametrize("width", [390, 1440])
    def test_marks_and_notes_move_no_letters(self, signed_in: Page, article, width):
        signed_in.set_viewport_size({"width": width, "height": 900})
        before = signed_in.evaluate(self.LETTERS)
        for words in ("Several words", "here", "some words", "line", "叶子", "alpha"):
            mark(article, words, note="A note")
        signed_in.reload()
        signed_in.wait_for_function(HAS_ARTICLE)
        expect(signed_in.locator("#article-body mark[data-notes]")).to_have_count(6)
        after = signed_in.evaluate(self.LETTERS)
        assert len(before) == len(after)
        # A mark may shift letters by a fraction of a pixel, as kerning does.
        assert max(max(abs(a - b), abs(c - d)) for (a, c), (b, d) in zip(before, after, strict=True)) < 1.5

    def test_in_a_dense_margin_notes_and_passages_have_numbers(self, signed_in: Page, article):
        signed_in.set_viewport_size({"width": 1440, "height": 900})
        number = "(element) => getComputedStyle(element, '{}').content"
        first = mark(article, "Several", note="One")
        signed_in.reload()
        signed_in.wait_for_selector(".laid-out")
        assert "✎" in signed_in.locator("#article-body mark").first.evaluate(number.format("::after"))
        for words in ("words", "stand", "here"):
            mark(article, words, note="Another note of some length, so that there is no room for it. " * 3)
        signed_in.reload()
        signed_in.wait_for_selector(".laid-out.dense")
        for place, element in enumerate(signed_in.locator("#article-body mark").all(), 1):
            assert element.evaluate(number.format("::after")).startswith(f'"{place}"')
        for place, note in enumerate(signed_in.locator(".at-passages .note").all(), 1):
            assert note.evaluate(number.format("::before")).startswith(f'"{place}"')
        assert signed_in.locator(".at-passages .note").first.get_attribute("data-annotation") == str(first.uuid)

    @pytest.mark.parametrize("width", [390, 1440])
    def test_a_lost_highlight_without_a_note_is_seen_and_can_be_thrown_away(self, signed_in: Page, article, width):
        signed_in.set_viewport_size({"width": width, "height": 900})
        made = mark(article, "Several words")
        Annotation.objects.update(status="orphan", candidates=[])
        signed_in.reload()
        signed_in.wait_for_function(HAS_ARTICLE)
        listed = signed_in.locator(".lost-notes .note")
        expect(listed).to_contain_text("Several words")
        assert listed.bounding_box()["height"] > 40
        listed.get_by_role("button", name="Move to trash").click()
        expect(signed_in.locator(".lost-notes")).to_have_count(0)
        made.refresh_from_db()
        assert made.trashed_at is not None


class TestOnAPhone:
    def test_a_note_is_written_in_a_sheet_that_leaves_the_passage_in_sight(self, signed_in: Page, article):
        signed_in.set_viewport_size({"width": 390, "height": 720})
        made = opened(signed_in, rendered("\n\n".join(f"Paragraph {n} of many." for n in range(60)), title="Long"))
        select(signed_in, made, "Paragraph 30 of many.")
        signed_in.evaluate("getSelection().getRangeAt(0).startContainer.parentElement.scrollIntoView({ block: 'end' })")
        signed_in.locator("#toolbar [data-do=note]").click()
        sheet = signed_in.locator("#toolbar").bounding_box()
        assert sheet["x"] == 0 and sheet["width"] == 390
        assert abs(sheet["y"] + sheet["height"] - 720) < 1
        self.is_in_sight(signed_in, "#toolbar")
        signed_in.get_by_label("Note", exact=True).fill("In a sheet\n" * 30)
        signed_in.locator("#toolbar summary").click()
        expect(signed_in.locator("#new-tags")).to_be_visible()
        assert signed_in.locator("#toolbar").bounding_box()["height"] <= 720 * 0.61
        self.is_in_sight(signed_in, "#toolbar")
        signed_in.keyboard.press("Control+Enter")
        expect(signed_in.locator("#toast")).to_be_visible()
        assert Annotation.objects.get().exact == "Paragraph 30 of many."
        # The form of an existing note opens in the note's own sheet, and grows with "More".
        signed_in.locator("mark.active").evaluate("(mark) => mark.scrollIntoView({ block: 'end' })")
        click_on(signed_in.locator("mark.active"))
        signed_in.locator(".note:popover-open [data-form]").first.click()
        expect(signed_in.locator(".note [name=tags]")).to_be_visible()
        self.is_in_sight(signed_in, ".note:popover-open")

    def is_in_sight(self, page, sheet):
        page.wait_for_function(
            """(sheet) => {
                const [pending] = CSS.highlights.get("pending") ?? [];
                const { top, bottom } = (pending ?? document.querySelector("mark.active")).getBoundingClientRect();
                return top >= 0 && bottom <= document.querySelector(sheet).getBoundingClientRect().top;
            }""",
            arg=sheet,
        )
