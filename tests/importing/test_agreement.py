import random

import pytest

from archive.articles.agreement import texts_agree, texts_match, titles_agree

chance = random.Random(7)
WORDS = ["".join(chance.choices("abcdefghij", k=6)) for _ in range(2000)]
LONG = " ".join(WORDS[:500])
OTHER = " ".join(WORDS[1000:1500])


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (LONG, LONG, True),
        (LONG, f"{LONG} {OTHER}", True),
        (LONG, " ".join(WORDS[100:600]), True),
        (LONG, OTHER, False),
        (LONG, " ".join(WORDS[450:950]), False),
        (LONG.upper(), LONG, True),
        ("", "", True),
        ("", LONG, False),
        ("two words", "two words", True),
        ("two words", "quite others", False),
        ("会议将于二月五日在日内瓦举行，各方代表出席。", "会议将于二月五日在日内瓦举行，各方都来了。", True),
        ("会议将于二月五日在 Genf 举行，各方代表出席。", "会议将于二月五日在Genf举行，各方都来了。", True),
        ("会议将于二月五日在日内瓦举行", "今天天气很好我们去公园散步", False),
    ],
)
def test_texts(one, other, agree):
    assert texts_agree(one, other) is agree
    assert texts_agree(other, one) is agree


@pytest.mark.parametrize(
    ("one", "other", "match"),
    [
        (LONG, LONG, True),
        (LONG, " ".join(WORDS[100:600]), True),
        (LONG, " ".join(WORDS[:100]), False),
        (LONG, OTHER, False),
        ("", "", True),
        ("", LONG, False),
    ],
)
def test_texts_match_where_neither_is_an_excerpt(one, other, match):
    assert texts_match(one, other) is match
    assert texts_match(other, one) is match


def test_titles_agree_but_for_case_and_space():
    assert titles_agree("Peace  Talks", "peace talks")
    assert not titles_agree("Peace talks", "Peace talks end")
