"""Numbers, names and negations weigh more than their letters."""

import pytest

from archive.anchoring.meaning import meaning_lost, misspelt


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        pytest.param("frame #2", "frame #3", 1, id="a number"),
        pytest.param("for 17.99 only", "for 12.99 only", 1, id="a price is one word"),
        pytest.param("it was passed", "it was not passed", 1, id="a negation put in"),
        pytest.param("das ist nicht so", "das ist so", 1, id="one taken out"),
        pytest.param("ist hier aktiviert", "ist hier deaktiviert", 1, id="a prefix that turns it round"),
        pytest.param("a stick pan", "a nonstick pan", 1, id="a prefix of three letters"),
        pytest.param("the heat of it", "the overheat of it", 0, id="one of four is another word"),
        pytest.param("seen by Marta today", "seen by Linus today", 1, id="a name"),
        pytest.param("call get_limit() now", "call get_proxy() now", 0, id="a word of small letters is no name"),
        pytest.param("call setLimit() now", "call setProxy() now", 1, id="a capital within a word"),
        pytest.param("seen by Robin today", "seen by Robyn today", 0, id="a name misspelt"),
        pytest.param("The end", "An end", 0, id="the first word of a sentence is no name"),
        pytest.param("It is. The end", "It is. An end", 0, id="nor that of the next one"),
        pytest.param("the price of bread", "the cost of bread", 0, id="other words"),
        pytest.param("我们不去", "我们去", 1, id="Chinese"),
        pytest.param("он не был", "он был", 1, id="Russian"),
    ],
)
def test_meaning_lost(old, new, words):
    assert meaning_lost(old, new) == words * 4 == meaning_lost(new, old)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("mirror", "mirrror", True),
        ("wall", "walls", True),
        ("rug", "rag", False),
        ("able", "unable", False),
        ("moral", "amoral", False),
        ("v1.2", "v1.3", False),
        ("mirror", "errors", False),
    ],
)
def test_misspelt(one, other, same):
    assert misspelt(one, other) == same
