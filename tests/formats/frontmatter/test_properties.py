"""Properties that hold for every text."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.formats.frontmatter import body_of, parse

LINES = st.lists(
    st.sampled_from(
        [
            "---",
            "...",
            "+++",
            "{",
            "}",
            "",
            " ",
            "# H",
            "## Metadata",
            "- a",
            "  - b",
            "\t- c",
            "title: X",
            "title: A: B",
            "tags: #a",
            "tags: [a, [b]",
            "- Author: [[J]]",
            'x: "\\d',
            "x: 'y",
            "a: &a [*a]",
            "b: *a",
            "up: [[a]], [[b]]",
            "date: 2025-02-30",
            "prose goes on",
            "title = 'X'",
            "[extra]",
            '"k": [1, 2],',
            "x: |",
            "x: {{y}}",
            "[#]: a: (b)",
            "https://example.org/a",
            "2024-01-02",
            "- Site: x",
            "source: javascript:x",
            "? [a]",
            ": b",
            "!!python/name:os",
        ]
    )
    | st.text(max_size=30),
    max_size=30,
).map("\n".join)
TEXTS = st.text() | LINES | LINES.map("---\n{}".format) | LINES.map("---\n{}\n---\nBody".format)


@given(TEXTS)
def test_any_text_is_taken_apart_and_nothing_is_lost(text):
    parsed = parse(text)
    normalised = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    assert normalised.endswith(parsed.body)
    cut_off = normalised[: len(normalised) - len(parsed.body)].strip()
    if not parsed.metadata:
        # Only fences and comments were removed.
        assert all(line.strip() in ("", "---", "...", "+++", "{}", "}", "{") or line.lstrip().startswith(("#", "---"))
                   for line in cut_off.split("\n")), cut_off  # fmt: skip
    json.dumps(parsed.metadata).encode()
    for value in parsed.fields.values():
        assert value not in (None, "", [])
    lines = normalised.count("\n") + 1
    assert all(1 <= problem.line <= lines + 1 and problem.message and problem.code for problem in parsed.problems)


@given(TEXTS)
def test_the_body_alone_is_the_same_body(text):
    assert body_of(text) == parse(text).body


@given(TEXTS)
def test_parsing_is_the_same_every_time(text):
    assert parse(text) == parse(text)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text(st.characters(codec="utf-8")), max_size=6))
def test_quoted_yaml_and_json_say_the_same(data):
    written = {key: value for key, value in data.items() if all(char >= " " and char != "\x7f" for char in value)}
    in_json = parse(json.dumps(written) + "\nBody")
    in_yaml = parse("---\n" + "".join(f"{k}: {json.dumps(v)}\n" for k, v in written.items()) + "---\nBody")
    if written:
        assert in_json.metadata == in_yaml.metadata == written
        assert in_json.fields == in_yaml.fields


@pytest.mark.parametrize(
    "piece",
    [
        "title: x\n",
        "k: a: b\n",
        "- x\n",
        "[",
        "{",
        "{{",
        '"a',
        "'",
        "[[a]], ",
        "*a ",
        "&a ",
        "#a\n",
        "\n",
        " ",
        "a: [\n",
        "- Site: x\n",
        "[#]: a: (b)\n",
        "---\n",
        'x: "y\n',
        "\\d",
        "a, ",
        "a and ",
        "[](",
        "🙂",
        "\t- a\n",
        "? ",
        '{"a": ',
    ],
)
@pytest.mark.parametrize("opening", ["---\n", "---\nauthor: ", '---\ntitle: "', "+++\n", '{"a": ', ""])
def test_time_grows_with_length_alone(opening, piece):
    started = time.process_time()
    parse(opening + piece * (30_000 // len(piece)) + "\n---\nBody")
    assert time.process_time() - started < 2
