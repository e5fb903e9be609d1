"""The editable details of an article, as text or lists of text, for forms and histories."""

from __future__ import annotations

from datetime import date
from typing import Any

from archive.articles import dates
from archive.articles.bylines import set_authors
from archive.articles.models import Article, DatePrecision, Publication

Value = str | list[str]
Values = dict[str, Value]

LABELS = {
    "title": "Title",
    "authors": "Authors",
    "publication": "Publication",
    "published": "Published",
    "clipped": "Clipped",
    "modified": "Modified",
    "source_url": "Source",
    "language": "Language",
    "description": "Description",
    "tags": "Tags",
}
FIELDS = tuple(LABELS)


def values(article: Article) -> Values:
    """The current details. A date is no more precise than it is known: `2026`, `2026-02` or `2026-02-05`."""
    return {
        "title": article.title,
        "authors": [each.author.name for each in article.authorships.select_related("author")],
        "publication": article.publication_name,
        "published": machine(article.published, article.published_precision),
        "clipped": machine(article.clipped),
        "modified": machine(article.modified),
        "source_url": article.source_url,
        "language": article.language,
        "description": article.description,
        "tags": sorted(article.tags.names(), key=str.casefold),
    }


def machine(day: date | None, precision: str = DatePrecision.DAY) -> str:
    """A date as in `values`; empty for none."""
    return dates.machine(day, precision) if day else ""


def write(article: Article, changed: Values) -> None:
    """Set these details and save them together with `edited_fields`."""
    fields: dict[str, Any] = {}
    for name, value in changed.items():
        if name == "authors":
            set_authors({article.pk: value}, replace=[article.pk])
        elif name == "publication":
            fields[name] = _publication(str(value))
        elif name in ("published", "clipped", "modified"):
            fields[name], precision = _date(str(value))
            if name == "published":
                fields["published_precision"] = precision
        else:
            fields[name] = value
    article.write(fields)


def _publication(name: str) -> Publication | None:
    if not name:
        return None
    known = Publication.objects.filter(name=name).first() or Publication.objects.filter(name__iexact=name).first()
    return known or Publication.objects.create(name=name)


def _date(written: str) -> tuple[date | None, str]:
    if not written:
        return None, DatePrecision.DAY
    precision = {4: DatePrecision.YEAR, 7: DatePrecision.MONTH}.get(len(written), DatePrecision.DAY)
    return date.fromisoformat(written + {4: "-01-01", 7: "-01"}.get(len(written), "")), precision
