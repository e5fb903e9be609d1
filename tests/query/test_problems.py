"""What a search cannot understand: its messages, and what is searched instead."""

import pytest

from archive.query import DEEPEST, LONGEST_TEXT, MOST_TERMS, And, Not, Phrase, Word, parse
from archive.query.lexer import MOST_PROBLEMS
from archive.query.parser import LONGEST_QUERY

# The search, what is left of it, the part that the problem points to, and a piece of the message.
CASES = [
    ('a "b c', "a b c", '"', "never closed"),
    ("「a", "a", "「", "never closed"),
    ('title:"a b', "title:a b", '"', "never closed"),
    ('a "" b', "a b", '""', "nothing between these quotation marks"),
    ("a () b", "a b", "()", "nothing between these parentheses"),
    ("-( )", "", "( )", "nothing between these parentheses"),
    ("a (b", "a b", "(", "never closed"),
    ("a) b", "a b", ")", "never opened"),
    ("OR a", "a", "OR", "nothing before this OR"),
    ("AND a", "a", "AND", "nothing before this AND"),
    ("a OR", "a", "OR", "nothing after this OR"),
    ("(a OR) b", "a b", "OR", "nothing after this OR"),
    ("a AND", "a", "AND", "nothing after this AND"),
    ("a NOT", "a", "NOT", "nothing after this NOT"),
    ("a AND OR b", "a OR b", "AND", "nothing after this AND"),
    ("a NOT OR b", "a OR b", "NOT", "nothing after this NOT"),
    ("a - b", "a b", "-", "excludes nothing"),
    ("a -- b", "a b", "--", "excludes nothing"),
    ("a -", "a", "-", "excludes nothing"),
    ("*", "", "*", "part of a word"),
    ("-* a", "a", "*", "part of a word"),
    ("a*b", "a*b", "a*b", "end of a word only"),
    ("*a*b", "*a*b", "*a*b", "end of a word only"),
    ("foo:bar", "foo bar", "foo:bar", "no field “foo:”"),
    ("a OR foo:bar b", "a OR foo bar b", "foo:bar", "no field “foo:”"),
    ("foo:bar:ba*", "foo bar ba*", "foo:bar:ba*", "no field “foo:”"),
    ("foo:-bar", "foo bar", "foo:-bar", "no field “foo:”"),
    ("foo:OR", "foo or", "foo:OR", "no field “foo:”"),
    ('foo:"a b"', 'foo "a b"', 'foo:"a b"', "no field “foo:”"),
    ("-foo:bar", '-"foo bar"', "foo:bar", "no field “foo:”"),
    ("titel:a", "titel a", "titel:a", "Did you mean title:?"),
    ("Tags:a", "Tags a", "Tags:a", "Did you mean tag:?"),
    ("language:en", "language en", "language:en", "Did you mean lang:?"),
    ("title: a", "title a", "title:", "needs a value"),
    ("-title: a", "-title a", "title:", "needs a value"),
    ("tag:(a)", "tag a", "tag:", "needs a value"),
    ("tag:#", "tag #", "tag:#", "needs a value"),
    ("path:/", "path /", "path:/", "needs a value"),
    ("site:https://", "site https //", "site:https://", "needs a value"),
    ("tag:ai*", "tag ai*", "tag:ai*", "cannot be used in tag:"),
    ("lang:english", "lang english", "lang:english", "language code"),
    ("before:yesterday", "before yesterday", "before:yesterday", "not a date"),
    ('before:"last week"', 'before "last week"', 'before:"last week"', "not a date"),
    ("on:2026-13", "on 2026-13", "on:2026-13", "not a date"),
    ("on:2026-02-30", "on 2026-02-30", "on:2026-02-30", "not a date"),
    ("on:0000", "on 0000", "on:0000", "not a date"),
    ("after:9999y", "after 9999y", "after:9999y", "not a date"),
    ("after:5m", "after 5m", "after:5m", "not a date"),
    ("before:0001", "before 0001", "before:0001", "before the year 1"),
    ("on:..", "on ..", "on:..", "before or after the two dots"),
    ("on:2026..2025", "on 2026..2025", "on:2026..2025", "ends before it begins"),
    ("year:2026-02", "year 2026-02", "year:2026-02", "not a year"),
    ("words:many", "words many", "words:many", "not a length"),
    ("words:..", "words ..", "words:..", "not a length"),
    ("words:<0", "words <0", "words:<0", "No text can have a length"),
    ("words:9..5", "words 9..5", "words:9..5", "No text can have a length"),
    ("has:tables", "has tables", "has:tables", "highlights, notes or images"),
    ("is:unraed", "is unraed", "is:unraed", "Did you mean is:unread?"),
    ("sort:-random", "sort random", "sort:-random", "published, added, clipped, title, length or relevance"),
    ("sort:-relevance", "sort:relevance", "sort:-relevance", "cannot be reversed"),
    ("sort:title sort:length", "sort:length", "sort:length", "more than one sort:"),
    ("in:notes in:title a", "notes:a", "in:title", "more than one in:"),
    ("-in:notes a", "a", "in:notes", "cannot be excluded"),
    ("in:notes tag:a", "tag:a", "in:notes", "no words beside it"),
    ("in:notes", "", "in:notes", "no words beside it"),
]


@pytest.mark.parametrize(("q", "left", "place", "message"), CASES)
def test_problem(q, left, place, message):
    query = parse(q)
    assert str(query) == left
    (problem,) = query.problems
    assert q[problem.start : problem.end] == place
    assert message in problem.message


def test_offsets_count_code_points():
    (problem,) = parse("𝄞𝄞 😀 foo:bar").problems
    assert (problem.start, problem.end) == (5, 12)


def test_problems_come_in_the_order_of_the_text():
    problems = parse("(a OR foo:b - ) )").problems
    assert [problem.start for problem in problems] == [6, 12, 16]
    assert [problem.start for problem in parse("(a foo:b").problems] == [0, 3]


def test_parentheses_too_deep_are_ignored_and_their_words_kept():
    deep = DEEPEST + 30
    query = parse("(" * deep + "a OR b" + ")" * deep + " c")
    assert str(query) == "(a OR b) c"
    assert [problem.start for problem in query.problems] == [DEEPEST]
    assert "ignored" in query.problems[0].message


def test_the_deepest_parentheses_allowed_are_no_problem():
    query = parse("(a OR -" * DEEPEST + "b" + ")" * DEEPEST)
    assert query.problems == ()


def test_terms_beyond_the_bound_are_left_out():
    q = " ".join(["a"] * (MOST_TERMS + 5))
    query = parse(q)
    assert query.node == And((Word("a"),) * MOST_TERMS)
    (problem,) = query.problems
    assert (problem.start, problem.end) == (2 * MOST_TERMS, len(q))
    assert "too long" in problem.message


def test_text_beyond_the_bound_is_left_out():
    fits, too_much = "b" * LONGEST_TEXT, "c" * LONGEST_TEXT
    assert parse(fits).problems == ()
    assert parse(f"-({fits} {too_much}").node == Not(Word(fits))
    (problem,) = parse(f"{fits} {too_much} d").problems
    assert problem.start == LONGEST_TEXT + 1
    assert parse(f'"{too_much}"').node == Phrase(too_much)
    assert parse(f'tag:"{too_much}" title:a').problems


def test_what_was_never_read_is_said_to_be_left_out():
    q = " " * LONGEST_QUERY + "a"
    query = parse(q)
    assert query.node is None
    assert [(problem.start, problem.end) for problem in query.problems] == [(LONGEST_QUERY, len(q))]


def test_after_many_problems_the_rest_is_left_out():
    q = "- " * 500 + "a"
    problems = parse(q).problems
    assert len(problems) == MOST_PROBLEMS
    assert problems[-1].end == len(q)
    assert "ignored" in problems[-1].message
