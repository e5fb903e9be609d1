"""The folded view of a text, and mapping it back to the text."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.anchoring.normalise import View, same_words

SIGNS = "ab \n\t\u00a0\u2009-–—…“”«’'\u00ad\u200b\u200de\u0301é한\u1112\u1161\u11ab漢字かが\u3099👩👍🏽İſﬁش\u064b "
texts = st.one_of(st.text(alphabet=SIGNS, max_size=20), st.text(max_size=20))


@pytest.mark.parametrize(
    ("source", "folded"),
    [
        pytest.param("one  two\n\tthree\u00a0four", "one two three four", id="white space"),
        pytest.param("a – b—c - d -- e", "a-b-c-d-e", id="dashes with the space around them"),
        pytest.param("“a” ‘b’ «c» it’s", '"a" \'b\' "c" it\'s', id="quotes"),
        pytest.param("so…", "so...", id="ellipsis"),
        pytest.param("co\u00adoper\u200bate\ufeff", "cooperate", id="what shows nothing"),
        pytest.param("e\u0301tude", "\u00e9tude", id="normal form"),
        pytest.param("\u1112\u1161\u11ab\u1100\u1173\u11af", "한글", id="jamo"),
        pytest.param("使用 Python 编程", "使用Python编程", id="space beside Chinese"),
        pytest.param("مرحبا  بالعالم", "مرحبا بالعالم", id="Arabic"),
        pytest.param("", "", id="empty"),
    ],
)
def test_folding(source, folded):
    assert View(source).text == folded


@given(texts)
@example("\u00e9\u3099 ")
@example("\u304b\u3099 a")
def test_two_normal_forms_fold_alike(source):
    assert View(unicodedata.normalize("NFD", source)).text == View(unicodedata.normalize("NFC", source)).text


@given(texts)
def test_every_character_leads_back_in_order(source):
    view = View(source)
    assert len(view.key) == len(view.text)
    ranges = [view.to_source(place, place + 1) for place in range(len(view.text))]
    assert all(0 <= start < end <= len(source) for start, end in ranges)
    assert ranges == sorted(ranges)
    assert [end for _, end in ranges] == sorted(end for _, end in ranges)


@given(texts, st.data())
def test_a_range_of_the_source_leads_there_and_back(source, data):
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    view = View(source)
    first, last = view.from_source(start, end)
    touched = [
        place
        for place in range(len(view.text))
        if view.to_source(place, place + 1)[1] > start and view.to_source(place, place + 1)[0] < end
    ]
    while touched and view.text[touched[0]] == " ":
        touched.pop(0)
    while touched and view.text[touched[-1]] == " ":
        touched.pop()
    assert list(range(first, last)) == touched


def test_blanks_at_the_ends_of_a_quote_come_back():
    view = View("one  two three")
    assert view.to_source_as(*view.from_source(3, 9), exact="  two ") == (3, 9)
    assert view.to_source_as(*view.from_source(3, 9), exact=" two\n") == (5, 8)


def test_words_are_the_same_whatever_the_space():
    assert same_words("a word", "aword")
    assert not same_words("a word", "a ward")
