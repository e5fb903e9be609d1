"""Properties that hold for every search, checked on generated and hostile ones."""

import datetime as dt
import re
import time
from functools import partial
from operator import eq

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.query import (
    DEEPEST,
    LONGEST_TEXT,
    MOST_TERMS,
    And,
    Node,
    Not,
    Or,
    conditions,
    conjoin,
    leaves,
    parse,
    terms,
    without,
)

TODAY = dt.date(2026, 2, 5)

PIECES = [
    *("OR", "AND", "NOT", "-", "－", "(", ")", "（", '"', "“", "«", "»", "「", "」", "*", "＊", ":", "：", "..", "/"),
    *("~", "x~", " ", "  ", "\u3000", "\x00", "\u200b", "\ud800", "\\", "#", "./", "_", ">", "<="),
    *("title:", "author:", "in:notes", "in:title", "notes:", "sort:title", "-sort:length", "foo:", "x:y:z"),
    *("before:", "after:7d", "on:2026-2", "on:..9999", "year:", "2026", "words:", "500", "has:note", "is:read"),
    *("tag:", "path:", "site:", "www.", "https://", "lang:", "pt_BR", 'צה"ל', "א", "İ", "ß", "停火", "kyiv", "a"),
]
from_pieces = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
searches = from_pieces | st.text(max_size=200) | st.text(alphabet='ab"()-*:OR «»', max_size=80)


def is_normal(node: Node) -> bool:
    """No single-item group, none directly inside its own kind, no double negation."""
    match node:
        case Not():
            return not isinstance(node.node, Not) and is_normal(node.node)
        case And() | Or():
            children = node.nodes
            return len(children) > 1 and all(type(child) is not type(node) and is_normal(child) for child in children)
        case _:
            return True


@given(searches)
def test_the_canonical_text_parses_to_the_same(q):
    query = parse(q, today=TODAY)
    again = parse(str(query), today=TODAY)
    assert (again.node, again.sort) == (query.node, query.sort)
    assert str(again) == str(query)


@given(searches)
def test_trees_are_in_normal_form(q):
    node = parse(q, today=TODAY).node
    assert node is None or is_normal(node)


@given(searches)
def test_problems_lie_within_the_search(q):
    for problem in parse(q, today=TODAY).problems:
        assert 0 <= problem.start < problem.end <= len(q)
        assert problem.message


# Ordinary words among everything with a special meaning. Sites keep only their host, so they are left out.
marked_words = st.integers(100, 999).map("word{}".format)
with_words = st.lists(marked_words | st.sampled_from([piece for piece in PIECES if piece != "site:"]), max_size=40)


@given(with_words.map("".join) | with_words.map(" ".join))
def test_no_word_is_lost(q):
    query = parse(q, today=TODAY)
    kept = str(query)
    for word in re.finditer(r"word\d{3}", q):
        in_problem = any(p.start <= word.start() and word.end() <= p.end for p in query.problems)
        assert word.group() in kept or in_problem


@settings(deadline=None)  # it parses twice for every condition
@given(searches)
def test_removing_a_condition_leaves_the_others(q):
    query = parse(q, today=TODAY)
    found = conditions(query.node)
    assert conjoin(*found) == query.node
    for node in found:
        left = parse(str(without(query, partial(eq, node))), today=TODAY)
        assert left.node == conjoin(*(other for other in found if other != node))
        assert left.sort == query.sort
        assert parse(str(node), today=TODAY).node == node


@given(searches)
def test_terms_are_those_of_the_search(q):
    node = parse(q, today=TODAY).node
    assert set(terms(node)) <= set(leaves(node))


HOSTILE = [
    *("(", ")", '"', "「", "-", " -", "-(", "OR ", "NOT ", "a ", "a", "a:", "foo:", 'title:"', "(a OR ", "«»"),
    *("()", "*", "f*", 'א"', "in:notes ", "sort:title ", " ", '"a" ', "x(", "words:9", "after:9", "\x00", "（"),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_megabyte_of_anything_is_read_at_once(piece):
    q = piece * (1_000_000 // len(piece))
    started = time.process_time()
    query = parse(q, today=TODAY)
    assert time.process_time() - started < 1
    assert len(list(leaves(query.node))) <= MOST_TERMS
    assert len(str(query)) < LONGEST_TEXT + 25 * MOST_TERMS
    assert str(query).count("(") <= DEEPEST
