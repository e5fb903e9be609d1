import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.query.preparing import is_unspaced, prepare, tokens

CASES = [
    ("", ""),
    ("Plain words, parted.", "plain words parted"),
    ("Café naïve ŁÓDŹ", "cafe naive lodz"),
    ("Straße ﬁne Œuvre", "strasse fine oeuvre"),
    ("cafe\u0301", "cafe"),  # decomposed, as file systems write it
    ("don't U.S. state-of-the-art", "don t u s state of the art"),
    ("foo_bar C++ 1,000", "foo bar c 1 000"),
    ("ＦＵＬＬ width km² №", "full width km2 no"),
    ("soft\u00adhyphen zero\u200bwidth", "softhyphen zero width"),
    ("Ёлка и ёж", "елка и еж"),
    ("ΆΛΦΑ σοφός", "αλφα σοφοσ"),
    ("كِتَاب الكتـاب أحمد", "كتاب الكتاب احمد"),
    ("שָׁלוֹם", "שלום"),
    ("हिन्दी भाषा", "हिन्दी भाषा"),  # vowel signs are not accents
    ("中国经济Python编程", "中 国 经 济 python 编 程"),
    ("ガギ か\u3099 ｶﾞ", "ガ ギ が ガ"),  # voiced letters are separate letters
    ("서울은", "서 울 은"),
    ("ภาษาไทย", "ภ า ษ า ไ ท ย"),
    ("İstanbul ISTANBUL", "istanbul istanbul"),
    ("\ud800 \x00 a", "a"),
]
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize(("text", "prepared"), CASES)
def test_prepared(text: str, prepared: str) -> None:
    assert prepare(text) == prepared


@given(TEXTS)
def test_preparing_twice_changes_nothing(text: str) -> None:
    assert prepare(prepare(text)) == prepare(text)


@given(TEXTS)
def test_prepared_text_has_no_character_that_labels_are_made_with(text: str) -> None:
    assert "_" not in prepare(text)


@given(
    st.lists(st.sampled_from([text for text, _ in CASES if text.isprintable()]), max_size=6).map(" ".join)
    | st.text(st.characters(codec="ascii"), max_size=40)
)
@example("中国经济Python编程")
def test_tokens_say_where_they_come_from(text: str) -> None:
    found = list(tokens(text))
    assert [token for token, _, _ in found] == prepare(text).split()
    assert all(prepare(text[start:end]).split().count(token) for token, start, end in found)


@pytest.mark.parametrize(("token", "unspaced"), [("中", True), ("か", True), ("서", True), ("ก", True), ("a", False)])
def test_scripts_without_spaces(token: str, unspaced: bool) -> None:
    assert is_unspaced(token) == unspaced
