"""Labels that a reader may be about to type."""

from collections.abc import Collection
from dataclasses import dataclass

from archive.query.preparing import prepare
from archive.search.counts import completed, counts, written
from archive.search.searching import Search


@dataclass(frozen=True)
class Completion:
    """A label of a field (tag, author or site), and how many articles have it."""

    field: str
    label: str
    count: int


def complete(fields: Collection[str], begin: str, at_most: int) -> list[Completion]:
    """The commonest labels of these fields in which a word begins so; of tags, where nothing is typed yet, those that
    stand below no other.
    """
    prepared = prepare(begin)
    if begin.strip() and not prepared:
        return []
    search = Search(None)
    found = []
    for field in fields:
        if prepared:
            numbers = completed(search, field, prepared, at_most)
        else:
            numbers = counts(search, field, at_most, only="[^/]+" if field == "tag" else None)
        found += [(-number, key, field) for key, number in numbers.items()]
    return [Completion(field, written(search, field, key), -number) for number, key, field in sorted(found)[:at_most]]
