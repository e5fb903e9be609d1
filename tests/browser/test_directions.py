"""English text next to right-to-left text keeps its own direction, and vice versa."""

import pytest
from playwright.sync_api import Page

from archive.search import index
from tests.factories import rendered

pytestmark = pytest.mark.django_db(transaction=True)

TURNED = """(selector) => [...document.querySelectorAll(selector)].map((line) => {
    const time = line.querySelector("time").firstChild;
    const at = (from, to) => {
        const range = document.createRange();
        range.setStart(time, from);
        range.setEnd(time, to);
        return range.getBoundingClientRect().left;
    };
    return [getComputedStyle(line).direction, at(0, 1) < at(time.length - 1, time.length)];
})"""


@pytest.mark.parametrize("language", ["", "ar"])
@pytest.mark.parametrize("title", ["النجوم السبعة في الصحراء", "שבעת הכוכבים במדבר"])
def test_an_english_byline_is_not_turned_around(signed_in: Page, title, language):
    article = rendered("Words.", title=title, language=language, published="2024-05-02", publication="الجزيرة")
    index.refresh()
    signed_in.goto(article.get_absolute_url())
    assert signed_in.evaluate(TURNED, ".byline") == [["ltr", True]]
    assert signed_in.evaluate("getComputedStyle(document.getElementById('title')).direction") == "rtl"
    signed_in.goto("/")
    assert signed_in.evaluate(TURNED, ".row .about") == [["ltr", True]]


def test_an_english_title_keeps_its_direction_over_an_arabic_text(signed_in: Page):
    article = rendered("كان جدي يعرف من النجوم سبعة.", title="The stars", published="2024-05-02", publication="الجزيرة")
    signed_in.goto(article.get_absolute_url())
    assert signed_in.evaluate("getComputedStyle(document.getElementById('title')).direction") == "ltr"
    assert signed_in.evaluate("getComputedStyle(document.getElementById('article-body')).direction") == "rtl"
    assert signed_in.evaluate(TURNED, ".byline") == [["ltr", True]]
