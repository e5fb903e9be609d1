"""TOML and JSON front matter, valid and broken."""

import pytest

from archive.formats.frontmatter import parse


def test_toml():
    parsed = parse(
        '+++\ntitle = "X"\ndate = 2024-05-06T07:08:09Z\nweight = 1.10\nn = 1_000\ndraft = false\n'
        'tags = ["a", "b"]\n[extra]\ndeep = 2024-01-02\n+++\nBody'
    )
    assert parsed.metadata == {
        "title": "X",
        "date": "2024-05-06T07:08:09Z",
        "weight": "1.10",
        "n": "1_000",
        "draft": False,
        "tags": ["a", "b"],
        "extra": {"deep": "2024-01-02"},
    }
    assert parsed.fields["published"].date.isoformat() == "2024-05-06"
    assert (parsed.body, parsed.problems) == ("Body", [])


def test_broken_toml_is_read_key_by_key():
    parsed = parse('+++\ntitle = "X\ntags = ["a"]\ndate = 2024-02-30\n[extra]\nx = 1\n+++\nBody')
    assert parsed.metadata == {"title": "X", "tags": ["a"], "date": "2024-02-30", "extra": {"x": "1"}}
    assert [(problem.line, problem.code) for problem in parsed.problems] == [
        (2, "repaired"),
        (4, "repaired"),
        (4, "impossible-date"),
    ]


def test_a_key_that_comes_twice_in_toml():
    parsed = parse('+++\ntitle = "X"\ntitle = "Y"\n+++\n')
    assert parsed.fields == {"title": "X"}
    assert parsed.metadata == {"title": "X", "title (line 3)": "Y"}


@pytest.mark.parametrize(
    "text",
    [
        '{"title": "X", "tags": ["a", 802.11], "n": 1.10, "x": {"y": null}}\n\nBody',
        '---\n{"title": "X", "tags": ["a", 802.11],\n "n": 1.10, "x": {"y": null}}\n---\nBody',
        '\n{\n  "title": "X",\n\t"tags": ["a", 802.11], "n": 1.10, "x": {"y": null}\n}\nBody',
    ],
)
def test_json(text):
    parsed = parse(text)
    assert parsed.metadata == {"title": "X", "tags": ["a", "802.11"], "n": "1.10", "x": {"y": None}}
    assert parsed.fields == {"title": "X", "tags": ["a", "802.11"]}
    assert (parsed.body, parsed.problems) == ("Body", [])


def test_problems_in_json_have_their_line():
    parsed = parse('{\n  "title": "X",\n  "date": "2025-02-30",\n  "title": "Y"\n}\n')
    assert [(problem.line, problem.code) for problem in parsed.problems] == [
        (3, "impossible-date"),
        (4, "duplicate-key"),
    ]


@pytest.mark.parametrize(
    "text",
    ['{\n  "title": "X",\n  "tags": ["a",],\n}\nBody', '---\n{\n  "title": "X", # so\n  "tags": ["a"]\n}\n---\nBody'],
)
def test_json_with_slips_is_read_as_yaml(text):
    parsed = parse(text)
    assert (parsed.fields, parsed.body) == ({"title": "X", "tags": ["a"]}, "Body")


@pytest.mark.parametrize("text", ['{"title": "X"', '{"a": ' + "[" * 100_000, '{"a": ' * 100_000, '{"a": 1} extra' * 2])
def test_what_is_no_json_stays_in_the_body(text):
    parsed = parse(text)
    assert text.endswith(parsed.body)
    assert parsed.body


def test_deep_toml_is_text():
    parsed = parse("+++\na = " + "[" * 50_000 + "\n+++\nBody")
    assert (list(parsed.metadata), parsed.body) == (["a"], "Body")


def test_tables_of_hugo_and_zola():
    parsed = parse(
        '+++\ntitle = "X"\n[taxonomies]\ntags = ["a", "b"]\ncategories = ["c"]\n'
        '[extra]\nauthor = "Jane Doe"\ntitle = "other"\n[params]\nauthor = "Bob Roe"\n+++\nBody'
    )
    assert parsed.fields == {"title": "X", "tags": ["a", "b", "c"], "authors": ["Jane Doe"]}
    assert parsed.metadata["taxonomies"] == {"tags": ["a", "b"], "categories": ["c"]}


def test_other_tables_give_no_fields():
    assert parse("---\nbook:\n  title: T\n  author: Jane Doe\n---\nBody").fields == {}
