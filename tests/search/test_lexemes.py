"""The lexemes that PostgreSQL is asked for are those that its function makes of a row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import query
from archive.query import parse
from archive.search import index, listing
from archive.search.documents import HIGHEST_POSITION
from archive.search.postgres.match import select
from archive.search.postgres.tables import LONGEST_LEXEME, length_lexemes, pair_lexeme
from tests.databases import execute, only_postgresql
from tests.factories import article

LENGTHS = st.integers(0, (1 << 31) - 1) | st.integers(0, 1200)


@pytest.mark.parametrize(
    ("text", "lexemes"),
    [
        ('"of the"', [pair_lexeme("of", "the")]),
        ('"the of and"', [pair_lexeme("the", "of"), pair_lexeme("of", "and")]),
        ('"the whales of March"', ["the", "whales", pair_lexeme("of", "march")]),
        ("经济", [pair_lexeme("经", "济")]),
        ("of-th*", ["of", "th"]),  # the last may go on
        ("the of", ["the", "of"]),
    ],
)
def test_of_short_words_side_by_side_the_pair_is_asked_for(text: str, lexemes: list[str]) -> None:
    match = select(parse(text).node, {}).match
    assert match.strip("()").replace(":*", "").split(" & ") == [f"'{lexeme}'" for lexeme in lexemes]


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("whal* sea", "'_all' & 'sea'"),
        ("(whal* OR ship) sea", "('_all' | 'ship') & 'sea'"),
        ("whal*", ""),
        ("whal* OR shi*", ""),
        ("sea -whal*", ""),
        ("sea", "'sea'"),
    ],
)
def test_beside_beginnings_of_words_others_are_asked_for(text: str, beside: str) -> None:
    found = select(parse(text).node, {}).without_prefixes.match
    assert found.removeprefix("(").removesuffix(")") == beside


@given(LENGTHS, LENGTHS, LENGTHS | st.just(HIGHEST_POSITION))
def test_lengths(length: int, at_least: int, at_most: int) -> None:
    [own] = length_lexemes(length, length)
    if at_least <= length <= at_most:
        assert own in length_lexemes(at_least, at_most)
    assert len(length_lexemes(at_least, at_most)) <= 91


@pytest.mark.parametrize(
    ("at_least", "at_most", "count"),
    [(0, 39, 13), (40, 49, 1), (39, 40, 2), (400, HIGHEST_POSITION, 69), (10**10, 10**11, 0)],
)
def test_a_range_asks_for_the_lengths_in_it_alone(at_least: int, at_most: int, count: int) -> None:
    assert len(length_lexemes(at_least, at_most)) == count


@pytest.mark.parametrize(
    ("text", "looked_for"),
    [
        ("the -of title:whales tag:sea", ()),
        ('the "march whales" tag:sea', (" march whales ",)),
        ("the words:>400", (401, HIGHEST_POSITION)),
        ('the OR "march whales"', (" the ", " march whales ")),  # either will do
        ('the -"march whales"', (" march whales ",)),
        (f"the {'w' * 100}", (f" {'w' * 100} ",)),
    ],
)
def test_only_what_the_lexemes_do_not_say_is_looked_for_in_the_texts(text: str, looked_for: tuple[object, ...]) -> None:
    assert select(parse(text).node, {}).unsaid[1] == looked_for


def test_a_length_that_nothing_has_finds_nothing() -> None:
    assert select(query.WordCount(at_least=10**12), {}).match


@only_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("length", [0, 7, 10, 99, 1000, 123_456, (1 << 31) - 1])
def test_the_database_makes_the_same_lexemes(length: int) -> None:
    row = f"1::bigint, {length}, ' of the ', ' ', ' 经 济 whales ', ' ', ' ', false"
    [(lexemes,)] = execute(f"SELECT tsvector_to_array(search_lexemes({row}))")
    assert {*length_lexemes(length, length), pair_lexeme("of", "the"), pair_lexeme("经", "济")} < set(lexemes)


@only_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("token", ["w" * LONGEST_LEXEME, "w" * (LONGEST_LEXEME + 1), "経" * 1000])
def test_of_a_long_token_the_beginning_counts(token: str) -> None:
    row = f"1::bigint, 1, ' {token} ', ' ', ' a {token}  b ', ' _ ', ' ', false"
    [(lexemes,)] = execute(f"SELECT tsvector_to_array(search_lexemes({row}))")
    beginning = token[:LONGEST_LEXEME]
    assert {"a", "b", beginning, f"={beginning}"} == {each for each in lexemes if each[0] != "_"}


@only_postgresql
@pytest.mark.django_db
def test_letters_that_share_a_lexeme_are_told_apart() -> None:
    pair, other = "经济", "丌團"
    assert pair_lexeme(*pair) == pair_lexeme(*other)
    made = [article(text=pair), article(text=other)]
    index.refresh()
    for text, expected in ((pair, made[:1]), (f"-{pair}", made[1:])):
        assert [row.article for row in listing.find(parse(text)).rows] == expected
