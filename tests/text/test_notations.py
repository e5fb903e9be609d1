"""Syntax of note-taking apps and site generators beyond CommonMark and GFM."""

import re

import pytest

from archive.text import render
from tests.text.outline import outline


@pytest.mark.parametrize(
    ("source", "kind", "text"),
    [
        ('!!! note "Read this"\n    One.\n\n    - two\n\nAfter', "note", ["Read", "this", "One.", "two", "After"]),
        ("??? warning\n\tOne.\nAfter", "warning", ["Warning", "One.", "After"]),
        ('???+ tip inline end "T"\n    One.', "tip", ["T", "One."]),
        (":::note Read *this*\n\nOne.\n\n:::\n\nAfter", "note", ["Read", "this", "One.", "After"]),
        (":::tip[T]\nOne.\n:::\nAfter", "tip", ["T", "One.", "After"]),
        ("::: danger T\nOne.\n:::", "danger", ["T", "One."]),
        ('::: {.warning #w title="T"}\nOne.\n:::', "warning", ["T", "One."]),
        ('=== "Linux"\n\n    One.\n\n=== "macOS"\n\n    Two.', "tab", ["Linux", "One.", "macOS", "Two."]),
        ("- item\n\n    !!! note\n        One.\n- next", "note", ["item", "Note", "One.", "next"]),
        ("para\n:::note\n```\n:::\n```\nOne.\n:::", "note", ["para", "Note", ":::", "One."]),
    ],
)
def test_callouts_of_mkdocs_and_docusaurus(source, kind, text):
    document = render(source)
    assert f'class="callout callout-{kind}"' in document.html
    assert document.text.split() == text


def test_callouts_stand_within_each_other():
    source = '!!! note "A"\n    one\n\n    ??? tip "B"\n        two\n\n        ```\n        code\n        ```\n\nafter'
    assert outline(source) == "blockquote(p p blockquote(p p pre)) p"
    source = "::::note A\none\n:::tip B\ntwo\n:::\nthree\n::::\nafter"
    assert outline(source) == "blockquote(p p blockquote(p p) p) p"


@pytest.mark.parametrize("source", ["!!! so it is", "!!! note\n\ntext", ":::note\nnever closed", ":::columns\na\n:::"])
def test_what_is_no_callout_stays_text(source):
    document = render(source)
    assert "callout" not in document.html
    assert document.text.split() == source.split()


def test_inline_notes_are_footnotes():
    document = render("One^[a note, with *marks* and [a link](https://x.example)] two[^n]\n\n[^n]: Three")
    assert document.text.split("\n")[0] == "One1 two2"
    assert "a note, with marks and a link ↩" in document.text
    assert render("x^[2]^ y^[1](https://x.example/)").text == "x^[2]^ y^1\n"
    assert render("a[^b]\n\n[^b]: c^[inner note]").text == "a1\nc2 ↩\ninner note ↩\n"


def test_a_note_leads_back_to_each_place():
    document = render("a[^1] b[^1] c[^1]\n\n[^1]: Note")
    assert document.text == "a1 b1 c1\nNote ↩ ↩2 ↩3\n"
    targets = re.findall(r'class="footnote-back" href="#([^"]+)"', document.html)
    assert len(targets) == 3 and all(f'id="{target}"' in document.html for target in targets)
    assert len(set(re.findall(r'aria-label="(Back[^"]*)"', document.html))) == 3


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("[a](https://x.example){: .button} b", "a b"),
        ('[a](https://x.example){:target="_blank" rel=x}.', "a."),
        ("![a](https://x.example/a.png){width=50%} b", "b"),
        ("[a](https://x.example){#id .x key='v w'} b", "a b"),
        ("text\n{: .lead #here}", "text"),
        ("# T\n{: #own}\n\nx", "T x"),
        ("[a](https://x.example){not a list} {.x}", "a{not a list} {.x}"),
    ],
)
def test_attribute_lists_are_no_text(source, text):
    assert render(source).text.split() == text.split()


def test_a_heading_takes_its_id_from_an_attribute_list():
    assert [heading.id for heading in render("# A {: #own}\n\n## B {#two .x}\n\n## C\n{: #three}").headings] == [
        "a-own",
        "a-two",
        "a-three",
    ]


def test_definition_lists():
    source = "Term *one*\n: First\n: Second\nlazy\n\nTwo\n:   Third"
    assert render(source).html == (
        "<dl><dt>Term <em>one</em></dt>\n<dd>First</dd>\n<dd>Second lazy</dd>\n<dt>Two</dt>\n<dd>Third</dd>\n</dl>"
    )
    assert "<dl>" not in render("a :\nb: c\n:d").html


def test_tasks_in_progress_and_cancelled():
    html = render("- [/] begun\n- [-] dropped\n- [x] done").html
    assert re.findall(r'aria-label="([^"]+)"', html) == ["in progress", "cancelled", "done"]
    assert html.count("checked") == 1 and 'class="task task-cancelled"' in html


def test_logseq_references_and_properties():
    name = "64f1c2d3-0000-4000-8000-1234567890ab"
    source = (
        f"- The block\n  id:: {name}\n  background-color:: red\n  logseq.order-list-type:: number\n"
        f"- See (({name})) and (({name[:-1]}f))\n- author:: Ann"
    )
    assert render(source).text == "The block\nSee The block and …\nauthor:: Ann\n"


@pytest.mark.parametrize(
    "info",
    [
        *("python", "python=12", "{.python}", "{.python .numberLines}", "{ .python }", "{python}", "language-python"),
        *("python,ignore", "python{1,3}", 'python title="a.py"', "python:a.py"),
    ],
)
def test_the_language_of_a_fence_is_known_however_it_is_written(info):
    assert 'class="code-keyword"' in render(f"```{info}\nimport a\n```").html


def test_a_code_too_long_for_colours_takes_none_from_the_others():
    html = render("```perl\n" + "m{" * 20_000 + "\n```\n\n```python\nimport a\n```").html
    assert 'class="code-keyword"' in html


def test_emoji_are_no_letters_beside_emphasis():
    assert render('a**"b"**\U0001f600').text == 'a**"b"**\U0001f600\n'
    assert render('中**"b"**中').text == '中"b"中\n'


def test_a_blank_line_of_a_quote_loosens_no_list():
    assert outline("* a\n  > b\n  >\n* c") == "ul(li(blockquote(p)) li)"
