"""Combining and taking apart searches."""

from functools import partial
from operator import eq

import pytest

from archive.query import (
    And,
    Or,
    Phrase,
    Prefix,
    Tag,
    Word,
    conditions,
    conjoin,
    disjoin,
    parse,
    terms,
    without,
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


@pytest.mark.parametrize(
    ("text", "conditions_without"),
    [
        (
            'a -tag:x (b OR c) in:title "d e" sort:title',
            [
                ("title:a", '-tag:x (title:b OR title:c) title:"d e" sort:title'),
                ("-tag:x", 'title:a (title:b OR title:c) title:"d e" sort:title'),
                ("title:b OR title:c", 'title:a -tag:x title:"d e" sort:title'),
                ('title:"d e"', "title:a -tag:x (title:b OR title:c) sort:title"),
            ],
        ),
        ("-a", [("-a", "")]),
        ("a OR title:b", [("a OR title:b", "")]),
        ("a b a", [("a", "b"), ("b", "a a"), ("a", "b")]),
        ("sort:title", []),
    ],
)
def test_the_conditions_of_a_search_and_the_search_without_each(text, conditions_without):
    asked = parse(text)
    found = [(str(node), str(without(asked, partial(eq, node)))) for node in conditions(asked.node)]
    assert found == conditions_without
