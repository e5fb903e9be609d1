"""Completions for labels."""

from collections.abc import Collection
from dataclasses import dataclass

from archive.search.counts import beginning_so, counts, written
from archive.search.searching import Search


@dataclass(frozen=True)
class Completion:
    """A label of a field (tag, author or site), and the number of articles that have it."""

    field: str
    label: str
    count: int


def complete(fields: Collection[str], begin: str, at_most: int) -> list[Completion]:
    """The most common labels of these fields with a word that begins like this; if nothing is typed yet, top-level tags
    only."""
    search = Search(None)
    found = []
    for field in fields:
        if field == "tag" and not begin.strip():
            numbers = counts(search, "top", at_most)
        else:
            numbers = beginning_so(search, field, begin, at_most)
        found += [(-number, key, field) for key, number in numbers.items()]
    return [Completion(field, written(search, field, key), -number) for number, key, field in sorted(found)[:at_most]]
