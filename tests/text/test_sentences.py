"""Where sentences begin and end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import sentences

CASES = [
    ("en", "He came at 3.15 p.m. on Friday. “Why?” she said. It was e.g. late.", 3),
    ("de", "Am 5. Februar ging er z. B. nach Hause. Dann schlief er.", 2),
    ("zh", "一片叶子的路很长。她说：“不。”走了！", 3),
    ("ar", "هل تعرف؟ نعم!", 2),
    ("xx", "An unknown language. Two sentences.", 2),
    ("", "No language. Two sentences.", 2),
    ("en-GB", "A region. Two sentences.", 2),
    ("en", "A footnote's text. ↩", 1),
    ("en", "So it was. … * * * Then it ended. — !", 2),
    ("en", "no sentence at all", 1),
    ("en", " \t ", 0),
    ("en", "", 0),
]


@pytest.mark.parametrize(("language", "text", "count"), CASES)
def test_sentences(language, text, count):
    assert len(sentences(text, language)) == count


@given(st.text(alphabet="ab .!?。…“”()\u064e漢𝒙é\u200d\t", max_size=60), st.sampled_from(["en", "zh", "ar", ""]))
def test_nothing_but_white_space_is_left_out(text, language):
    ranges = sentences(text, language)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in ranges)
    assert "".join(text[start:end] for start, end in ranges).split() or not text.strip()
    kept = {place for start, end in ranges for place in range(start, end)}
    assert all(letter.isspace() for place, letter in enumerate(text) if place not in kept)


def test_opening_quotation_marks_without_end_take_no_time():
    assert len(sentences("“" * 100_000)) == 1
