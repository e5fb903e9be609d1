"""Passages as Obsidian Web Clipper highlights, which the browser extension imports and shows on the live pages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import timedelta
from html import escape
from itertools import groupby
from typing import Any

from archive.annotations.models import Annotation
from archive.articles.models import Article
from archive.exporting.recipient import Recipient
from archive.formats.frontmatter import citable_url

_MILLISECOND = timedelta(milliseconds=1)


def clipper_json(annotations: Iterable[Annotation], recipient: Recipient) -> Iterator[str]:
    """A page for each article with a web address, in pieces for a streaming response; replies become notes on their
    parent's highlight. The format has no notes on whole articles or images.

    An article's annotations come together, and replies right after their parent.
    """
    separator = "[\n"
    for article, group in groupby(annotations, key=lambda annotation: annotation.article):
        if article.source_url and (highlights := _highlights(group, recipient)):
            yield separator + json.dumps(_page(article, highlights), ensure_ascii=False, indent=1)
            separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def _page(article: Article, highlights: list[dict[str, Any]]) -> dict[str, Any]:
    return {"url": citable_url(article.source_url), "title": article.title, "highlights": highlights}


def _highlights(annotations: Iterable[Annotation], recipient: Recipient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    by_id: dict[int, dict[str, Any]] = {}
    taken = set()  # timestamps in milliseconds, which the extension uses as ids of highlights
    for annotation in annotations:
        note = recipient.note_of(annotation)
        if annotation.parent_id in by_id and note:
            by_id[annotation.parent_id].setdefault("notes", []).append(note)
        if not annotation.exact or annotation.parent_id:
            continue
        when = annotation.created_at
        while (stamp := when.isoformat(timespec="milliseconds").replace("+00:00", "Z")) in taken:
            when += _MILLISECOND
        taken.add(stamp)
        # The text is HTML.
        highlight = {"text": escape(annotation.exact, quote=False), "timestamp": stamp} | (
            {"notes": [note]} if note else {}
        )
        by_id[annotation.pk] = highlight
        found.append(highlight)
    return found
