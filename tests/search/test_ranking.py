"""What comes first, and what beginnings of words find."""

from datetime import date

import pytest

from archive.articles.models import Article
from archive.query import parse
from archive.search import index
from archive.search.listing import find
from tests.factories import article, articles_in

pytestmark = pytest.mark.django_db


def found(text: str) -> list[Article]:
    return articles_in(find(parse(text)))


def test_a_title_counts_as_some_hits_in_a_text_and_a_rare_word_more_than_a_common_one() -> None:
    title = article(title="Energy", text="Other words, often and rarely", published=date(2001, 1, 1))
    often = article(text="energy " * 3 + "often", published=date(2002, 1, 1))
    once = article(text="energy and a long text " + "of other words " * 50, published=date(2003, 1, 1))
    rare = article(text="energy rarely " * 2, published=date(2000, 1, 1))
    for _ in range(9):
        article(text="Nothing of the kind")
    index.refresh()
    assert found("energy") == [title, often, rare, once]
    assert found("energy rarely") == [title, rare]
    assert found("energy OR rarely") == [title, rare, often, once]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("wi*", {"grid", "talks", "undated"}),
        ("re*", {"talks"}),
        ("py*", {"chinese"}),
        ("zz*", set()),
        ("gri*", {"grid"}),
        ("title:pe*", {"talks"}),
        ("grid*", {"grid"}),
        ("nego*", {"talks", "grid"}),
    ],
)
def test_beginnings_of_any_length_find_the_words_that_begin_so(
    shelf: dict[str, Article], text: str, names: set[str]
) -> None:
    by_pk = {made.pk: name for name, made in shelf.items()}
    assert {by_pk[made.pk] for made in found(text)} == names
