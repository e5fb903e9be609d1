"""Searches put together and taken apart."""

import pytest

from archive.query import (
    And,
    Chip,
    Not,
    Or,
    Phrase,
    Prefix,
    Tag,
    TextField,
    Word,
    chips,
    conjoin,
    disjoin,
    parse,
    terms,
)

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("nodes", "together"),
    [
        ((), None),
        ((None, None), None),
        ((A, None), A),
        ((A, B), And((A, B))),
        ((And((A, B)), C), And((A, B, C))),
        ((Or((A, B)), C), And((Or((A, B)), C))),
    ],
)
def test_conjoin(nodes, together):
    assert conjoin(*nodes) == together


def test_disjoin():
    assert disjoin(Or((A, B)), None, C) == Or((A, B, C))
    assert disjoin(A) == A
    assert disjoin() is None


def test_a_filter_from_a_click_joins_a_typed_search():
    typed = parse("a OR b")
    assert str(conjoin(typed.node, Tag("peace talks"))) == '(a OR b) tag:"peace talks"'


def test_terms_are_what_is_asked_for_each_once():
    node = parse('a "b c" -d (e* OR -(f g)) a tag:x title:h').node
    assert terms(node) == [A, Phrase("b c"), Prefix("e")]
    assert terms(None) == []


def test_terms_of_one_text_include_those_sought_anywhere():
    node = parse("a title:b -title:c author:d").node
    assert terms(node, "title") == [A, B]
    assert terms(node, "notes") == [A]


def test_chips():
    query = parse('a -tag:x (b OR c) in:title "d e" sort:title')
    assert [(chip.text, chip.without) for chip in chips(query)] == [
        ("title:a", '-tag:x (title:b OR title:c) title:"d e" sort:title'),
        ("-tag:x", 'title:a (title:b OR title:c) title:"d e" sort:title'),
        ("title:b OR title:c", 'title:a -tag:x title:"d e" sort:title'),
        ('title:"d e"', "title:a -tag:x (title:b OR title:c) sort:title"),
    ]


def test_chips_of_one_condition_and_of_none():
    assert chips(parse("-a")) == [Chip("-a", Not(A), "")]
    assert chips(parse("a OR title:b")) == [Chip("a OR title:b", Or((A, TextField("title", B))), "")]
    assert chips(parse("sort:title")) == []
