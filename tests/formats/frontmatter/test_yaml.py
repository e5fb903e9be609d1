"""YAML values stay as written, are never turned into objects, and never expand without limit."""

import json

import pytest

from archive.formats.frontmatter import parse


def metadata(yaml: str):
    return parse(f"---\n{yaml}\n---\nBody").metadata


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("802.11", "802.11"),
        ("1.10", "1.10"),
        ("012", "012"),
        ("0x1F", "0x1F"),
        ("12:30", "12:30"),
        ("2026-02-05", "2026-02-05"),
        ("2026-02-05T10:00:00Z", "2026-02-05T10:00:00Z"),
        ("no", "no"),
        ("yes", "yes"),
        (".inf", ".inf"),
        ("true", True),
        ("False", False),
        ("'true'", "true"),
        ("null", None),
        ("~", None),
        ("", None),
        ('""', ""),
        ("!important news", "!important news"),
        ("!!str 12", "12"),
        ("[a, 1, [b]]", ["a", "1", ["b"]]),
        ("{a: 1, b: {c: no}}", {"a": "1", "b": {"c": "no"}}),
        ("{{title}}", "{{title}}"),
        (r'"the $\alpha$ of $\beta$"', r"the $\alpha$ of $\beta$"),
        (r'"one\ttwo"', "one\ttwo"),
        ("text # with a comment", "text"),
    ],
)
def test_a_value_is_kept_as_written(written, value):
    assert metadata(f"key: {written}") == {"key": value}


def test_the_order_of_keys_is_kept():
    assert list(metadata("z: 1\na: 2\nM: 3\n1: 4")) == ["z", "a", "M", "1"]


def test_block_text_keeps_its_lines():
    assert metadata("a: |\n  one\n  two\nb: >-\n  three\n  four") == {"a": "one\ntwo\n", "b": "three four"}


@pytest.mark.parametrize(
    "value",
    [
        "!!python/object/apply:os.system ['false']",
        "!!python/object/new:tuple [[1]]",
        "!!python/name:os.system ''",
        "!!python/module:antigravity ''",
    ],
)
def test_tags_construct_nothing(value):
    assert isinstance(metadata(f"key: {value}")["key"], str | list)


def test_an_alias_repeats_its_anchor():
    assert metadata("a: &x [Jane]\nb: *x") == {"a": ["Jane"], "b": ["Jane"]}


def test_an_alias_without_an_anchor_is_text():
    parsed = parse("---\na: *x\nb: &y [1, *y]\n---\n")
    assert parsed.metadata == {"a": "*x", "b": ["1", "*y"]}
    assert [(problem.line, problem.code) for problem in parsed.problems] == [(2, "alias"), (3, "alias")]


def test_an_alias_bomb_does_not_explode():
    lines = ['a: &a ["lol", "lol", "lol", "lol", "lol", "lol", "lol", "lol", "lol"]']
    for name, before in zip("bcdefghijk", "abcdefghij", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    parsed = parse("---\ntitle: X\n" + "\n".join(lines) + "\n---\nBody")
    assert parsed.fields["title"] == "X"
    assert len(json.dumps(parsed.metadata)) < 1_000_000
    assert {problem.code for problem in parsed.problems} == {"alias"}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "- - ", "[a, {b: "])
def test_depth_does_not_matter(opening):
    parsed = parse(f"---\ntitle: X\ndeep:\n  {opening * 20_000}\n---\nBody")
    assert parsed.body == "Body"
    assert parsed.fields["title"].startswith("X")
    json.dumps(parsed.metadata)
    assert parsed.problems


def test_what_is_nested_too_deeply_is_text():
    parsed = parse(f"---\ndeep: {'[' * 70}x{']' * 70}\n---\nBody")
    assert parsed.problems[0].code == "too-deep"
    assert "[x]" in json.dumps(parsed.metadata)


def test_what_databases_and_feeds_do_not_hold_is_replaced():
    parsed = parse('---\ntitle: "a\\0b\\b"\nauthor: "c\ud800"\n---\n')
    assert parsed.metadata == {"title": "a\ufffdb\ufffd", "author": "c\ufffd"}
    assert parsed.fields == {"title": "a\ufffdb\ufffd", "authors": ["c\ufffd"]}
