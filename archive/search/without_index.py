"""The list of all articles while the index is being made, from the database alone."""

from django.db.models import QuerySet

from archive.articles.models import Article

SORTS = {
    "published": ("-published", "-pk"),
    "added": ("-pk",),
    "clipped": ("-clipped", "-pk"),
    "title": ("title", "pk"),
    "length": ("-word_count", "-pk"),
}
_MARK = "at-"  # what a cursor begins with


def articles(sort: str | None) -> QuerySet[Article]:
    """All articles in this order."""
    name = (sort or "").removeprefix("-")
    found = Article.objects.present().order_by(*SORTS.get(name, SORTS["published"]))
    return found.reverse() if (sort or "").startswith("-") else found


def page(sort: str | None, after: str | None, size: int) -> tuple[list[int], int, str | None]:
    """The ids of a page, how many articles there are, and the cursor of the next page if there is one."""
    found = articles(sort)
    total = found.count()
    given = (after or "").removeprefix(_MARK)
    start = int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0
    ids = list(found.values_list("pk", flat=True)[start : start + size])
    return ids, total, f"{_MARK}{start + size}" if start + size < total else None
