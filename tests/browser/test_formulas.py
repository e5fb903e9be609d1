"""Formulas are typeset, but are TeX for selection, search, print and screen readers."""

import pytest
from playwright.sync_api import Page, expect

from archive.text import render
from tests.browser.passages import mark
from tests.factories import rendered

pytestmark = pytest.mark.django_db(transaction=True)

SOURCE = r"""Before the formula $x_1^2+1$ come words, and after $\frac{a_1}{b}$ too.

$$\sum_{i=1}^n x_i^2 < 3 \text{ & more}$$

Let $n$ be a number, and $\unknown{x_1}$ unknown.
"""
SELECTED = "getSelection().toString().replace(/\\s+/g, ' ').trim()"


@pytest.fixture
def formulas(signed_in: Page):
    made = rendered(SOURCE, title="On sums")
    signed_in.goto(made.get_absolute_url())
    signed_in.wait_for_function("!!customElements.get('annotated-article')")
    return made


def middle(page: Page, number: int) -> tuple[float, float]:
    """The middle of the n-th formula as displayed."""
    box = page.evaluate(
        """number => {
            const formula = document.querySelectorAll('.math')[number].shadowRoot.querySelector('math');
            const { x, y, width, height } = formula.getBoundingClientRect();
            return [x + width / 2, y + height / 2];
        }""",
        number,
    )
    return box[0], box[1]


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> str:
    page.evaluate("getSelection().removeAllRanges()")
    expect(page.locator("#toolbar")).to_be_hidden()
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=3)
    page.mouse.move(*end, steps=3)
    page.mouse.up()
    return page.evaluate(SELECTED)


def test_formulas_are_shown_and_their_text_is_tex(signed_in: Page, formulas):
    body = signed_in.locator("#article-body")
    assert body.evaluate("body => body.textContent") == formulas.revision.text == render(SOURCE).text
    shown = signed_in.evaluate("[...document.querySelectorAll('.math')].map(each => !!each.shadowRoot)")
    assert shown == [True, True, True, True, False]
    names = signed_in.evaluate(
        "[...document.querySelectorAll('.math')].map(each => each.shadowRoot?.querySelector('math').ariaLabel)"
    )
    assert names[0] == "x_1^2+1"
    assert signed_in.evaluate("find('\\\\frac{a')")  # like a reader's Ctrl+F
    signed_in.emulate_media(media="print")
    assert signed_in.evaluate(
        "[...document.querySelector('.math').shadowRoot.children].map(each => each.getClientRects().length > 0)"
    ) == [False, True]


def test_a_selection_takes_all_of_a_formula(signed_in: Page, formulas):
    first, second, display = (middle(signed_in, number) for number in range(3))
    left, right = (first[0] - 90, first[1]), (first[0] + 90, first[1])
    assert "$x_1^2+1$" in drag(signed_in, left, right)
    assert drag(signed_in, first, right).startswith("$x_1^2+1$ c")
    assert drag(signed_in, first, left).endswith(" $x_1^2+1$")
    assert drag(signed_in, left, first).endswith(" $x_1^2+1$")
    assert drag(signed_in, right, first).startswith("$x_1^2+1$ c")
    assert drag(signed_in, (first[0] - 12, first[1]), (first[0] + 12, first[1])) == "$x_1^2+1$"
    across = drag(signed_in, display, second)
    assert across.startswith(r"$\frac{a_1}{b}$ too.") and across.endswith(r"more}$$")
    signed_in.mouse.click(*first)
    assert signed_in.evaluate(SELECTED) == ""
    signed_in.mouse.dblclick(*second)
    assert signed_in.evaluate(SELECTED) == r"$\frac{a_1}{b}$"


def test_a_highlight_paints_a_formula_and_it_stays_set_when_the_body_is_replaced(signed_in: Page, formulas):
    first = middle(signed_in, 0)
    drag(signed_in, first, (first[0] + 90, first[1]))
    expect(signed_in.locator("#toolbar")).to_be_visible()
    with signed_in.expect_response(lambda response: response.request.method == "POST"):
        signed_in.keyboard.press("h")
    around = signed_in.locator("mark[data-annotations]:has(> .math)")
    expect(around).to_have_count(1)
    assert signed_in.evaluate("[...document.querySelectorAll('.math')].filter(each => each.shadowRoot).length") == 4
    assert signed_in.locator("template").count() == 0
    text = signed_in.evaluate("document.getElementById('article-body').textContent")
    assert text == formulas.revision.text


def test_a_passage_that_ends_within_a_formula_shows_its_tex(signed_in: Page, formulas):
    mark(formulas, "formula $x_1")
    mark(formulas, r"$\frac{a_1}{b}$")
    signed_in.reload()
    shown = signed_in.evaluate("[...document.querySelectorAll('.math')].map(each => !!each.shadowRoot)")
    assert shown == [False, True, True, True, False]
    assert signed_in.locator("mark > .math").count() == 1
