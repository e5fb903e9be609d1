"""`==marked==` words: what counts as such, their positions in the text, and the remaining markup."""

import pytest
from hypothesis import given

from archive.text import render
from tests.text.sources import mixed


@pytest.mark.parametrize(
    ("source", "marked"),
    [
        ("One ==two three== four ==five==.", ["two three", "five"]),
        ("==with **bold**, `code == x` and [a link](https://a.example/)==", ["with bold, code == x and a link"]),
        ("# ==A heading==\n\n- ==an item==\n\n> ==a quote\n> of two==", ["A heading", "an item", "a quote of two"]),
        ("| ==a== | b |\n|---|---|\n| c | ==d== |", ["a", "d"]),
        ("`==code==`\n\n    ==code==\n\n```\n==code==\n```\n", []),
        ("== no==, ==no ==, x==y==z, \\==no\\==, %%==no==%%, ==not closed", []),
        ("==a ==b== c==", ["a b c"]),
        ("a ==\U0001f3a3 fish== & ==<b>raw</b> html==", ["\U0001f3a3 fish", "raw html"]),
        ("<div>\n\n==within html==\n\n</div>", ["within html"]),
        ("<mark>not the reader's</mark>", []),
    ],
)  # fmt: skip
def test_marked_words_and_their_places(source, marked):
    document = render(source)
    assert [document.text[it.start : it.end] for it in document.marked] == marked
    assert render(source, keep_marks=False).marked == document.marked


def test_a_heading_that_repeats_the_title_takes_its_mark_along():
    document = render("# ==The title==\n\nThen ==words==.", title="The title")
    assert [document.text[it.start : it.end] for it in document.marked] == ["words"]


@given(mixed)
def test_with_and_without_elements_the_text_is_the_same(source):
    kept, bare = render(source), render(source, keep_marks=False)
    assert (kept.text, kept.marked) == (bare.text, bare.marked)
    assert [it for it in bare.marked if not bare.text[it.start : it.end].strip()] == []
