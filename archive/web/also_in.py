"""Where else an article appeared: what it was joined with, and what may be the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from archive.articles.models import Article
from archive.curating.models import DoublePair
from archive.formats.frontmatter.urls import host_of

MOST_SHOWN = 10


@dataclass(frozen=True)
class Elsewhere:
    """Another place of the same article. What is not joined with it may be the same: `pair` asks whether it is."""

    name: str
    href: str
    is_joined: bool
    pair: int


def also_in(article: Article) -> list[Elsewhere]:
    """Where an article appeared besides, those that are surely the same first."""
    pairs = DoublePair.objects.of(article.pk).select_related("first__publication", "second__publication")
    shown = pairs.defer("first__metadata", "second__metadata").order_by("-state", "-likeness", "id")[:MOST_SHOWN]
    return [_elsewhere(article, pair) for pair in shown]


def _elsewhere(article: Article, pair: Any) -> Elsewhere:
    other = pair.second if pair.first_id == article.pk else pair.first
    is_joined = pair.kept_id == article.pk
    name = other.publication.name if other.publication else host_of(other.source_url) or other.title
    href = other.get_absolute_url()
    if is_joined:
        texts = [article.pk, pair.record.get("revision"), article.revision_id]
        has_both = None not in texts and texts[1] != texts[2]
        href = reverse("revisions", args=texts) if has_both else reverse("details", args=[article.pk])
    return Elsewhere(name, href, is_joined, pair.pk)
