"""Articles and annotations for tests, made the short way. Every field can be given; the rest is plausible."""

import hashlib
import itertools
from collections.abc import Callable
from datetime import date
from typing import Any

from archive.anchoring import Selector
from archive.annotations.models import Annotation, Visibility
from archive.annotations.writing import annotate
from archive.articles.models import Article, Author, Authorship, Publication, Revision
from archive.search.listing import Page
from archive.text import LocalImage, render

_numbers = itertools.count(1)


def article(
    *,
    text: str = "Some words to read.",
    html: str | None = None,
    original: bytes | None = None,
    authors: tuple[str, ...] = (),
    publication: str | None = None,
    tags: tuple[str, ...] = (),
    **fields: Any,
) -> Article:
    """An article with one revision, as an import would leave it."""
    number = next(_numbers)
    fields.setdefault("title", f"Article {number}")
    fields.setdefault("published", date(2024, 1, 1))
    fields.setdefault("word_count", len(text.split()))
    if publication is not None:
        fields["publication"] = Publication.objects.get_or_create(name=publication)[0]
    made = Article.objects.create(identity=hashlib.sha256(f"article {number}".encode()).hexdigest(), **fields)
    for position, name in enumerate(authors):
        Authorship.objects.create(article=made, author=Author.objects.get_or_create(name=name)[0], position=position)
    if tags:
        made.tags.set(tags)
    new_revision(made, text, html=html, original=original, path=f"{number}.md")
    return made


def new_revision(article: Article, text: str, *, html: str | None = None, **fields: Any) -> Revision:
    """A new current revision of an article; its annotations are not carried over."""
    original = fields.pop("original", None)
    original = text.encode() if original is None else original
    article.revision = Revision.objects.create(
        article=article,
        original=original,
        content_hash=hashlib.sha256(original).hexdigest(),
        html=f"<p>{text}</p>" if html is None else html,
        text=text,
        **{"path": "a.md", "encoding": "utf-8", "renderer_version": 1, **fields},
    )
    article.save(update_fields=["revision"])
    return article.revision


def rendered(source: str, *, resolve_image: Callable[[str], LocalImage | None] | None = None, **fields: Any) -> Article:
    """An article rendered from this Markdown, with its outline."""
    document = render(source, resolve_image=resolve_image)
    made = article(html=document.html, text=document.text, original=source.encode(), **fields)
    made.revision.headings = [{"level": each.level, "text": each.text, "id": each.id} for each in document.headings]
    made.revision.save()
    return made


def annotation(
    article: Article, owner: Any, *, quote: str = "", note: str = "", tags: tuple[str, ...] = (), shared: bool = False
) -> Annotation:
    """A highlight as made on the reading page; without a quote, a note on the whole article."""
    return annotate(
        owner,
        article,
        Selector(quote) if quote else None,
        note=note,
        tags=tags,
        visibility=Visibility.SHARED if shared else Visibility.PRIVATE,
    )


def articles_in(page: Page) -> list[Article]:
    """The articles of a page of a list, in its order, as the database has them."""
    found = Article.objects.in_bulk(row.article.pk for row in page.rows)
    return [found[row.article.pk] for row in page.rows]
