"""Where the front matter ends and the body begins."""

import pytest

from archive.formats.frontmatter import parse


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        pytest.param("---\ntitle: X\n---\nBody\n", "X", "Body\n", id="plain"),
        pytest.param("---\ntitle: X\n---\n\n\nBody", "X", "Body", id="blank lines before the body"),
        pytest.param("\n \n---\ntitle: X\n---\nBody", "X", "Body", id="blank lines before the fence"),
        pytest.param("\ufeff---\r\ntitle: X\r\n---\r\nOne\r\nTwo\r\n", "X", "One\nTwo\n", id="BOM and CRLF"),
        pytest.param("---\rtitle: X\r---\rBody\r", "X", "Body\n", id="CR"),
        pytest.param("---  \ntitle: X\n---\t\nBody", "X", "Body", id="space after the fences"),
        pytest.param("---\ntitle: X\n...\nBody", "X", "Body", id="closed as a YAML document"),
        pytest.param("---\ntitle: X\n---", "X", "", id="nothing after it"),
        pytest.param("---\n---\nBody", None, "Body", id="empty"),
        pytest.param("---\n{}\n---\nBody", None, "Body", id="empty object"),
        pytest.param("# Heading\n\nText", None, "# Heading\n\nText", id="none"),
        pytest.param("", None, "", id="empty file"),
    ],
)
def test_front_matter_is_cut_off(text, title, body):
    parsed = parse(text)
    assert (parsed.fields.get("title"), parsed.body, parsed.problems) == (title, body, [])


@pytest.mark.parametrize(
    "text",
    [
        "---\nHello there\n---\nBye",
        "---\n\nHello there, said no one\n\n---\n\nBye",
        "---\n\n# Heading\n\n---\nBye",
        "---\n- one\n- two\n---\nBye",
        "---\nhttps://example.org/\n---\nBye",
        "---\nHello",
        "---\n",
        "----\nHello: there, said no one.\n\ntitle: X\n----\n",
        "----\ntitle: X\n",
        "—\nHello\n—\n",
        "```yaml\nkey: value\n```\n",
        "```\ntitle: X\n```\n",
        " ---\ntitle: X\n---\n",
        "+++\nHello\n+++\n",
        "{{< youtube abc >}}\n\nText",
        "{not json}\n",
        "{",
    ],
)
def test_a_rule_or_a_shortcode_is_no_front_matter(text):
    parsed = parse(text)
    assert (parsed.fields, parsed.metadata, parsed.body, parsed.problems) == ({}, {}, text, [])


@pytest.mark.parametrize(
    ("text", "body"),
    [
        pytest.param("---\ntitle: X\ntags: [a]\n\n# Heading\n\nText.\n", "# Heading\n\nText.\n", id="to the end"),
        pytest.param("---\ntitle: X\ntags: [a]\n# Heading\nText.\n", "# Heading\nText.\n", id="no blank line"),
        pytest.param("---\ntitle: X\n\ntags:\n  - a\n\n- an item\n", "- an item\n", id="list in the body"),
        pytest.param(
            "---\ntitle: X\ntags: [a]\n\n# Heading\n\nText.\n\n---\n\nMore\n",
            "# Heading\n\nText.\n\n---\n\nMore\n",
            id="a rule further down",
        ),
        pytest.param(
            "---\ntitle: X\ntags: [a]\n\nNow to a sentence of some length: this.\n\n---\nMore\n",
            "Now to a sentence of some length: this.\n\n---\nMore\n",
            id="a sentence that could be a key",
        ),
        pytest.param('+++\ntitle = "X"\ntags = ["a"]\n\nText.\n', "Text.\n", id="TOML"),
    ],
)
def test_an_unclosed_block_ends_where_the_body_begins(text, body):
    parsed = parse(text)
    assert parsed.fields == {"title": "X", "tags": ["a"]}
    assert parsed.body == body
    assert [(problem.line, problem.code) for problem in parsed.problems] == [(1, "unclosed")]


@pytest.mark.parametrize(
    "fences",
    [
        pytest.param(("----", "----"), id="four dashes"),
        pytest.param(("----------", "---"), id="of two lengths"),
        pytest.param(("—", "—"), id="a dash that an editor made of three"),
        pytest.param(("—-", "—-"), id="of two"),
        pytest.param(("```yaml", "```"), id="a code block"),
        pytest.param(("```yml\n---", "---\n```"), id="a code block with fences in it"),
    ],
)
def test_fences_that_are_not_quite_fences(fences):
    opening, closing = fences
    parsed = parse(f"{opening}\ntitle: X\ntags:\n  - a\n{closing}\n\nBody\n")
    assert parsed.fields == {"title": "X", "tags": ["a"]}
    assert parsed.body == "Body\n"
    assert [problem.code for problem in parsed.problems] == ["odd-fence"]


def test_a_stray_line_does_not_cut_a_block_that_goes_on():
    parsed = parse("---\ntitle: X\n\nstray prose\n\ntags: [a]\n---\nBody")
    assert parsed.fields == {"title": "X", "tags": ["a"]}
    assert parsed.metadata == {"title": "X", "line 4": "stray prose", "tags": ["a"]}
    assert parsed.body == "Body"
    assert [(problem.line, problem.code) for problem in parsed.problems] == [(4, "kept-as-text")]


def test_a_second_block_is_read_too():
    parsed = parse("---\ntitle: X\n---\n\n---\nsource: https://example.org/a\ntitle: Y\n---\nBody")
    assert parsed.fields == {"title": "X", "source_url": "https://example.org/a"}
    assert parsed.metadata == {"title": "X", "source": "https://example.org/a", "title (line 7)": "Y"}
    assert parsed.body == "Body"
    assert [(problem.line, problem.code) for problem in parsed.problems] == [(5, "second-block"), (7, "duplicate-key")]


def test_a_second_block_of_prose_stays_in_the_body():
    assert parse("---\ntitle: X\n---\n---\nNote: prose\n---\nBody").body == "---\nNote: prose\n---\nBody"


def test_of_very_many_problems_the_first_are_told():
    problems = parse("---\n" + "a: b: c\n" * 1000 + "---\n").problems
    assert len(problems) == 51
    assert problems[-1].message == "There are 1949 more problems."


@pytest.mark.parametrize("mark", ["\ufeff", "\u200b", "\ufeff\u200b", "\u200e"])
def test_invisible_characters_before_the_fence_do_not_hide_it(mark):
    parsed = parse(f"{mark}---\ntitle: T\n---\nText")
    assert (parsed.fields, parsed.body) == ({"title": "T"}, "Text")


def test_front_matter_below_the_heading_is_read():
    parsed = parse("# The heading\n\n---\nauthor: Jane Doe\ndate: 2020-02-02\n---\n\nText\n")
    assert parsed.fields["title"] == "The heading"
    assert parsed.fields["authors"] == ["Jane Doe"]
    assert parsed.body == "Text\n"
    assert [(problem.line, problem.code) for problem in parsed.problems] == [(3, "below-heading")]


def test_a_title_in_front_matter_below_the_heading_comes_first():
    parsed = parse("# The heading\n---\ntitle: The title\ndate: 2020-02-02\n---\nText\n")
    assert parsed.fields["title"] == "The title"
    assert parsed.metadata == {"title": "The title", "date": "2020-02-02", "heading": "The heading"}


@pytest.mark.parametrize(
    "text",
    ["# Heading\n\n---\n\nText\n\n---\nDate: x\n", "# Heading\n\n---\nnote: a word\n---\nText", "# H\n\n---\nText\n"],
)
def test_rules_below_a_heading_are_no_front_matter(text):
    assert parse(text).body == text


def test_front_matter_below_a_comment_is_read_and_told():
    parsed = parse("<!-- SPDX: CC0\n-->\n\n---\ntitle: T\ndate: 2026-02-05\n---\nbody")
    assert (parsed.fields["title"], parsed.body) == ("T", "body")
    assert [(problem.line, problem.code) for problem in parsed.problems] == [(4, "below-comment")]
    assert parse("<!-- a note -->\n---\nprose: of sorts\n---\nbody").fields == {}
