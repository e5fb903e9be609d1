"""Labels that a reader may be about to type."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Max, Sum

from archive.search import labels
from archive.search.models import Label
from archive.search.preparing import prepare

KINDS = {"tag": labels.TAG, "author": labels.AUTHOR, "site": labels.SITE}


@dataclass(frozen=True)
class Completion:
    """A label of a field (tag, author or site), and how many articles have it."""

    field: str
    label: str
    count: int


def complete(fields: Collection[str], begin: str, at_most: int) -> list[Completion]:
    """The commonest labels of these fields in which a word begins so. One query."""
    prepared = prepare(begin)
    if begin.strip() and not prepared:
        return []
    names = {KINDS[field]: field for field in fields}
    rows = (
        Label.objects.filter(kind__in=names, documents__gt=0, words__contains=f" {prepared}")
        .values("kind", "token")
        .annotate(count=Sum("documents"), written=Max("line"))
        .order_by("-count", "token")[:at_most]
    )
    return [Completion(names[row["kind"]], row["written"][1:], row["count"]) for row in rows]
