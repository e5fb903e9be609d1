"""Articles as bookmarks, in the HTML format that every browser and bookmark service reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from html import escape
from itertools import islice

from archive.articles.models import Article
from archive.formats.frontmatter import citable_url

MEDIA_TYPE = "text/html; charset=utf-8"
AT_ONCE = 200  # articles
_HEAD = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
"""


def bookmarks_html(ids: Iterable[int]) -> Iterator[str]:
    """Those of these articles that have a web address, in this order, in pieces for a streaming response.

    Each has its title, tags, description and the time it was saved: when it was clipped, else when it was imported.
    """
    yield _HEAD
    left = iter(ids)
    while portion := list(islice(left, AT_ONCE)):
        read = Article.objects.only("title", "source_url", "description", "clipped", "created_at")
        found = read.prefetch_related("tags").in_bulk(portion)  # type: ignore[misc]  # taggit's manager
        yield "".join(_bookmark(found[pk]) for pk in portion if pk in found and found[pk].source_url)
    yield "</DL><p>\n"


def _bookmark(article: Article) -> str:
    saved = datetime.combine(article.clipped, time(), UTC) if article.clipped else article.created_at
    tags = ",".join(sorted(tag.name for tag in article.tags.all()))
    told = f"    <DD>{_text(article.description)}\n" if article.description else ""
    attributes = {"HREF": citable_url(article.source_url), "ADD_DATE": str(int(saved.timestamp())), "TAGS": tags}
    written = " ".join(f'{name}="{_text(value)}"' for name, value in attributes.items() if value)
    return f"    <DT><A {written}>{_text(article.title)}</A>\n{told}"


def _text(text: str) -> str:
    return escape(" ".join(text.split()))
