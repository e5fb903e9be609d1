"""Which key of a file means which field: clippers, blogs and note-takers each have names of their own."""

from __future__ import annotations

import re
from functools import lru_cache

# By field, the better key first: the first one with a usable value gives the field (tags are gathered from all).
KEYS: dict[str, tuple[str, ...]] = {
    "title": ("title", "full title", "headline", "link text"),
    "source_url": ("source", "url", "original url", "source url", "link", "canonical", "canonical url",
                   "web clip url", "omnivore url"),
    "site": ("site", "site name", "publisher", "publication", "website", "domain"),
    "authors": ("author", "authors", "byline", "creator", "creators", "by"),
    "published": ("published", "date published", "pub date", "published date", "publish date", "publication date",
                  "published at", "date", "ms.date", "year"),
    "clipped": ("clipped", "created", "date saved", "saved", "added", "date clipped", "date added", "date created",
                "created at", "saved at", "fetched", "retrieved", "accessed"),
    "modified": ("modified", "updated", "lastmod", "date modified", "last modified", "updated at", "last updated",
                 "date updated"),
    "description": ("description", "excerpt", "summary"),
    "tags": ("tags", "tag", "topics", "topic", "categories", "category", "keywords", "keyword", "document tags"),
    "language": ("lang", "language"),
    "image": ("image", "cover"),
    "word_count": ("word count", "words"),
}  # fmt: skip


@lru_cache(maxsize=1024)
def same_key(key: str) -> str:
    """The key without what spelling varies in: case, spaces, underscores, hyphens, a second colon."""
    return re.sub(r"[\s_:-]", "", key).casefold()


RANKS: dict[str, tuple[str, int]] = {
    same_key(key): (field, rank) for field, keys in KEYS.items() for rank, key in enumerate(keys)
}


def field_of(key: str) -> str | None:
    """The field that a key gives, if any."""
    return RANKS.get(same_key(key), (None, 0))[0]


def is_known(key: str) -> bool:
    """Whether the key gives one of the archive's fields."""
    return same_key(key) in RANKS
