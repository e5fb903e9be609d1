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


ITEMS = [
    f"{name} was {price}.99, now {price - 7}.99, in stock" for price, name in enumerate(("Lamp", "Rug", "Chair"), 20)
]


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        pytest.param(["Head"] * 2 + ITEMS + ["Tail"] * 2, ITEMS, id="the rows beside it"),
        pytest.param(ITEMS, ITEMS, id="which are the whole text"),
    ],
)
def test_context_of_a_row_goes_to_the_ends_of_its_neighbours(lines, kept):
    text = "\n".join(lines)
    start = text.index("now", text.index(kept[1]))
    selector = describe(text, start, start + 3)
    assert selector.prefix + selector.exact + selector.suffix == "\n".join(kept)


@pytest.mark.parametrize(("letters", "kept"), [(60, True), (240, False)])
def test_rows_that_are_long_are_not_kept_whole(letters, kept):
    rows = [f"Row {number} has such a lot of words that every row has, {'x' * letters}" for number in range(4)]
    text = "\n".join(rows)
    start = text.index("lot", len(rows[0]) + 2)
    selector = describe(text, start, start + 3)
    assert selector.prefix.startswith(rows[0]) == selector.suffix.endswith(rows[2]) == kept
    assert kept or len(selector.prefix) == len(selector.suffix) == 32


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
