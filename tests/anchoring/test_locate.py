"""Finding a passage in a text by its words and their context: better no place than the wrong words."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.anchoring import Selector, describe, locate

STORY = (
    "Earlier that week Robin had come home from the sea with nothing to show for it. The harbour was quiet. "
    "In the evening the postman met Robin on the road to the old town, and they talked about the price of bread."
)


def found(text: str, selector: Selector) -> tuple[str, str | None]:
    anchor = locate(text, selector)
    return anchor.status, None if anchor.start is None else text[anchor.start : anchor.end]


@pytest.mark.parametrize(
    ("text", "selector"),
    [
        ("The hines of the house were sold.", Selector("Linus")),
        (
            "The hines of the house were sold.",
            Selector("Linus", "in the year 1991 a student called ", " wrote a kernel"),
        ),
        ("The hines of the house were sold.", Selector("Linus", "The ", " of the house")),
        ("Linus wrote it.", Selector("Linus", "nothing here agrees with the ", " that stands around it")),
        ("Many developers and designers came.", Selector("Developer, Frontend")),
        ("Many developers and designers came.", Selector("Developer, Frontend", "We are looking for a ", " (Berlin)")),
        ("Linuses", Selector("Linus")),
        ("", Selector("Linus")),
        ("Some words.", Selector("")),
        ("Some words.", Selector(" \n")),
        ("   ", Selector(" ")),
        ("Some words.", Selector("", "Some", " words")),
    ],
)
def test_nothing_is_found(text, selector):
    anchor = locate(text, selector)
    assert (anchor.start, anchor.end, anchor.status) == (None, None, "orphan")


def test_a_name_corrected_in_the_text_is_not_the_earlier_one():
    start = STORY.index("met Robin") + 4
    selector = describe(STORY, start, start + 5)
    assert found(STORY.replace("met Robin", "met Robyn"), selector) == ("changed", "Robyn")
    assert found(STORY.replace("met Robin", "met her"), selector) == ("orphan", None)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("He said “it’s — well — fine…” and left.", '"it\'s - well - fine..."'),
        ("one two\n\nthree four", "two three"),
        ("one two\u00a0three four", "two three"),
        ("the caf\u00e9 there", "cafe\u0301"),
        ("the cafe\u0301 there", "caf\u00e9"),
        ("a co\u00adop\u00ader\u00ada\u00adtion b", "cooperation"),
        ("我们使用 Python 编程", "使用Python编程"),
        ("\u1112\u1161\u11ab글", "한글"),
        ("שלום עולם", "שלום עולם"),
        ("x 👩‍👩‍👧 y", "👩‍👩‍👧"),
    ],
)
def test_the_same_words_in_another_form_are_anchored(text, quote):
    anchor = locate(text, Selector(quote))
    assert anchor.status == "anchored"
    assert anchor.start is not None


def test_offsets_are_code_points_of_the_text_itself():
    text = "😀😀 “Don’t  go…” 漢字"
    anchor = locate(text, Selector('"Don\'t go..."'))
    assert text[anchor.start : anchor.end] == "“Don’t  go…”"
    assert found(text, Selector(" “Don’t  go…” ")) == ("anchored", " “Don’t  go…” ")


def test_a_combined_character_is_never_cut():
    assert found("cafe\u0301 and more", Selector("cafe", "", "\u0301 and more"))[1] == "cafe\u0301"
    assert found("cafe\u0301 and more", Selector("cafe")) == ("orphan", None)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("run --volume a --user b", "a -"),
        ("run --volume a --user b", "-user"),
        ("x --->| y", "->|"),
        ("a--b\u200b", "-b\u200b"),
        ("\u200ba--b", "\u200ba-"),
        ("x --->| y", "--->|"),
        ("wait.... what", "wait.."),
        ("a  \u2014\u2014  b", "\u2014  b"),
        ("say ''no''", "'no'"),
        ("ﬁsh and ﬁn", "ﬁsh"),
        ("x 👩\u200d👩\u200d👧 y", "👩\u200d👩\u200d👧"),
    ],
)
def test_what_was_selected_is_what_is_found(text, quote):
    start = text.index(quote)
    anchor = locate(text, describe(text, start, start + len(quote)))
    assert (anchor.start, anchor.end) == (start, start + len(quote))


@given(st.text(alphabet="ab -\u2014\u2013….'\"“”\u00a0\n\u200b👍🏽ﬁ", min_size=1, max_size=30), st.data())
def test_a_quote_never_grows(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    anchor = locate(text, describe(text, start, end))
    if anchor.start is not None:
        assert text[anchor.start : anchor.end].strip(" \n\u00a0\u200b") == text[start:end].strip(" \n\u00a0\u200b")


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        (Selector("word"), ("ambiguous", None)),
        (Selector("word", start=12, end=16), ("anchored", 12)),
        (Selector("word", "a ", start=12, end=16), ("anchored", 12)),
        (Selector("word", "a ", start=11, end=15), ("ambiguous", None)),
        (Selector("word", "and then another ", " than that", start=12, end=16), ("anchored", 47)),
    ],
)
def test_numbers_only_break_ties(selector, expected):
    text = "one word, a word; a word; now and then another word than that"
    anchor = locate(text, selector)
    assert (anchor.status, anchor.start) == expected


@pytest.mark.parametrize("numbers", [(-5, 3), (9, 2), (500, 900), (None, 4), (4, None)])
def test_numbers_that_cannot_be_are_as_good_as_none(numbers):
    assert found("A well-known passage stands here.", Selector("well-known passage", "A ", " stands", *numbers)) == (
        "anchored",
        "well-known passage",
    )


def test_context_decides_between_places_alike():
    text = (
        "The first answer was yes, said the mayor of the town. The second answer was yes, said the driver of the bus."
    )
    assert locate(text, Selector("was yes", "The second answer ", ", said the driver")).start == text.rindex("was yes")
    ambiguous = locate(text, Selector("was yes", " answer ", ", said the "))
    assert ambiguous.status == "ambiguous"
    assert [candidate.start for candidate in ambiguous.candidates] == [text.index("was yes"), text.rindex("was yes")]


def test_long_words_elsewhere_are_moved_and_short_ones_gone():
    long = "The quick brown fox jumps over the lazy dog at noon."
    selector = Selector(long, "These words stood around it first, ", " and these came after them.")
    assert found(f"Everything else was written anew. {long} Nothing agrees.", selector) == ("moved", long)
    assert (
        locate("Everything was anew, noon too.", Selector("noon", selector.prefix, selector.suffix)).status == "orphan"
    )


def test_an_edited_sentence_is_changed_within_its_context():
    new = STORY.replace("they talked about the price of bread", "they spoke about the prices of bread")
    start = STORY.index("they talked about the price of bread")
    selector = describe(STORY, start, start + 36)
    assert found(new, selector) == ("changed", "they spoke about the prices of bread")
    anchor = locate(new, selector)
    assert 0.7 < anchor.score < 1


def test_an_orphan_lists_the_best_three():
    text = "The ship sank near the northern pier. " * 5
    anchor = locate(text, Selector("The shop sold beer near the southern pier", "Foreign words before ", " and after"))
    assert anchor.status == "orphan"
    assert 0 < len(anchor.candidates) <= 3
    scores = [candidate.score for candidate in anchor.candidates]
    assert scores == sorted(scores, reverse=True)


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=20), st.text(max_size=20), st.integers(-3, 70))
def test_any_selector_in_any_text(text, exact, prefix, suffix, start):
    anchor = locate(text, Selector(exact, prefix, suffix, start, start + len(exact)))
    if anchor.start is None:
        assert anchor.end is None
        assert anchor.status in ("ambiguous", "orphan")
        assert all(0 <= candidate.start < candidate.end <= len(text) for candidate in anchor.candidates)
    else:
        assert 0 <= anchor.start < anchor.end <= len(text)
        assert anchor.status in ("anchored", "moved", "changed")
        assert anchor.candidates == ()


@given(st.text(min_size=1, max_size=80), st.data())
def test_what_was_described_is_found_where_it_was(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    anchor = locate(text, describe(text, start, end))
    if anchor.start is not None:
        assert anchor.status == "anchored"
        assert anchor.start <= start or not text[start : anchor.start].strip()
    else:
        # Invisible text cannot be found, nor can a repetition whose surroundings do not differ.
        assert anchor.status == "ambiguous" or not anchor.candidates


@pytest.mark.parametrize(
    ("text", "selector"),
    [
        pytest.param("a" * 1_000_000, Selector("a" * 10, start=5, end=15), id="one letter"),
        pytest.param("word " * 200_000, Selector("word " * 200_000), id="a quote of 1 MB"),
        pytest.param("some text " * 6_000, Selector("other words " * 80_000), id="a quote of 1 MB in a short text"),
        pytest.param(" " * 1_000_000, Selector(" " * 1_000_000), id="blanks"),
        pytest.param("a" + "\u0301" * 300_000, Selector("b\u0301" * 1000), id="combining marks"),
    ],
)
def test_hostile_input_takes_bounded_time(text, selector):
    begun = process_time()
    locate(text, selector)
    assert process_time() - begun < 8
