"""Describing a passage so that it can be found again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.anchoring import describe


def test_at_least_32_code_points_on_each_side():
    text = "😀" * 40 + "passage" + "é" * 40
    selector = describe(text, 40, 47)
    assert (selector.exact, selector.prefix, selector.suffix) == ("passage", "😀" * 32, "é" * 32)
    assert (selector.start, selector.end) == (40, 47)


def test_more_until_it_is_unique():
    line = "the same line of text again and again, all of it\n"
    text = "one " + line * 10 + "two"
    place = text.index("again", 200)
    selector = describe(text, place, place + 5)
    whole = selector.prefix + selector.exact + selector.suffix
    assert text.count(whole) == 1
    assert len(selector.prefix) > 32


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 5), (9, 12)])
def test_no_such_passage(start, end):
    with pytest.raises(ValueError, match="no passage"):
        describe("text", start, end)


@given(st.text(alphabet="ab ", min_size=1, max_size=200), st.data())
def test_quote_and_context_are_unique(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    selector = describe(text, start, end)
    whole = selector.prefix + selector.exact + selector.suffix
    assert text.find(whole) == text.rfind(whole) == start - len(selector.prefix)
