"""The word at the caret, which is written here as a stroke."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.query import unfinished


@pytest.mark.parametrize(
    ("typed", "kept", "field", "begin", "rest"),
    [
        ("au|", "", "", "au", ""),
        ("tag:en|", "", "tag", "en", ""),
        ("tag:|", "", "tag", "", ""),
        ("TAG:en|", "", "tag", "en", ""),
        ("ukraine tag:en|", "ukraine ", "tag", "en", ""),
        ("tag:en| ukraine", "", "tag", "en", "ukraine"),
        ("tag:en|ergy ukraine", "", "tag", "en", "ukraine"),
        ("-tag:en|", "-", "tag", "en", ""),
        ("-ga|", "-", "", "ga", ""),
        ("(drone OR tag:en|", "(drone OR ", "tag", "en", ""),
        ("(tag:en|)", "(", "tag", "en", ")"),
        ('author:"ana m|', "", "author", "ana m", ""),
        ('author:"ana m|iel" sea', "", "author", "ana m", "sea"),
        ('"a phrase" si|', '"a phrase" ', "", "si", ""),
        ('site:"The Daily" au|', 'site:"The Daily" ', "", "au", ""),
        ("title:“prisoner| swap” x", "", "title", "prisoner", "x"),
        ("https://example.org/st|", "", "", "https://example.org/st", ""),
        ("12:3|", "", "", "12:3", ""),
        ("tag：en|", "", "tag", "en", ""),
    ],
)
def test_the_word_at_the_caret(typed, kept, field, begin, rest):
    word = unfinished(*typed.split("|"))
    assert (word.kept, word.field, word.begin, word.rest) == (kept, field, begin, rest)


@pytest.mark.parametrize("typed", ["|", "sea |", '"a phrase|', '"a phrase"|', "( |", "-|", "sea) |", "| sea"])
def test_where_there_is_nothing_to_complete(typed):
    assert unfinished(*typed.split("|")) is None


@given(st.text(alphabet="ab:-\"“”«» ()tag*,'א", max_size=30), st.text(alphabet='ab:" )', max_size=10))
def test_what_was_typed_around_the_word_stays(before, after):
    word = unfinished(before, after)
    if word is not None:
        assert before.startswith(word.kept)
        assert before.endswith(word.begin)
        assert after.endswith(word.rest)
