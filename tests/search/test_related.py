import pytest

from archive.articles.models import Article
from archive.search import index
from archive.search.related import related
from tests.factories import article

pytestmark = pytest.mark.django_db


def test_what_shares_rare_words_and_tags_is_related() -> None:
    filler = "common words that every article has"
    here = article(title="The Zaporizhzhia plant", text=f"{filler} reactor cooling pond", tags=("nuclear",))
    both = article(text=f"{filler} the cooling pond of Zaporizhzhia")
    tagged = article(text=filler, tags=("nuclear/plants", "other"))
    trashed = article(text=f"{filler} reactor cooling pond")
    for _ in range(10):
        article(text=filler)
    index.refresh()
    Article.objects.filter(pk=trashed.pk).trash()
    assert related(here) == [both, tagged]


def test_chinese_articles_are_related_by_pairs_of_characters() -> None:
    here = article(title="经济增长", text="中国经济增长放缓")
    other = article(title="放缓", text="经济增长")
    for number in range(5):
        article(title=f"别的 {number}", text="完全不同")
    index.refresh()
    assert related(here) == [other]


def test_an_article_that_is_not_in_the_index_or_says_nothing_has_none() -> None:
    assert related(article()) == []
    index.refresh()
    assert related(article(title="?", text="")) == []
