"""Code split for colouring: it never changes, whatever it contains and whatever language it claims to be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text import render
from archive.text.syntax import LONGEST, parted

LANGUAGES = "python js ts c c++ rust go java bash console diff html xml css json yaml sql php ruby latex text no-such"
pieces = st.sampled_from(["def ", "'", '"', "/*", "<?php", "<b>", "&", "\n", "\t", "#", "{", "0x1", "é", "\\", "$ "])


@settings(max_examples=300)
@given(st.sampled_from(LANGUAGES.split()), st.one_of(st.text(max_size=80), st.lists(pieces).map("".join)))
def test_the_pieces_joined_are_the_code(language, code):
    assert "".join(text for _, text in parted(code, language)) == code


@pytest.mark.parametrize(
    ("language", "code", "expected"),
    [
        ("python", "if 1:", [("code-keyword", "if"), ("", " "), ("code-number", "1"), ("", ":")]),
        ("Python", "# why", [("code-comment", "# why")]),
        ("js", "let a = 'b'", [("code-keyword", "let"), ("", " a = "), ("code-string", "'b'")]),
        ("diff", "-a\n+b\n", [("code-deleted", "-a"), ("", "\n"), ("code-inserted", "+b"), ("", "\n")]),
        ("no-such", "if 1:", [("", "if 1:")]),
        ("python", "#" * (LONGEST + 1), [("", "#" * (LONGEST + 1))]),
    ],
)
def test_what_is_told_apart(language, code, expected):
    assert [piece for piece in parted(code, language) if piece[1]] == expected


def test_a_page_holds_classes_and_no_style():
    html = render("```python\nif a < b: pass\n```").html
    assert '<span class="code-keyword">if</span> a &lt; b: <span class="code-keyword">pass</span>' in html
    assert "style" not in html


def test_without_a_language_code_stays_as_it_is():
    assert "<span" not in render("```\nif 1: pass\n```\n\n    if 1: pass").html
