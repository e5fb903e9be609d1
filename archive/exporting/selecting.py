"""All articles that a search finds or a collection contains."""

from __future__ import annotations

from collections.abc import Iterator

from archive.curating.models import Collection
from archive.query import Query
from archive.search import index, listing


def found(asked: Query, reader: int | None = None) -> Iterator[int]:
    """Their ids in the search's order. `reader` is the id of the person searching."""
    index.catch_up()  # an export must not miss what the index does not have yet
    return listing.all_ids(asked, reader)


def articles_of(collection: Collection) -> list[int]:
    """The ids of its articles that are not in the trash, in its order."""
    items = collection.items.filter(article__trashed_at=None).order_by("position")
    return list(items.values_list("article", flat=True))
