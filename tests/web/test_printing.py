"""The reading page on paper: notes on passages are numbered, and passages show the numbers where they end."""

import re

from archive.anchoring import Selector
from archive.annotations import writing
from tests.factories import article

TEXT = "One two three four five six seven."


def numbered(client, made, keeper, *marks):
    for words, note in marks:
        writing.annotate(keeper, made, Selector(words, start=TEXT.index(words)), note=note)
    page = client.get(made.get_absolute_url()).content.decode()
    ends = re.findall(r'<mark [^>]*data-notes="([^"]*)" class="end [^>]*>([^<]*)<', page)
    return ends, re.findall(r'data-number="(\d+)"', page)


def test_notes_are_numbered_in_reading_order_and_named_where_their_passages_end(client, keeper):
    ends, numbers = numbered(
        client, article(text=TEXT), keeper, ("six seven", "last"), ("One two", "first"), ("four", "")
    )
    assert ends == [("1", "One two"), ("2", "six seven")]
    assert numbers == ["1", "2"]


def test_passages_within_each_other_name_their_own_notes(client, keeper):
    marks = [("One two three four", "outer"), ("two", "inner"), ("three four", "at the same end")]
    ends, numbers = numbered(client, article(text=TEXT), keeper, *marks)
    assert ends == [("2", "two"), ("1, 3", "three four")]
    assert numbers == ["1", "2", "3"]
