"""Bylines and the people in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.importing.frontmatter.authors import read_authors


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Jane Doe", ["Jane Doe"]),
        ("  Jane   Doe ", ["Jane Doe"]),
        (["Jane Doe", "Bob Roe"], ["Jane Doe", "Bob Roe"]),
        (["Jane Doe", "jane doe", "JANE DOE"], ["Jane Doe"]),
        ([["Jane Doe"]], ["Jane Doe"]),
        ([{"name": "Jane Doe", "url": "https://example.org"}], ["Jane Doe"]),
        ("[[Jane Doe]]", ["Jane Doe"]),
        ("[[People/Jane Doe]]", ["Jane Doe"]),
        ("[[People/Jane Doe|J. Doe]]", ["J. Doe"]),
        ("[[Jane Doe]], [[Bob Roe]]", ["Jane Doe", "Bob Roe"]),
        ("[[Jane Doe]] and [[Bob Roe]]", ["Jane Doe", "Bob Roe"]),
        ("[[Brooks, Jr.]]", ["Brooks, Jr."]),
        ("By [[Jane Doe]]", ["Jane Doe"]),
        ("[Jane Doe](https://example.org/jane)", ["Jane Doe"]),
        ("[Jane Doe](https://example.org/jane), [Bob Roe](https://example.org/bob)", ["Jane Doe", "Bob Roe"]),
        ("Jane Doe and Bob Roe", ["Jane Doe", "Bob Roe"]),
        ("Jane Doe, Bob Roe and Ann Poe", ["Jane Doe", "Bob Roe", "Ann Poe"]),
        ("Jane Doe, Bob Roe, and Ann Poe", ["Jane Doe", "Bob Roe", "Ann Poe"]),
        ("Jane, Bob and Ann", ["Jane", "Bob", "Ann"]),
        ("Jane Doe & Bob Roe", ["Jane Doe", "Bob Roe"]),
        ("Jane Doe; Bob Roe", ["Jane Doe", "Bob Roe"]),
        ("Doe, Jane; Roe, Bob", ["Doe, Jane", "Roe, Bob"]),
        ("Doe, Jane and Roe, Bob", ["Doe, Jane", "Roe, Bob"]),
        ("By Jane Doe", ["Jane Doe"]),
        ("by: Jane Doe", ["Jane Doe"]),
        ("Byron Katie", ["Byron Katie"]),
        ("Frederick P. Brooks, Jr.", ["Frederick P. Brooks, Jr."]),
        ("Jane Doe, PhD, Bob Roe", ["Jane Doe, PhD", "Bob Roe"]),
        ("Doe, Jane", ["Doe, Jane"]),
        ("van der Berg, Jan", ["van der Berg, Jan"]),
        ("Jane Doe, Bob Roe", ["Jane Doe", "Bob Roe"]),
        ("carolyn, melody", ["carolyn", "melody"]),
        ("carolyn, melody, maya", ["carolyn", "melody", "maya"]),
        ("张三、李四", ["张三", "李四"]),
        ("张三，李四", ["张三", "李四"]),
        ("Department of Health and Human Services", ["Department of Health and Human Services"]),
        ("Bureau of Alcohol, Tobacco, and Firearms", ["Bureau of Alcohol, Tobacco, and Firearms"]),
        ("David-Harel", ["David Harel"]),
        ("Mary-Ann-Evans", ["Mary Ann Evans"]),
        ("david-harel", ["David Harel"]),
        ("jane-q-public and ben", ["Jane Q Public", "ben"]),
        ("user-42", ["user-42"]),
        ("Jean-Luc Picard", ["Jean-Luc Picard"]),
        ("@jane", ["@jane"]),
        ("(Ravi Chandran https://example.org/ravi)", ["Ravi Chandran"]),
        ("Jane Doe <jane@example.org>", ["Jane Doe"]),
        ("Hartmann; David; Wang; Sonja Mei; Pohlmann; Lena", ["Hartmann, David", "Wang, Sonja Mei", "Pohlmann, Lena"]),
        ("van der Berg; Jan; Doe; Jane", ["van der Berg, Jan", "Doe, Jane"]),
        ("Jane Doe; Bob Roe; Ann Poe; Max Moe", ["Jane Doe", "Bob Roe", "Ann Poe", "Max Moe"]),
        ("jane; bob; ann; max", ["jane", "bob", "ann", "max"]),
        ("Food and Agriculture Organization", ["Food and Agriculture Organization"]),
        ("National Aeronautics and Space Administration", ["National Aeronautics and Space Administration"]),
        ("Smith & Sons", ["Smith & Sons"]),
        ("Jane Doe and World Health Organization", ["Jane Doe", "World Health Organization"]),
        ('By <a href="http://example.org/">Jane Doe</a>.', ["Jane Doe"]),
        ("<a href='/x'>Jane Doe</a>, Bob Roe", ["Jane Doe", "Bob Roe"]),
        ("Jane O&#39;Hara", ["Jane O'Hara"]),
        ("[Jane](https://a.example) [Bob](https://b.example)", ["Jane", "Bob"]),
        ("[Jane Doe](/author/jane/) and Bob", ["Jane Doe", "Bob"]),
        ("Jane Doe^[corresponding author]", ["Jane Doe"]),
        ("#people/authors/jane-doe", ["Jane Doe"]),
        ("jane\n12322 silver badges1010 bronze badges", ["jane"]),
        ("محمد علي، سارة أحمد", ["محمد علي", "سارة أحمد"]),
        ("\u200eJane\u200f Doe", ["Jane Doe"]),
        ("Authors:Jane Doe, Bob Roe", ["Jane Doe", "Bob Roe"]),
        ("Von Max Mustermann", ["Max Mustermann"]),
        ("Von Max Mustermann und Eva Muster", ["Max Mustermann", "Eva Muster"]),
        ("Par Jean Dupont et Marie Curie", ["Jean Dupont", "Marie Curie"]),
        ("Por Juan Pérez", ["Juan Pérez"]),
        ("Von Neumann, John", ["Von Neumann, John"]),
        ("Von Miller", ["Von Miller"]),
        ("Jane Doe et al.", ["Jane Doe et al."]),
        ([{"family": "Curie", "given": "Marie"}, {"family": "Bohr"}], ["Marie Curie", "Bohr"]),
        ({"first": "Jane", "last": "Doe"}, ["Jane Doe"]),
        ([{"name": {"given": "Marie", "family": "Curie"}}], ["Marie Curie"]),
        ("{{author}}", []),
        ("unknown", []),
        ("None", []),
        ("n/a; Jane Doe", ["Jane Doe"]),
        ("https://example.org/jane", []),
        ("", []),
        (None, []),
        (True, []),
        ("x" * 300, []),
    ],
)
def test_names(byline, names):
    assert read_authors(byline) == names


@given(st.recursive(st.text() | st.none() | st.booleans(), lambda inner: st.lists(inner, max_size=4), max_leaves=8))
def test_any_byline_gives_names_fit_to_show(byline):
    names = read_authors(byline)
    assert all(name and name == " ".join(name.split()) and len(name) <= 200 for name in names)
    assert len({name.casefold() for name in names}) == len(names)
