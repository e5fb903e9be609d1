"""How many results of a search have each label, by its key (see `labels.facet_key`). All numbers are exact."""

import re
from collections.abc import Sequence

from archive.search import labels
from archive.search.searching import Search

MOST_MONTHS = 20_000  # of the calendar, from the year 1 to the year 9999, a part
_SPECIAL = re.compile(r"([^\w\s]|_)", re.ASCII)


def counts(search: Search, facet: str, at_most: int, only: str | Sequence[str] | None = None) -> dict[str, int]:
    """The commonest keys of a facet among the results, with how many have each; only those that fit a pattern, or are
    among some keys.
    """
    return _numbers(search.aggregate({facet: terms(facet, at_most, only)})[facet])


def of_all_facets(search: Search, at_most: int) -> tuple[dict[str, dict[str, int]], dict[str, int], bool]:
    """The commonest keys of each facet, the number of results by month (as `2026-02`), and whether these are all tags
    that there are.
    """
    asked = {facet: terms(facet, at_most) for facet in labels.FACETS}
    found = search.aggregate({**asked, "month": terms("month", MOST_MONTHS)})
    by_facet = {facet: _numbers(found[facet]) for facet in labels.FACETS}
    months = {int(bucket["key"]): int(bucket["doc_count"]) for bucket in found["month"]["buckets"]}
    by_month = {f"{month // 12:04}-{month % 12 + 1:02}": number for month, number in months.items() if month}
    return by_facet, by_month, not found["tag"]["sum_other_doc_count"]


def completed(search: Search, facet: str, prepared: str, at_most: int) -> dict[str, int]:
    """The commonest keys of labels in which a word begins so, with how many results have each."""
    # A label is there once for each of its words that begins so.
    beginning, most = labels.beginning(facet, prepared), at_most * 2
    found = search.snapshot.searcher.terms_with_prefix("label", beginning, filter_query=search.query, limit=most)
    numbers = {labels.after_separator(term): number for term, number in found if number}
    return dict(list(numbers.items())[:at_most])


def written(search: Search, facet: str, key: str) -> str:
    """How a label with this key is written most often."""
    found = search.snapshot.searcher.terms_with_prefix("label", labels.written_as(facet, key), limit=1)
    return labels.after_separator(found[0][0]) if found else key


def terms(field: str, at_most: int, only: str | Sequence[str] | None = None) -> dict[str, object]:
    """What to ask of the index for the commonest values of a field."""
    return {"terms": {"field": field, "size": at_most, **({"include": only} if only is not None else {})}}


def below(key: str) -> str:
    """The pattern of tags that stand right below one."""
    return _SPECIAL.sub(r"\\\1", key) + "/[^/]+"


def by_year(months: dict[str, int]) -> dict[str, int]:
    """The numbers of results by year."""
    years: dict[str, int] = {}
    for month, number in months.items():
        years[month[:4]] = years.get(month[:4], 0) + number
    return years


def _numbers(found: dict[str, list[dict[str, object]]]) -> dict[str, int]:
    return {str(bucket["key"]): int(str(bucket["doc_count"])) for bucket in found["buckets"]}
