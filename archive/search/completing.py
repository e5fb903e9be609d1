"""Labels that a reader may be about to type."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Max, Sum

from archive.query.preparing import prepare
from archive.search import labels
from archive.search.models import Label

SPELLINGS = 3  # of a label, that are looked at where nothing is typed yet
KINDS = {"tag": labels.TAG, "author": labels.AUTHOR, "site": labels.SITE}


@dataclass(frozen=True)
class Completion:
    """A label of a field (tag, author or site), and how many articles have it."""

    field: str
    label: str
    count: int


def complete(fields: Collection[str], begin: str, at_most: int) -> list[Completion]:
    """The commonest labels of these fields in which a word begins so; of tags, where nothing is typed yet, those that
    stand below no other. One query.
    """
    prepared = prepare(begin)
    if begin.strip() and not prepared:
        return []
    names = {KINDS[field]: field for field in fields}
    found = Label.objects.filter(kind__in=names, documents__gt=0)
    if prepared:
        found = found.filter(words__contains=f" {prepared}")
    else:  # adding up the spellings of every label would take long where there are many: of the commonest it will do
        commonest = found.filter(above="").order_by("-documents").values("token")[: SPELLINGS * at_most]
        found = found.filter(token__in=commonest)
    rows = (
        found.values("kind", "token")
        .annotate(count=Sum("documents"), written=Max("line"))
        .order_by("-count", "token")[:at_most]
    )
    return [Completion(names[row["kind"]], row["written"][1:], row["count"]) for row in rows]
