"""Decoding bytes to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.formats.decoding import NotText, decode

TEXT = "---\ntitle: 你好 Grüße\n---\nBody\n"


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
    ],
)
def test_unicode(codec, encoding):
    decoded = decode(TEXT.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.problems) == (TEXT, encoding, [])


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp1252", "Die Brücke über den Fluß trägt „schwere“ Lasten – seit Jahren schon."),
        ("cp1252", "L'été dernier, à l'hôtel, ça coûtait déjà cher; où étaient-ils passés?"),
        ("cp1252", "He said “hello” — it’s all that he said, and nothing came of it."),
        ("cp1251", "Міст через річку витримує важкі вантажі вже багато років, і ще простоїть."),
        ("koi8-r", "Мост через реку выдерживает тяжёлые грузы уже много лет, и ещё простоит."),
        ("gb18030", "这座桥已经承载了多年的重物，还会继续站立下去。没有人知道它是谁建的。"),
        ("shift_jis", "この橋は長年にわたって重い荷物を支えてきました。誰が作ったのかは分かりません。"),
        ("euc-kr", "이 다리는 오랜 세월 무거운 짐을 견뎌 왔습니다. 누가 지었는지는 아무도 모릅니다."),
        ("cp1256", "هذا الجسر يحمل الأثقال منذ سنوات طويلة ولا أحد يعرف من بناه."),
        ("cp1253", "Αυτή η γέφυρα αντέχει βαριά φορτία εδώ και πολλά χρόνια."),
    ],
)
def test_older_encodings_are_told_by_their_letters(codec, text):
    text = f"---\ntitle: x\n---\n\n{text}\n{text}\n"
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert [problem.code for problem in decoded.problems] == ["encoding"]
    assert decoded.encoding in decoded.problems[0].message


def test_newlines_are_made_one():
    assert decode(b"a\r\nb\rc\nd\r\n").text == "a\nb\nc\nd\n"
    assert decode("a\r\nb\rc".encode("utf-16")).text == "a\nb\nc"


def test_utf_8_that_was_cut_off_is_still_utf_8():
    decoded = decode("这座桥已经承载了多年的重物".encode()[:-1])
    assert decoded.text == "这座桥已经承载了多年的重\ufffd"
    assert [problem.code for problem in decoded.problems] == ["damaged-encoding"]


@pytest.mark.parametrize(
    ("data", "text", "line"),
    [
        (b"a text\nwith one\0 too many", "a text\nwith one too many", 2),
        ("die Brücke\n".encode() + b"\0" * 500, "die Brücke\n", 2),
        (b"word " * 100 + b"\0\0", "word " * 100, 1),
    ],
)
def test_nul_characters_that_were_left_in_a_text_are_told_and_left_out(data, text, line):
    decoded = decode(data)
    assert decoded.text == text
    assert [(problem.line, problem.code) for problem in decoded.problems] == [(line, "nul")]


def test_empty():
    assert decode(b"").text == ""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"text\0text\0and\0more", "NUL"),
        (b"\0" * 4096, "NUL"),
        (bytes(range(256)) * 10, "NUL"),
        (TEXT.encode("utf-16-le") + b"\0", "NUL"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04...", "zip"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\x01\x02\x03\x04text" * 50, "control"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data, reason):
    with pytest.raises(NotText, match=reason) as refused:
        decode(data)
    assert reason in refused.value.reason


@pytest.mark.parametrize(
    ("text", "clean", "count"),
    [
        ("第一行\n潮\b水\b在\b清晨退去\n", "第一行\n潮水在清晨退去\n", 3),
        ("a\bb\bc\bd\b", "abcd", 4),
        ("words " * 30 + "\x1e\x1f\x02", "words " * 30, 3),
    ],
)
def test_control_characters_in_valid_utf_8_are_left_out_with_a_warning(text, clean, count):
    decoded = decode(text.encode())
    assert (decoded.text, decoded.encoding) == (clean, "utf-8")
    problem = decoded.problems[0]
    assert (problem.code, problem.message.split()[0]) == ("control-characters", str(count))
    assert problem.line == 1 + text.startswith("第")


@given(st.binary())
def test_any_bytes_are_text_or_refused(data):
    try:
        text = decode(data).text
    except NotText as refused:
        assert refused.reason
    else:
        assert "\0" not in text
        assert "\r" not in text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]), min_size=1))
def test_every_utf_8_text_comes_back(text):
    assert decode(text.encode()).text == text.removeprefix("\ufeff")
