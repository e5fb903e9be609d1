"""Articles and annotations for tests, made the short way. Every field can be given; the rest is plausible."""

import hashlib
import itertools
from datetime import date
from typing import Any

from archive.anchoring import Selector
from archive.annotations.models import Annotation, Visibility
from archive.annotations.writing import annotate
from archive.articles.models import Article, Author, Authorship, Publication, Revision

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
    original = text.encode() if original is None else original
    made.revision = Revision.objects.create(
        article=made,
        original=original,
        content_hash=hashlib.sha256(original).hexdigest(),
        path=f"{number}.md",
        encoding="utf-8",
        html=f"<p>{text}</p>" if html is None else html,
        text=text,
        renderer_version=1,
    )
    made.save(update_fields=["revision"])
    return made


def annotation(
    article: Article, owner: Any, *, quote: str = "", note: str = "", tags: tuple[str, ...] = (), shared: bool = False
) -> Annotation:
    """A passage that a reader marked, as on the reading page; without a quote a note on the whole article."""
    return annotate(
        owner,
        article,
        Selector(quote) if quote else None,
        note=note,
        tags=tags,
        visibility=Visibility.SHARED if shared else Visibility.PRIVATE,
    )
