"""Whatever is typed, there is a quick response."""

import time

import pytest
from django.contrib.auth import get_user_model
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archive.query import parse
from archive.search import facets, index, listing
from tests.factories import annotation, article

MARKS = "()\"'*-:+^{}[]<>%_\\/;,.&|!?~ \0\n"
OPERATORS = [
    "OR",
    "AND",
    "NOT",
    "NEAR(",
    "title:",
    "tag:",
    "words:>",
    "before:",
    "rowid:",
    "_all",
    "_t_a",
    "search_index",
]
WORDS = ["a", "ab", "the", "中", "中国", "é", "ß", "\u0301", "\ud800", "🙂", "x" * 300, "2024"]
PARTS = st.lists(st.sampled_from([*MARKS, *OPERATORS, *WORDS]), max_size=40)
STRINGS = st.one_of(st.text(max_size=80), PARTS.map("".join), PARTS.map(" ".join))


class AnythingTyped(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.person = get_user_model().objects.create_user("reader")
        annotation(article(), cls.person, note="Compare October")
        annotation(article(), cls.person, note="To be seen by all", shared=True)
        index.refresh()

    @settings(max_examples=400, suppress_health_check=list(HealthCheck))
    @given(STRINGS)
    @example("(" * 5000 + "a")
    @example("-(a OR -(b OR -(c OR -(d OR -(e OR -(f OR -(g OR -(h OR -(i OR -(j words:>1))))))))))")
    @example("-(b OR a " * 10 + "c" + ")" * 10)
    @example("-(b a (c OR " * 5 + "d" + "))" * 5)
    @example("((((((((((a b) OR c) d) OR e) f) OR g) h) OR i) j) OR k)")
    @example(" OR ".join(f"w{number}" for number in range(300)))
    @example(" ".join(f"-w{number}" for number in range(300)))
    def test_has_an_answer(self, text: str) -> None:
        asked = parse(text)
        for reader in (None, self.person.pk):
            page = listing.find(asked, reader=reader)
            facets.facets(asked, page.search, reader)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        " ".join(f"w{number}*" for number in range(200)),
        " OR ".join(f"w{number}*" for number in range(200)),
        "中" * 2000,
        '"' + "a " * 900 + '"',
        " ".join("running" for _ in range(200)),
    ],
)
def test_answers_soon(text: str) -> None:
    for number in range(50):
        article(text=" ".join(f"w{number * word}" for word in range(500)) + "中" * 500 + "a " * 500)
    index.refresh()
    began = time.process_time()
    listing.find(parse(text))
    assert time.process_time() - began < 1
