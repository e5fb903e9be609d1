"""Every example in docs/searching.md works as the page says."""

import re
from pathlib import Path

import pytest

from archive.query import DEEPEST, FIELDS, LONGEST_TEXT, MOST_TERMS, parse

PAGE = (Path(__file__).parents[2] / "docs" / "searching.md").read_text(encoding="utf-8")


def examples(kind: str) -> list[tuple[str, str]]:
    """The two columns of all blocks fenced as `kind`, separated by at least two spaces."""
    blocks = re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    lines = [re.split(r"\s{2,}", line) for block in blocks for line in block.splitlines()]
    assert lines and all(len(line) == 2 for line in lines), lines
    return [(left, right) for left, right in lines]


@pytest.mark.parametrize("query", [left for left, _ in examples("search")])
def test_an_example_is_understood(query):
    parsed = parse(query)
    assert parsed.node is not None
    assert parsed.problems == ()


@pytest.mark.parametrize(("query", "other"), examples("same"))
def test_two_ways_to_say_the_same(query, other):
    assert parse(query).node == parse(other).node
    assert parse(query).problems == parse(other).problems == ()


@pytest.mark.parametrize(("query", "instead"), examples("misread"))
def test_what_is_taken_as_words(query, instead):
    assert parse(query).problems
    assert parse(query).node == parse(instead).node
    assert parse(instead).problems == ()


def test_every_block_is_checked():
    assert set(re.findall(r"^```(\S+)", PAGE, re.MULTILINE)) == {"search", "same", "misread"}


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_and_value_is_on_the_page(field):
    assert f"{field.name}:" in PAGE
    for value in field.values:
        assert re.search(rf"\b{value}\b", PAGE)


def test_the_bounds_are_those_of_the_parser():
    assert f"{MOST_TERMS} terms with {LONGEST_TEXT:,} characters of text, and parentheses ten deep" in PAGE
    assert DEEPEST == 10
