"""The labels of more results than are gone through: those of the newest tell what to count, and each is then counted by
itself, for a limited time. What the whole archive has is kept ready in `Label`.
"""

from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from time import perf_counter

from django.db.models import QuerySet, Sum

from archive import query
from archive.query import Node
from archive.search import labels
from archive.search.counts import KINDS, Counts, by_year, merged
from archive.search.engines import engine
from archive.search.filters import filter_by
from archive.search.models import Label
from archive.search.periods import MOST_MONTHS
from archive.search.searching import Search

MOST_COUNTED = 10_000  # results with a label
MOST_OF_A_YEAR = 100_000  # results: years are few, and the bars of a chart are compared
CANDIDATES = 50  # labels of a facet, as written
BUDGETS = {"year": 0.08, "month": 0.05}  # seconds
BUDGET = 0.04  # seconds for any other facet
BUDGET_OF_ALL = 0.13  # seconds, the sample with them
LATEST_END = 0.18  # seconds, by which a count has to end that takes as long as expected, or as the longest before it


class OfAll:
    """The labels of the whole archive."""

    def __init__(self) -> None:
        self.by_month = _months()
        self.by_facet: dict[str, Mapping[str, int]] = {"year": by_year(self.by_month)}
        for facet, kind in KINDS.items():
            commonest = Label.objects.filter(kind=kind, above="").order_by("-documents")[:CANDIDATES]
            self.by_facet[facet] = dict(merged(facet, _numbers(commonest)).values())
        self._each = _Each(Search(None), perf_counter())

    def finds(self, facet: str, label: str) -> int | None:
        """How many articles have the label; None: there was no time to count them."""
        if facet == "year":
            return self.by_facet["year"][label]
        if facet == "author":  # longer names are found, too
            return self._each.finds(facet, filter_by(facet, label), MOST_COUNTED)
        token = labels.token(KINDS[facet], label)
        return int(Label.objects.filter(token=token).aggregate(total=Sum("documents"))["total"])

    def is_least(self, facet: str, number: int | None) -> bool:
        """Whether there may be more than this number."""
        return facet == "author" and number == MOST_COUNTED


class OfMany:
    """The labels of the results of a search. `sample` are those of the newest; `chosen` the tags that it asks for, as
    keys: only below these are others listed; `began` when work on them began, by `perf_counter`.
    """

    def __init__(self, search: Search, sample: Counts, chosen: Collection[str], began: float) -> None:
        self._each = _Each(search, began)
        self._sample = sample
        months = _months()
        began_counting = perf_counter()
        counted, is_complete = self._count_years(sorted(by_year(months), reverse=True))
        found = sum(counted.values())
        self._seconds_each = (perf_counter() - began_counting) / max(1, found)
        self._results = found * len(by_year(months)) / max(1, len(counted))  # all, or an estimate from these years
        self._years = {year: number for year, number in counted.items() if number}
        self.by_month = self._over_time(months) if is_complete else {}
        tags = {path: number for path, number in sample.by_facet["tag"].items() if _is_listed(path, chosen)}
        years = {**sample.by_facet["year"], **self._years}
        self.by_facet: Mapping[str, Mapping[str, int]] = {**sample.by_facet, "tag": tags, "year": years}

    def finds(self, facet: str, label: str) -> int | None:
        """How many results the label finds, counted up to a bound; None: there was no time to count them."""
        if facet == "year":
            return self._years.get(label)
        # The results are gone through until enough have the label.
        share = max(1, self._sample.by_facet[facet].get(label, 0)) / len(self._sample.documents)
        expected = self._seconds_each * min(self._results, MOST_COUNTED / share)
        return self._each.finds(facet, filter_by(facet, label), MOST_COUNTED, expected)

    def is_least(self, facet: str, number: int | None) -> bool:
        """Whether there may be more than this number."""
        return number == (MOST_OF_A_YEAR if facet == "year" else MOST_COUNTED)

    def _count_years(self, years: Iterable[str]) -> tuple[dict[str, int], bool]:
        """The numbers of results by year, and whether there was time for all of these years."""
        counted: dict[str, int] = {}
        for year in years:
            number = self._each.finds("year", filter_by("year", year), MOST_OF_A_YEAR)
            if number is None:
                return counted, False
            counted[year] = number
        return counted, True

    def _over_time(self, archive_months: Iterable[str]) -> dict[str, int]:
        """The numbers of results by month, if these are few years, else each year's for its first month."""
        years = self._years
        if not years or int(max(years)) - int(min(years)) >= MOST_MONTHS // 12:
            return {f"{year}-01": number for year, number in years.items()}
        months = {}
        for month in (month for month in archive_months if month[:4] in years):
            number = self._each.finds("month", _days_of(month), MOST_OF_A_YEAR)
            if number is None:
                return {}
            if number:
                months[month] = number
        return months


class _Each:
    """Counts the results of a search that fulfil one more condition, until its facet or all have had their time."""

    def __init__(self, search: Search, began: float) -> None:
        self._search = search
        self._end, self._latest_end = began + BUDGET_OF_ALL, began + LATEST_END
        self._longest = perf_counter() - began  # that of the sample
        self._ends: dict[str, float] = {}

    def finds(self, facet: str, condition: Node | None, at_most: int, expected: float = 0) -> int | None:
        """How many; None if that would end too late. `expected`: how long it takes, in seconds, if that is known."""
        now = perf_counter()
        end = min(self._end, self._ends.setdefault(facet, now + BUDGETS.get(facet, BUDGET)))
        if condition is None or now > end or now + max(self._longest, expected) > self._latest_end:
            return None
        number = next(engine().count_each(self._search.selection, [condition], at_most))
        self._longest = max(self._longest, perf_counter() - now)
        return number


def _is_listed(path: str, chosen: Collection[str]) -> bool:
    """Whether a tag is at the top, or below one that is chosen or above one that is."""
    above = labels.key(path).rpartition("/")[0]
    return not above or any(tag == above or tag.startswith(f"{above}/") for tag in chosen)


def _months() -> dict[str, int]:
    """The numbers of articles in the archive by month."""
    return _numbers(Label.objects.filter(kind=labels.MONTH, documents__gt=0))


def _numbers(found: QuerySet[Label]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for line, number in found.values_list("line", "documents"):
        numbers[line[1:]] = numbers.get(line[1:], 0) + number  # of articles with the tag, and with one below it
    return numbers


def _days_of(month: str) -> query.DateRange:
    year, number = int(month[:4]), int(month[5:])
    return query.DateRange(date(year, number, 1), date(year, number, monthrange(year, number)[1]))
