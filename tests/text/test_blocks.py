"""CommonMark's block structure, rule by rule."""

import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text import render
from archive.text.commonmark.block import Kind
from archive.text.commonmark.parser import BlockParser
from tests.text.outline import outline

PARAGRAPHS = [
    ("one\ntwo", "p"),
    ("one\n\ntwo", "p p"),
    ("one\n        two, indented far", "p"),
    ("   one", "p"),
    ("    one", "pre"),
    ("\tone", "pre"),
    ("one\n\n    code\n\n\n      more code\n\ntwo", "p pre p"),
    (" \n\t\n", ""),
]
HEADINGS = [
    ("## two", "h2"),
    ("####### seven", "p"),
    ("#no space", "p"),
    ("text\n## heading\ntext", "p h2 p"),
    ("over\n---", "h2"),
    ("several\nlines\n----", "h2"),
    ("> quoted\n---", "blockquote(p) hr"),
    ("- item\n---", "ul(li) hr"),
    ("    code\n---", "pre hr"),
    ("---\ntext", "hr p"),
    ("* * *\n___\n- - -", "hr hr hr"),
    ("--", "p"),
]
QUOTES = [
    ("> one\n> two", "blockquote(p)"),
    (">one\nlazily on", "blockquote(p)"),
    ("> one\n\n> two", "blockquote(p) blockquote(p)"),
    ("> one\n>\n> two", "blockquote(p p)"),
    ("> > > deep\nlazy", "blockquote(blockquote(blockquote(p)))"),
    ("> ## h\n> - a\n> - b", "blockquote(h2 ul(li li))"),
    (">     code", "blockquote(pre)"),
    ("> ```\ncode ends with the quote", "blockquote(pre) p"),
    ("text\n> quote", "p blockquote(p)"),
    (">", "blockquote"),
]
LISTS = [
    ("- a\n- b", "ul(li li)"),
    ("text\n- a\n- b", "p ul(li li)"),
    ("text\n1. a", "p ol(li)"),
    ("text\n2. not a list", "p"),
    ("text\n-\nmore", "h2 p"),
    ("- a\n\n- b", "ul(li(p) li(p))"),
    ("- a\n- b\n\n  more", "ul(li(p) li(p p))"),
    ("- a\n+ b\n* c", "ul(li) ul(li) ul(li)"),
    ("1. a\n2) b", "ol(li) ol(li)"),
    ("- a\n  - b\n    - c", "ul(li(ul(li(ul(li)))))"),
    ("1. a\n   - b\n2. c", "ol(li(ul(li)) li)"),
    ("1. a\n  - b", "ol(li) ul(li)"),
    ("- a\n\t- b", "ul(li(ul(li)))"),
    ("- a\nlazy line\n- b", "ul(li li)"),
    ("- a\n\n      code", "ul(li(p pre))"),
    ("- ```\n  code\n\n  code\n  ```\n- b", "ul(li(pre) li)"),
    ("-\n  a", "ul(li)"),
    ("-\n\n  a", "ul(li) p"),
    ("- a\n-\n- b", "ul(li li li)"),
    ("- a\n\n\n\n  far below", "ul(li(p p))"),
    ("- - nested at once", "ul(li(ul(li)))"),
    ("- a\n  > quote\n- b", "ul(li(blockquote(p)) li)"),
    ("10. a\n\n    b\n\n   c", "ol(li(p p)) p"),
    ("1234567890. too long a number", "p"),
    ("- a\n- b\n\n\ntext", "ul(li li) p"),
    ("- a\n  - b\n\n  c\n- d", "ul(li(p ul(li) p) li(p))"),
]
CODE_AND_HTML = [
    ("```\na\n\nb\n```\ntext", "pre p"),
    ("~~~ py\n```\n~~~", "pre"),
    ("````\n```\n````\ntext", "pre p"),
    ("```\nnever closed\n\n# still code", "pre"),
    ("``` a`b\ntext", "p"),
    ("text\n```\ncode\n```", "p pre"),
    ("  ```\n  code\n    ```\n```", "pre"),
    ("<table><tr><td>\ncell\n</td></tr></table>\n\ntext", "table(tr(td)) p"),
    ("<div>\n*not read*\n\n*read*\n</div>", "p"),
    ("text\n<b>\nin the paragraph", "p"),
    ("<!-- a comment\n\nover blank lines -->\ntext", "p"),
    ("<pre>\n\n# not a heading\n</pre>\n# heading", "pre h2"),
]
TABLES = [
    ("a | b\n-|-\n1 | 2", "table(tr(th th) tr(td td))"),
    ("| a |\n|---|\n| 1 |\n\ntext", "table(tr(th) tr(td)) p"),
    ("| a | b |\n|---|\n| 1 |", "p"),
    ("text\n| a |\n|---|", "p table(tr(th))"),
    ("a | b\n- | -", "p ul(li)"),
    ("| a |\n|---|\nstill a row\n> quote", "table(tr(th) tr(td)) blockquote(p)"),
    ("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n| 1 |", "table(tr(th th) tr(td td) tr(td td))"),
    ("- | a |\n  |---|\n  | 1 |", "ul(li(table(tr(th) tr(td))))"),
]
DEFINITIONS = [
    ("[a]: /x\n[b]: </y z> 'title'\ntext", "p"),
    ("[a]: /x", ""),
    ("[a]: /x\n===", "p"),
    ("[a]: /x\n---", "p"),
    ("[a]: /x 'no end", "p"),
    ("text\n[a]: /x", "p"),
    ("text[^1]\n\n[^1]: note\n\n    second\n\nmore", "p p section(ol(li(p p)))"),
]


@pytest.mark.parametrize(
    ("source", "expected"),
    PARAGRAPHS + HEADINGS + QUOTES + LISTS + CODE_AND_HTML + TABLES + DEFINITIONS,
)
def test_block_structure(source, expected):
    assert outline(source) == expected


def test_tabs_count_as_columns_and_stay_in_code():
    block = BlockParser().parse(["-\ta", "", "\t\tcode"]).children[0].children[0]
    assert [child.kind for child in block.children] == [Kind.PARAGRAPH, Kind.INDENTED_CODE]
    assert "\tx" in render("```make\nall:\n\tx\n```").text


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| a | b |", "a\nb"),
        ("| a |", "a"),
        ("| a | b | c | *d* |", "a\nb | c | d"),
        ("| a | `b|c` |", "a\nb | c"),
        ("| a | b | | |", "a\nb"),
        ("| a | | c", "a\n| c"),
    ],
)
def test_no_cell_of_a_row_is_lost(row, cells):
    assert render(f"| x | y |\n|---|---|\n{row}").text.split("x\ny\n")[1].strip() == cells


def test_an_ordered_list_keeps_its_first_number():
    assert '<ol start="7">' in render("7. seven\n8. eight").html


# without rules: within lists cmark-gfm 0.29 does not see blank lines after them
FRAGMENTS = [
    *("- ", "* ", "1. ", "2) ", "> ", ">", "  ", "   ", "    ", "\t", "# ", "```", "~~~", "===", "| a | b |"),
    *("|---|---|", "|", "text", "more text", "*em*", "`x`", "[r]: /u", "<div>", "</div>", "<!-- c -->", "-", "1."),
]
fragments = st.lists(st.sampled_from([*FRAGMENTS, *["\n"] * 12, *["\n\n"] * 4]), max_size=20).map("".join)


@pytest.mark.skipif(shutil.which("cmark-gfm") is None, reason="cmark-gfm is not on this machine")
@settings(max_examples=150)
@given(fragments)
def test_random_documents_have_the_structure_that_cmark_gives(source):
    from bench.block_structure import ours, reference

    assert ours(source) == reference(source)
