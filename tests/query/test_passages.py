"""Passages: where they begin and end, and what is highlighted in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.query import parse, terms
from archive.query.passages import LENGTH, Marker

FORMS = {"negotiation": ["negotiation", "negotiations", "negotiated"]}
# The text, the search, and the passage with hits in brackets.
CASES = [
    ("The Talks went on.", "talks", "The [Talks] went on."),
    ("They negotiated; negotiations end.", "negotiation", "They [negotiated]; [negotiations] end."),
    ("They negotiated.", "negotiat*", "They [negotiated]."),
    ("A café, the CAFÉ, a cafeteria", "cafe", "A [café], the [CAFÉ], a cafeteria"),
    ("A cafe\u0301 there", "café", "A [cafe\u0301] there"),
    ("a\u0301a", "a", None),
    ("Die Straße dort", "strasse", "Die [Straße] dort"),
    ("Die STRASSE dort", "straße", "Die [STRASSE] dort"),
    ("中国经济增长放缓", "经济", "中国[经济]增长放缓"),
    ("中国Python编程", "python", "中国[Python]编程"),
    ("قرأ الكِتَاب أمس", "الكتاب", "قرأ [الكِتَاب] أمس"),
    ("Її місто Київ", "київ", "Її місто [Київ]"),
    ("peace talks, and talks for peace", '"peace talks"', "[peace talks], and talks for peace"),
    ("peace\ntalks", '"peace talks"', "[peace talks]"),
    ("state-of-the-art", "of-the", "state-[of-the]-art"),
    ("one two", "three", None),
    ("", "one", None),
    ("one", "", None),
    ("one", "-one", None),
    ("one", "&", None),
]


def marker(search: str) -> Marker:
    return Marker(terms(parse(search).node), FORMS)


def in_brackets(segments: list[tuple[str, bool]] | None) -> str | None:
    return None if segments is None else "".join(f"[{text}]" if is_hit else text for text, is_hit in segments)


@pytest.mark.parametrize(("text", "search", "passage"), CASES)
def test_passage(text: str, search: str, passage: str | None) -> None:
    # The words of a phrase are highlighted one by one, but are one hit.
    assert in_brackets(marker(search).passage(text)) == passage


def test_passage_has_the_most_terms() -> None:
    text = "swap " + "filler " * 200 + "Here. The swap of prisoners went on. " + "filler " * 200 + "prisoners"
    passage = in_brackets(marker("swap prisoners").passage(text))
    assert passage.startswith("… The [swap] of [prisoners] went on. filler")
    assert passage.endswith("filler …")


def test_passage_begins_with_its_line_if_that_is_near() -> None:
    text = "filler " * 100 + "\nThe first line of it has a hit\nand more."
    assert in_brackets(marker("hit").passage(text)) == "… The first line of it has a [hit] and more."


def test_title_is_marked_whole() -> None:
    assert in_brackets(marker("a").mark("A b " * 100)) == "[A] b " * 100
    assert marker("").mark("Title") == [("Title", False)]


TEXTS = st.text(alphabet="abcß é\u0301 中国ก\nİ.—", max_size=600)


@given(TEXTS, st.sampled_from(["a", "ab*", "中", '"a b"', "ss", "e", "i -b"]))
def test_passages_are_short_and_true_to_the_text(text: str, search: str) -> None:
    found = marker(search)
    assert "".join(part for part, _ in found.mark(text)) == text
    passage = found.passage(text)
    if passage is not None:
        shown = "".join(part for part, _ in passage)
        assert shown.removeprefix("… ").removesuffix(" …") in text.replace("\n", " ")
        assert len(shown) <= LENGTH + 4
        assert any(is_hit for _, is_hit in passage)
