"""Two hundred searches over fixed articles in many scripts find what a plain scan finds, on either database."""

import random
from datetime import date, timedelta
from typing import Any

import pytest

from archive import query
from archive.query import parse
from archive.search import index, listing
from archive.search.searching import Search
from tests.factories import article
from tests.search.scan import fits

ARTICLES, SEARCHES = 150, 200
# The commonest first.
LATIN = [
    "the",
    "of",
    "and",
    "peace",
    "talks",
    "talking",
    "energy",
    "grid",
    "café",
    "naïve",
    "Straße",
    "Łódź",
    "état",
    "state-of-the-art",
    "U.S.",
    "2026",
    "running",
    "runs",
    "e-mail",
    "email",
    "well-being",
    "wellbeing",
    "Müller",
    "Mueller",
    "mu\u0308de",
    "muede",
]
PARTS, NEARLY = ("alk", "eace", "lbei", "elle", "ning", "раїн"), ("paece", "enregy", "muler", "emial", "стран")
CYRILLIC = ["и", "в", "на", "мир", "переговори", "Києва", "енергія", "ёлка", "їжак"]
ARABIC = ["في", "من", "السلام", "الكِتَاب", "أحمد", "טקסט", "שָׁלוֹם"]
UNSPACED = "中国经济增长放缓的一是不了在人有我他这東京都の時の鐘ガス서울은ภาษาไทย"
LONG = "x" * 150, "x" * 149 + "y"
TAGS = ("ai", "ai/agents", "ai/agents/x", "war", "C++")
AUTHORS = ("Li Na", "Li Na Chen", "Олена Гармаш", "José Müller")


def _text(chance: random.Random, length: int) -> str:
    parts = []
    while len(parts) < length:
        words = chance.choices((LATIN, CYRILLIC, ARABIC, LONG), (12, 3, 2, 0.2))[0]
        if chance.random() < 0.25:
            start = chance.randrange(len(UNSPACED))
            parts.append(UNSPACED[start : start + chance.randrange(1, 7)])
        else:
            parts.append(words[min(int(chance.expovariate(0.4)), len(words) - 1)])
    return "".join(part + chance.choice((" ", " ", " ", ", ", ". ", "\n")) for part in parts)


def _fields(chance: random.Random) -> dict[str, Any]:
    return {
        "title": _text(chance, chance.randrange(1, 6)),
        "text": _text(chance, chance.randrange(1, 60)),
        "tags": tuple(chance.sample(TAGS, chance.randrange(3))),
        "authors": tuple(chance.sample(AUTHORS, chance.randrange(3))),
        "language": chance.choice(("en", "zh", "uk")),
        "published": None if chance.random() < 0.1 else date(1999, 1, 1) + timedelta(days=chance.randrange(10_000)),
    }


def _word(chance: random.Random) -> str:
    start = chance.randrange(len(UNSPACED))
    unspaced = UNSPACED[start : start + chance.randrange(1, 4)]
    return chance.choice((chance.choice(LATIN), chance.choice(LATIN), chance.choice(CYRILLIC + ARABIC), unspaced))


def _phrase(chance: random.Random, made: list[dict[str, Any]]) -> str:
    words = chance.choice(made)["text"].split()
    start = chance.randrange(len(words))
    return " ".join(words[start : start + chance.randrange(2, 4)])


def _leaf(chance: random.Random, made: list[dict[str, Any]]) -> str:
    year = chance.randrange(1999, 2027)
    return chance.choice(
        (
            _word(chance),
            _word(chance),
            f'"{_phrase(chance, made)}"',
            f'"{_word(chance)} {_word(chance)}"',
            f"{_word(chance)[:3]}*",
            f"*{chance.choice(PARTS)}{chance.choice(('', '*'))}",
            f"{chance.choice(NEARLY)}~",
            f"title:{_word(chance)}",
            f'title:"{_phrase(chance, made)}"',
            f'author:"{chance.choice(AUTHORS)}"',
            f"tag:{chance.choice(TAGS)}",
            f"lang:{chance.choice(('en', 'zh'))}",
            f"after:{year}",
            f"before:{year}-07",
            f"words:>{chance.randrange(50)}",
            chance.choice(LONG),
            f"{LONG[0][:120]}*",
        )
    )


def _search(chance: random.Random, made: list[dict[str, Any]]) -> str:
    leaves = [_leaf(chance, made) for _ in range(chance.choice((1, 1, 2, 2, 3)))]
    leaves = [f"-{leaf}" if chance.random() < 0.2 else leaf for leaf in leaves]
    return chance.choice((" ", " OR ")).join(leaves)


@pytest.mark.django_db
def test_searches_find_what_a_plain_scan_finds() -> None:
    chance = random.Random(4)
    made = [_fields(chance) for _ in range(ARTICLES)]
    fields_by_pk = {article(**fields).pk: fields for fields in made}
    index.refresh()
    sizes = []
    for _ in range(SEARCHES):
        text = _search(chance, made)
        asked = parse(text)
        node = Search(asked.node).node  # without wildcards that would cost too much
        wanted = {pk for pk, fields in fields_by_pk.items() if node is None or fits(node, fields)}
        page = listing.find(query.Query(asked.node), size=ARTICLES)
        assert {row.article.pk for row in page.rows} == wanted, text
        assert page.total == len(wanted), text
        sizes.append(len(wanted))
    assert sum(0 < size < ARTICLES for size in sizes) > SEARCHES / 2
    assert index.check() == []
