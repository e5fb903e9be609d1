"""A small archive of very different articles."""

from collections.abc import Callable
from datetime import date

import pytest

from archive.articles.models import Article
from archive.query import parse
from archive.search import index, listing
from tests.factories import article


@pytest.fixture
def shelf(db: None) -> dict[str, Article]:
    """Articles by short name."""
    made = {
        "talks": article(
            title="Peace talks end with a swap",
            text="The envoys negotiated for two days.\nPrisoners were exchanged at the border.",
            authors=("Olena Harmash", "Li Na"),
            publication="Reuters",
            tags=("Ukraine", "diplomacy/talks"),
            published=date(2026, 2, 5),
            language="en",
        ),
        "grid": article(
            title="Winter on the grid",
            text="Negotiations over power went on. The café stayed open; nobody talked of peace.",
            authors=("Li Na Chen",),
            publication="Nikkei",
            tags=("energy", "ukraine"),
            published=date(2025, 12, 31),
            clipped=date(2026, 1, 2),
            language="en-GB",
        ),
        "chinese": article(
            title="经济增长放缓",
            text="中国经济增长放缓，政府推出新的刺激措施。Python编程也很流行。",
            publication="财新",
            tags=("economy", "energy"),
            published=date(2025, 6, 1),
            language="zh",
            word_count=24,
        ),
        "old": article(
            title="Über alte Straßen",
            text="Die Straße führte nach Łódź. Кореспондент поїхав до Києва.",
            description="A description of roads",
            authors=("Anna Müller",),
            tags=("diplomacy",),
            published=date(1999, 5, 1),
            language="de",
        ),
        "undated": article(title="Notes without a date", text="Just words, many words. " * 50, published=None),
    }
    index.refresh()
    return made


@pytest.fixture
def found(shelf: dict[str, Article]) -> Callable[[str], set[str]]:
    """The short names of a search's results."""
    names = {made.pk: name for name, made in shelf.items()}

    def find(text: str) -> set[str]:
        page = listing.find(parse(text))
        assert page.total == len(page.rows)
        return {names[row.article.pk] for row in page.rows}

    return find
