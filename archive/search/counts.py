"""How many results of a search have each label, by its key (see `query.labels`). All numbers are exact."""

import re
from collections.abc import Collection
from typing import Any

from archive.query import label_terms
from archive.query.labels import facet_key
from archive.query.preparing import prepare
from archive.query.spellings import others, with_umlauts
from archive.search.searching import Search

MOST_MONTHS = 20_000  # of the calendar, from the year 1 to the year 9999, a part
MONTHS = {"terms": {"field": "month", "size": MOST_MONTHS}}
_SPECIAL = re.compile(r"([.+*?()|\[\]{}^$\\&~#-])")  # to the engine's regular expressions


def counts(search: Search, facet: str, at_most: int) -> dict[str, int]:
    """The commonest keys of a facet among the results, with how many have each; `top` are tags that stand below no
    other.
    """
    return numbers(search.aggregate({facet: terms(facet, at_most)})[facet])


def beginning_so(search: Search, facet: str, begin: str, at_most: int) -> dict[str, int]:
    """The same of the labels in which a word begins so; where nothing is typed yet, of all."""
    prepared = prepare(begin)
    if not prepared:
        return {} if begin.strip() else counts(search, facet, at_most)
    # A label is there once for each of its words that begins so.
    beginning, most = label_terms.beginning(facet, prepared), at_most * 2
    found = search.snapshot.searcher.terms_with_prefix("label", beginning, filter_query=search.query, limit=most)
    return dict(list({label_terms.said(term): number for term, number in found if number}.items())[:at_most])


def is_alone(search: Search, author: str) -> bool:
    """Whether a search for this author surely finds no article but those that the key of the name counts: no longer
    name contains it, and it has no other spelling. Of a single word, that of another name may be the same.
    """
    prepared = label_terms.beginning("author", key := facet_key("author", author))
    if " " not in key or any(others(author)) or with_umlauts(key) != key:
        return False
    ending, going_on = f"{prepared}{label_terms.SEPARATOR}", f"{prepared} "
    find = search.snapshot.searcher.terms_with_prefix
    return len(find("label", ending, limit=2)) == 1 and not find("label", going_on, limit=1)


def written(search: Search, facet: str, key: str) -> str:
    """How a label with this key is written most often."""
    found = search.snapshot.searcher.terms_with_prefix("label", label_terms.written_as(facet, key), limit=1)
    return label_terms.said(found[0][0]) if found else key


def terms(field: str, at_most: int, only: str | Collection[str] | None = None) -> dict[str, object]:
    """What to ask of the index for the commonest values of a field: those that fit a pattern, or are among some."""
    return {"terms": {"field": field, "size": at_most, **({} if only is None else {"include": only})}}


def below(key: str) -> str:
    """The pattern of tags that stand right below one."""
    return _SPECIAL.sub(r"\\\1", key) + "/[^/]+"


def numbers(found: dict[str, Any]) -> dict[str, int]:
    """What the index answers to `terms`."""
    return {str(bucket["key"]): int(bucket["doc_count"]) for bucket in found["buckets"]}


def by_month(found: dict[str, Any]) -> dict[str, int]:
    """What it answers to MONTHS, as `2026-02`."""
    months = {int(month): number for month, number in numbers(found).items()}
    return {f"{month // 12:04}-{month % 12 + 1:02}": number for month, number in months.items() if month}


def by_year(months: dict[str, int]) -> dict[str, int]:
    """The numbers of results by year."""
    years: dict[str, int] = {}
    for month, number in months.items():
        years[month[:4]] = years.get(month[:4], 0) + number
    return years
