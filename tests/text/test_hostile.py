"""Sources made to take forever: each ends soon, and reports what was given up."""

import time

import pytest

from archive.text import plain, render

MANY = 40_000
SECONDS = 10.0
"""Far above what any of them takes on an idle machine (2 at most), far below what square time would."""

LONG = {
    "brackets": "[" * MANY,
    "links never ended": "[a](" * (MANY // 4),
    "images never ended": "![" * MANY,
    "brackets closed without a link": "[" * MANY + "]" * MANY,
    "references": "[a]: b\n\n" + "[" * MANY + "a" + "]" * MANY,
    "backtick runs": " ".join("`" * length for length in range(1, 1400)),
    "a backtick after another": "` " * 500_000,
    "stars": "*a **b " * MANY,
    "underscores": "_a__b" * MANY,
    "tags never ended": "<a " * MANY,
    "comments never ended": "<!-- " * MANY,
    "instructions": "<?" * MANY,
    "attributes never ended": '<div a="' * MANY,
    "marks": "== %% {{< {% ~~ " * (MANY // 4),
    "torn links": "[\n\n" * MANY + "](/a)",
    "torn links in a row": "[\n\n](/a)" * (MANY // 4),
    "dollars": "$a_ " * MANY,
    "dollars and backslashes": "$\\" * MANY,
    "page names with brackets": "[[a[b]" * MANY,
    "wiki links never ended": "[[a|" * MANY,
    "addresses": "http://a@b.c/(" * (MANY // 4),
    "an address with brackets": "http://a.example/" + ")" * MANY,
    "one long line": "word " * 200_000,
    "one long word": "a" * 1_000_000,
    "white space": "a" + " " * 1_000_000 + "b",
    "a wide table with short rows": "|" * 5_000 + "\n" + "|-" * 4_999 + "|\n" + "|\n" * 20_000,
    "definitions": "[a]: b\n" * MANY,
    "footnotes": "".join(f"[^{number}]: x\n\n" for number in range(3000)),
    "formulas closed at the end": "<math>" * MANY + "</math> " + r"\(" * MANY + r"\)",
    "annotations never ended": "<math>" + "<annotation-xml> " * 1_000 + "</math>",
    "a heading of white space": "# a" + " " * 500_000 + "{#b}",
    "made-up tags": "</a" * MANY + "<T> " * MANY,
    "cells beyond the columns": "|a|\n|-|\n" + "|b" * 100_000,
    "bullets": "\u2022  a\n" * MANY,
    "equal headings": "# a\n" * 20_000,
}
QUADRATIC = {
    "attributes of one tag": "<div " + "".join(f"a{number} " for number in range(MANY)) + ">x</div>",
    "code that Perl's rules search for an end": "```perl\n" + "m{" * 200_000 + "\n```",
    "codes that Perl's rules search for an end": ("```perl\n" + "m{" * 2_000 + "\n```\n\n") * 50,
    "notes in the text": "^[a " * 100_000,
    "attribute lists": "[a](b){.c " * 10_000,
    "terms": "a\n: b\n" * 15_000,
    "callouts": ":::note\n" * MANY,
    "callouts by indentation": "".join(" " * 4 * (number % 40) + "!!! note\n" for number in range(2_000)),
    "misplaced in a table": "<table>" + "<br>x" * 15_000,
    "drawings": "<svg>" * 15_000,
    "options": "<option>a" * 10_000,
}
"""What takes square time where it is read carelessly."""

DEEP = {
    "elements": "<div>" * 5000,
    "elements line by line": "<div>\n" * 5000,
    "tables": "<table><tr><td>" * 3000,
    "quotes": ">" * 5000 + "a",
    "lists": "- " * 5000 + "a",
    "lists by indentation": "\n".join("  " * depth + "- a" for depth in range(1000)),
}


@pytest.mark.parametrize("source", LONG.values(), ids=LONG.keys())
def test_length_costs_no_more_than_length(source):
    started = time.process_time()
    render(source, base_url="https://a.example/")
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("source", QUADRATIC.values(), ids=QUADRATIC.keys())
def test_none_takes_square_time(source):
    started = time.process_time()
    render(source, base_url="https://a.example/")
    assert time.process_time() - started < SECONDS / 2


@pytest.mark.parametrize("source", DEEP.values(), ids=DEEP.keys())
def test_depth_is_cut_and_said(source):
    started = time.process_time()
    document = render(source)
    assert time.process_time() - started < SECONDS
    assert len(document.problems) == 1
    assert "deep" in document.problems[0].message


def test_a_paragraph_of_too_many_marks_is_cut_and_said():
    document = render("*a* " * 40_000)
    assert document.text.count("a") == 40_000
    assert [problem.message for problem in document.problems] == [
        "After 30000 links and marks in one paragraph the rest of it is shown as text."
    ]


def test_plain_takes_anything():
    for source in (*LONG.values(), *DEEP.values()):
        assert plain(source).html.count("<p>") >= 1
    assert plain("").html == ""
    assert plain("a\nb\n\n<b>\r\n\r\n\x00").html == "<p>a\nb</p>\n<p>&lt;b&gt;</p>\n<p>\ufffd</p>\n"
