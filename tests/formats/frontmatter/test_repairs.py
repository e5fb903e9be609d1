"""Broken YAML is normal: it is read as obviously meant, and reported with its line."""

import pytest

from archive.formats.frontmatter import parse


@pytest.mark.parametrize(
    ("yaml", "metadata", "line", "done"),
    [
        pytest.param("a: 1\ntitle: War: a view", {"a": "1", "title": "War: a view"}, 3, "read as text", id="colon"),
        pytest.param("title: Ends so:", {"title": "Ends so:"}, 2, "read as text", id="colon at the end"),
        pytest.param(r'title: "The \d of it"', {"title": r"The \d of it"}, 2, "backslashes were kept", id="backslash"),
        pytest.param(
            r'title: "A \"quote\" and \d"', {"title": r'A "quote" and \d'}, 2, "backslashes", id="backslash and escape"
        ),
        pytest.param(r'title: "\ud83d\ude00"', {"title": "😀"}, 2, "read as JSON", id="surrogate pair"),
        pytest.param('title: "A "loud" one"', {"title": 'A "loud" one'}, 2, "marks within", id="quotes in quotes"),
        pytest.param("title: 'It's so'", {"title": "It's so"}, 2, "quotation marks within", id="apostrophe"),
        pytest.param('title: "Some" words', {"title": '"Some" words'}, 2, "quotation marks and all", id="half quoted"),
        pytest.param('title: "Never ends\nx: 1', {"title": "Never ends", "x": "1"}, 2, "never closed", id="open quote"),
        pytest.param("tags:\n\t- a\n\t- b", {"tags": ["a", "b"]}, 2, "tabs were read as spaces", id="tabs"),
        pytest.param("author: @jane", {"author": "@jane"}, 2, "read as text", id="at sign"),
        pytest.param("title: `ls` it", {"title": "`ls` it"}, 2, "read as text", id="backtick"),
        pytest.param("title: %20", {"title": "%20"}, 2, "read as text", id="percent"),
        pytest.param("title: *bold* text", {"title": "*bold* text"}, 2, "read as text", id="asterisk"),
        pytest.param("title: - dash", {"title": "- dash"}, 2, "read as text", id="dash"),
        pytest.param("title: [Review] A book", {"title": "[Review] A book"}, 2, "read as text", id="bracket"),
        pytest.param("date: {{date}} {{time}}", {"date": "{{date}} {{time}}"}, 2, "read as text", id="placeholders"),
        pytest.param("up: [[a]]", {"up": "[[a]]"}, 2, "taken as a link", id="wikilink"),
        pytest.param("up: [[a]], [[b|c]]", {"up": ["[[a]]", "[[b|c]]"]}, 2, "read as a list", id="wikilinks"),
        pytest.param("tags: #a", {"tags": "#a"}, 2, "taken as the value", id="hash"),
        pytest.param("tags: #a #b", {"tags": "#a #b"}, 2, "taken as the value", id="hashes"),
        pytest.param("tags:\n  - #a\n  - b", {"tags": ["#a", "b"]}, 3, "taken as the value", id="hash in a list"),
        pytest.param("tags: [#a, 'b, c', \"d\"]", {"tags": ["#a", "b, c", "d"]}, 2, "one by one", id="brackets"),
        pytest.param("x:\n  - a: b: c\n  - d", {"x": ["a: b: c", "d"]}, 2, "one by one", id="colon in an item"),
        pytest.param("x: y: z\n  and on", {"x": "y: z and on"}, 2, "read as text", id="goes on"),
        pytest.param("title: Some words\nthat go on\ntags: a", {"title": "Some words that go on", "tags": "a"},
                     2, "read as text", id="goes on without indentation"),
        pytest.param('description: "Some\n\nwords \\d"', {"description": "Some words \\d"}, 2, "backslashes",
                     id="goes on in quotes"),
        pytest.param("title:Tight\nx: 1", {"title": "Tight", "x": "1"}, 2, "colon and a space", id="no space"),
        pytest.param("x: 1\n tags: [a]", {"x": "1", "tags": ["a"]}, 3, "indented by mistake", id="indented"),
        pytest.param("  title: x: y\n  n: 1", {"title": "x: y", "n": "1"}, 2, "read as text", id="all indented"),
        pytest.param("x: \"a\", 'b, c', \"d\"", {"x": ["a", "b, c", "d"]}, 2, "one by one", id="several quoted"),
        pytest.param("x: [a, b\ny: 1", {"x": ["a", "b"], "y": "1"}, 2, "one by one", id="open bracket"),
        pytest.param("x: 1\ntitle:\u00a0Wide\ny:\u30002", {"x": "1", "title": "Wide", "y": "2"}, 2, "line by line",
                     id="other spaces"),
        pytest.param("title: Why #1 fails\nx: 1 #note", {"title": "Why #1 fails", "x": "1"}, 2, "read as text",
                     id="number"),
        pytest.param("title：标题\nx: 1", {"title": "标题", "x": "1"}, 2, "colon and a space", id="wide colon"),
        pytest.param("tags: a\n- b", {"tags": ["a", "b"]}, 2, "one by one", id="items after a value"),
        pytest.param("tags:\n- a: b: c\n-d", {"tags": ["a: b: c", "d"]}, 2, "one by one", id="tight item"),
        pytest.param("x:\n  a: b: c\n  d: e", {"x": "a: b: c d: e"}, 2, "lines were read", id="nested"),
        pytest.param("x: &a b: c", {"x": "&a b: c"}, 2, "read as text", id="ampersand"),
        pytest.param("x: |\n  a\n b: c\ny: z: z", {"x": "a b: c", "y": "z: z"}, 5, "read as text", id="block text"),
    ],
)  # fmt: skip
def test_what_is_meant_is_read_and_told(yaml, metadata, line, done):
    parsed = parse(f"---\n{yaml}\n---\nBody")
    assert {key: " ".join(v.split()) if isinstance(v, str) else v for key, v in parsed.metadata.items()} == metadata
    assert parsed.body == "Body"
    told = [problem for problem in parsed.problems if problem.line == line and done in problem.message]
    assert told, parsed.problems
    assert {problem.code for problem in told} == {"repaired"}


def test_a_line_that_is_no_key_does_not_hide_the_others():
    parsed = parse('---\n📌 mood: "\\d"\ntitle: X\n---\nBody')
    assert (parsed.fields, parsed.body) == ({"title": "X"}, "Body")
    assert parsed.metadata == {"line 2": '📌 mood: "\\d"', "title": "X"}


def test_a_second_colon_does_not_matter():
    assert parse("---\ntitle:: X\n---\n").fields == {"title": "X"}


def test_one_bad_line_spoils_no_other():
    parsed = parse('---\ntitle: A: B\ntags: [x, "y"]\nn: 1.10\nnested:\n  k: v\n---\n')
    assert parsed.metadata == {"title": "A: B", "tags": ["x", "y"], "n": "1.10", "nested": {"k": "v"}}
    assert len(parsed.problems) == 1


@pytest.mark.parametrize(
    ("yaml", "fields", "metadata"),
    [
        ("title: A\ntitle: B", {"title": "A"}, {"title": "A", "title (line 3)": "B"}),
        ("title:\ntitle: B", {"title": "B"}, {"title": "B"}),
        ("title: A\ntitle: A", {"title": "A"}, {"title": "A"}),
        ("tags: [a]\ntags: [b, A]", {"tags": ["a", "b"]}, {"tags": ["a"], "tags (line 3)": ["b", "A"]}),
    ],
)
def test_a_key_that_comes_twice(yaml, fields, metadata):
    parsed = parse(f"---\n{yaml}\n---\n")
    assert (parsed.fields, parsed.metadata) == (fields, metadata)
    assert [(problem.line, problem.code) for problem in parsed.problems] == [(3, "duplicate-key")]


def test_keys_in_two_spellings_are_both_kept():
    parsed = parse("---\nTags: [a, b]\ntitle: X\ntags: [B, c]\nTitle: Y\n---\n")
    assert parsed.fields == {"title": "X", "tags": ["a", "b", "c"]}
    assert parsed.metadata == {"Tags": ["a", "b"], "title": "X", "tags": ["B", "c"], "Title": "Y"}
    assert parsed.problems == []


def test_a_message_is_a_sentence():
    for yaml in ("title: A: B", "title:X", "tags: #a", "up: [[a]]", "date: 2025-02-30", "a: *b", "x: 1\nx: 2"):
        for problem in parse(f"---\n{yaml}\n---\n").problems:
            assert problem.message.endswith("."), problem
