"""Aligning the words of two texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.anchoring.alignment import Alignment, Tokens

words = st.lists(st.sampled_from(["a", "b", "c", "the", "dog", "漢", "字", ".", "don't"]), max_size=30).map(" ".join)


def aligned(old: str, new: str) -> Alignment:
    return Alignment(Tokens(old), Tokens(new))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("One word, two.", ["One", "word", ",", "two", "."]),
        ("漢字かな and ไทย", ["漢", "字", "か", "な", "and", "ไ", "ท", "ย"]),
        ("👩‍👧!", ["👩", "\u200d", "👧", "!"]),
        (" ", []),
    ],
)
def test_tokens(text, tokens):
    assert Tokens(text).words == tokens


@pytest.mark.parametrize(
    ("old", "new", "carried"),
    [
        pytest.param("a [b c] d", "x a [b c] d", True, id="put in before"),
        pytest.param("met [robin] on the road", "met [robyn] on the road", True, id="a word replaced"),
        pytest.param(
            "met [robin] on the road", "met then suddenly [robyn] on the road", True, id="and some put in beside"
        ),
        pytest.param("one [two three four] five", "one [two and four] five", True, id="a word within replaced"),
        pytest.param("one de[velop]ers five", "one de[velop]ment five", True, id="part of a word"),
        pytest.param(
            "the dog [the cat] sat", "the dog the bird [the cat] sat", True, id="repeated words put in before"
        ),
        pytest.param("one [two] three", "one three", False, id="taken out"),
        pytest.param("one [two] three", "", False, id="nothing left"),
    ],
)
def test_carry(old, new, carried):
    start, end = old.index("["), old.index("]") - 1
    expected = (new.index("["), new.index("]") - 1) if carried else None
    alignment = aligned(old.replace("[", "").replace("]", ""), new.replace("[", "").replace("]", ""))
    assert alignment.carry(start, end) == expected


def test_a_moved_paragraph_gives_way_to_what_stayed():
    first, second = "one two three four five six.", "seven eight nine ten eleven twelve thirteen."
    alignment = aligned(f"{first} {second}", f"{second} {first}")
    assert alignment.image[:7] == [-1] * 7
    assert alignment.image[7:] == list(range(8))


def test_either_of_two_that_are_alike_is_loose():
    alignment = aligned("start. same words here. end.", "start. same words here. same words here. end.")
    assert [word for word, loose in zip(alignment.old.words, alignment.loose, strict=True) if loose] == [
        *(".", "same", "words", "here", "."),
    ]
    taken_out = aligned("start. same words here. same words here. end.", "start. same words here. end.")
    assert taken_out.loose.count(1) == 9
    assert not any(aligned("one two three", "one two and three").loose)
    assert not any(aligned("on the cat sat", "on the dog the cat sat").loose)


@given(words, words)
def test_images_are_equal_words_in_order(old, new):
    alignment = aligned(old, new)
    pairs = [(i, j) for i, j in enumerate(alignment.image) if j >= 0]
    assert all(alignment.old.words[i] == alignment.new.words[j] for i, j in pairs)
    assert pairs == sorted(pairs, key=lambda pair: pair[1])
    assert all(alignment.origin[j] == i for i, j in pairs)
    assert sum(origin >= 0 for origin in alignment.origin) == len(pairs)


@given(words)
def test_a_text_is_its_own_image(text):
    alignment = aligned(text, text)
    assert alignment.image == list(range(len(alignment.old.words)))


@given(words, words, st.data())
def test_what_is_carried_lies_in_the_new_text(old, new, data):
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    carried = aligned(old, new).carry(start, end)
    assert carried is None or 0 <= carried[0] < carried[1] <= len(new)
