"""Articles as documents of the index."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from hashlib import blake2b
from typing import Any

import tantivy
from django.db.models import F, Value
from django.db.models.functions import StrIndex

from archive.articles.models import Article, Authorship
from archive.articles.tagging import tag_names
from archive.query import label_terms
from archive.query.labels import each_once, facet_key, folders, hosts, languages, tag_path, tags_above
from archive.query.sorting import position, recency, title_numbers
from archive.query.spellings import written
from archive.search.kinds import Kind
from archive.search.models import ArticleChange
from archive.search.schema import ARTICLES, TITLE_BYTES, TITLE_COLUMNS
from archive.search.store import Store

TEXTS_AT_ONCE = 20  # in memory


def build(article_ids: Collection[int]) -> Iterator[tuple[int, tantivy.Document]]:
    """The documents of these articles, one by one, each with its id; none for what is gone or in the trash."""
    rows = (
        Article.objects.present()
        .filter(pk__in=article_ids)
        .order_by("pk")
        .values(
            *("id", "title", "description", "published", "clipped", "language", "word_count"),
            publication_name=F("publication__name"),
            host=F("publication__host"),
            path=F("revision__path"),
            text=F("revision__text"),
            image_at=StrIndex(F("revision__html"), Value("<img")),
        )
        .iterator(TEXTS_AT_ONCE)
    )
    bylines = Authorship.objects.filter(article_id__in=article_ids).order_by("position")
    authors: defaultdict[int, list[str]] = defaultdict(list)
    for article_id, name in bylines.values_list("article_id", "author__name"):
        authors[article_id].append(name)
    tags = tag_names(Article, article_ids)
    for row in rows:
        yield row["id"], _document(row, authors[row["id"]], tags[row["id"]])


def _document(row: Mapping[str, Any], authors: list[str], tags: list[str]) -> tantivy.Document:
    published, text, host = row["published"], row["text"] or "", row["host"] or ""
    authors, tags = each_once(authors), each_once(map(tag_path, tags))
    sites = each_once([row["publication_name"] or ""])
    counted = {
        "tag": each_once([*tags, *(above for tag in tags for above in tags_above(tag))]),
        "author": authors,
        "site": sites,
    }
    texts = {
        "title": [row["title"]],
        "description": [row["description"]],
        "authors": authors,
        "names": [*tags, *sites, host],
    }
    document = tantivy.Document()
    for field, values in texts.items():
        for value in values:
            add_text(document, (field, "all"), value)
    add_text(document, ("all",), text)
    for facet, found in counted.items():
        for key in dict.fromkeys(facet_key(facet, label) for label in found):
            document.add_text(facet, key)
            if facet == "tag" and "/" not in key:
                document.add_text("top", key)
        for term in (term for label in found for term in label_terms.dictionary(facet, label)):
            document.add_text("label", term)
    tokens = " ".join(_filters(row, counted, host))
    document.add_text("filter", tokens)
    shown = json.dumps([authors, tags])
    document.add_bytes("labels", shown.encode())
    clipped = row["clipped"].toordinal() if row["clipped"] else 0
    numbers = {
        "id": row["id"],
        "position": position(published, row["id"]),
        "clipped": clipped,
        "words": row["word_count"],
        "month": published.year * 12 + published.month - 1 if published else 0,  # since the year 0
        **dict(zip(TITLE_COLUMNS, title_numbers(row["title"], len(TITLE_COLUMNS), TITLE_BYTES), strict=True)),
        "digest": digest(row["title"], row["description"], text, shown, tokens, published, clipped, row["word_count"]),
    }
    for name, number in numbers.items():
        document.add_unsigned(name, number)
    document.add_float("recency", recency(published))
    return document


def _filters(row: Mapping[str, Any], counted: Mapping[str, list[str]], host: str) -> Iterator[str]:
    """The tokens of all labels of an article that one can filter by."""
    found = {
        "tag": counted["tag"],
        "site": [*counted["site"], *hosts(host)],
        "lang": languages(row["language"]),
        "path": folders(row["path"] or ""),
        "has": ["images"] if row["image_at"] else [],
    }
    return (label_terms.token(kind, label) for kind, values in found.items() for label in values)


def add_text(document: tantivy.Document, fields: Collection[str], text: str) -> None:
    """Put a text into these fields, with the other spellings of its words. Each stands apart from the next, so that no
    phrase runs from one into another.
    """
    for value in written(text):
        for field in fields:
            document.add_text(field, value)


def digest(*values: object) -> int:
    """A number that is another one as soon as any of these values is."""
    return int.from_bytes(blake2b(repr(values).encode("utf-8", "replace"), digest_size=7).digest())


store = Store(Kind("articles", ARTICLES, ArticleChange, Article.objects.present, build, "position"))
