"""Passages of the article on the reading page: selecting, highlighting and clicking them."""

from django.contrib.auth import get_user_model
from playwright.sync_api import Locator

from archive.anchoring import Selector
from archive.annotations import writing

SELECT = """([start, end]) => {
    return import("/static/js/annotate/offsets.js").then(({ rangeOf }) => {
        getSelection().removeAllRanges();
        getSelection().addRange(rangeOf(document.getElementById("article-body"), start, end));
    });
}"""


def keeper():
    """Who is signed in."""
    return get_user_model().objects.get(username="keeper")


def place_of(article, words):
    """Where the first occurrence of these words begins and ends in the article, in code points."""
    at = article.revision.text.index(words)
    return [at, at + len(words)]


def mark(article, words, **fields):
    """An annotation by the owner on the first occurrence of these words."""
    start, end = place_of(article, words)
    text = article.revision.text
    selector = Selector(words, text[max(0, start - 64) : start], text[end : end + 64], start, end)
    return writing.annotate(keeper(), article, selector, **fields)


def click_on(passage: Locator):
    """Click in the middle of a passage. Playwright would hit the text for screen readers in front of it."""
    passage.scroll_into_view_if_needed()
    box = passage.bounding_box()
    passage.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
