import pytest

from archive.importing.counting import count_words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("one", 1),
        ("one two\nthree", 3),
        ("well-known don't", 2),
        ("Україна і світ", 3),
        ("كلمة أخرى", 2),
        ("你好世界", 4),
        ("日本語のテキスト", 8),
        ("안녕 세상", 2),
        ("Python 是一种语言", 6),
        ("用Python写", 3),
        ("𠀀𠀁", 2),
    ],
)
def test_words(text, count):
    assert count_words(text) == count
