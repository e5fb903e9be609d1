"""Tags in all the shapes they are written in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.formats.frontmatter import parse
from archive.formats.frontmatter.tags import read_tags


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (["a", "b"], ["a", "b"]),
        ("a, b,c", ["a", "b", "c"]),
        ("数据库，运维、云", ["数据库", "运维", "云"]),
        ("-a -b/c -d e", ["a", "b/c", "d e"]),
        ("* a\n* b", ["a", "b"]),
        (["历史，运河", "اقتصاد، سياسة", "Smith, Jane"], ["历史", "运河", "اقتصاد", "سياسة", "Smith, Jane"]),
        ("اقتصاد، سياسة؛ طاقة", ["اقتصاد", "سياسة", "طاقة"]),
        (["R&amp;D", "\u202ea\u200fb"], ["R&D", "ab"]),
        ("[a, b c]", ["a", "b c"]),
        ("web design", ["web design"]),
        ("#a", ["a"]),
        ("#a #b/c", ["a", "b/c"]),
        ("#a, #b", ["a", "b"]),
        (["#a #b", "c"], ["a", "b", "c"]),
        (["personal/life"], ["personal/life"]),
        (["802.11", "1.10"], ["802.11", "1.10"]),
        (["Meeting/"], ["Meeting"]),
        (["/a//b/"], ["a/b"]),
        (["a", ["b", ["c"]]], ["a", "b", "c"]),
        (["Energy", "energy", "ENERGY"], ["Energy"]),
        (["\u00d6konomie", "o\u0308konomie"], ["\u00d6konomie"]),
        ("[[a]], [[b|c]]", ["a", "c"]),
        (["[[a]]", "[[craft/paper]]"], ["a", "craft/paper"]),
        ([{"name": "a", "slug": "x"}], ["a"]),
        ([True, "b"], ["true", "b"]),
        (["  two   words ", '"quoted"'], ["two words", "quoted"]),
        ([None, "", "#", "/"], []),
        (None, []),
        ({}, []),
    ],
)
def test_names(value, names):
    assert read_tags([value]).names == names


def test_all_keys_for_tags_are_gathered():
    fields = parse("---\ntags: [a]\nkeywords: b, A\ncategories: [c/d]\ntopics:\n  - e\n---\n").fields
    assert fields == {"tags": ["a", "e", "c/d", "b"]}


def test_placeholders_and_overlong_tags_are_left_out_and_told():
    parsed = parse(f"---\ntitle: X\ntags: ['{{{{tag}}}}', a, {'x' * 101}]\n---\n")
    assert parsed.fields["tags"] == ["a"]
    assert [(problem.line, problem.code) for problem in parsed.problems] == [(3, "placeholder"), (3, "long-tag")]


@given(st.recursive(st.text() | st.none() | st.booleans(), lambda inner: st.lists(inner, max_size=4), max_leaves=8))
def test_any_value_gives_tags_fit_to_use(value):
    names = read_tags([value]).names
    assert all(name and len(name) <= 100 and not name.startswith(("#", "/")) for name in names)
    assert len({name.casefold() for name in names}) == len(names)
