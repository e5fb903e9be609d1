"""The articles that a run added."""

from django.db.models import Count, Max, Min

from archive.importing.models import ImportedArticle


def articles_of(run: int) -> list[tuple[int, int]]:
    """The ids of the articles as inclusive ranges: a run's articles mostly have consecutive ids, so a million of them
    can be one range."""
    brought = ImportedArticle.objects.filter(run=run)
    ends = brought.aggregate(first=Min("article"), last=Max("article"), number=Count("article"))
    if not ends["number"]:
        return []
    if ends["last"] - ends["first"] + 1 == ends["number"]:
        return [(ends["first"], ends["last"])]
    return _ranges(list(brought.order_by("article").values_list("article", flat=True)))


def _ranges(ids: list[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for number in ids:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
