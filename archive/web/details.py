"""Everything known about an article."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from archive.articles import dates
from archive.web.reading import readable_article

MOST_REVISIONS = 100


@require_safe
def details(request: HttpRequest, pk: int) -> HttpResponse:
    """What the archive read from the file, every key as written, where the file came from, and the revisions."""
    article = readable_article(request, pk, "revision__original", "revision__html", "revision__text")
    revisions = list(article.revisions.defer("original", "html", "text", "headings", "images")[:MOST_REVISIONS])
    context = {
        "article": article,
        "facts": [(label, value) for label, value in _facts(article) if value],
        "metadata": [(key, _as_written(value)) for key, value in article.metadata.items()],
        "revisions": list(zip(revisions, [*revisions[1:], None], strict=True)),
        # File paths and imports are for staff only.
        "files": article.source_files.select_related("run")[:MOST_REVISIONS] if request.user.is_staff else [],
    }
    return render(request, "details.html", context)


def _facts(article: Any) -> list[tuple[str, Any]]:
    return [
        ("Title", article.title),
        ("Source", article.source_url),
        ("Publication", article.publication),
        ("Host", article.publication.host if article.publication else ""),
        ("Authors", ", ".join(authorship.author.name for authorship in article.authorships.select_related("author"))),
        ("Published", dates.written(article.published, article.published_precision) if article.published else ""),
        ("Clipped", dates.written(article.clipped) if article.clipped else ""),
        ("Modified", dates.written(article.modified) if article.modified else ""),
        ("Description", article.description),
        ("Language", article.language),
        ("Image", article.image),
        ("Tags", ", ".join(sorted(tag.name for tag in article.tags.all()))),
        ("Words", f"{article.word_count:,}"),
        ("Word count in file", f"{article.word_count_stated:,}" if article.word_count_stated is not None else ""),
        ("Edited here", ", ".join(article.edited_fields)),
        ("Added", dates.written(localdate(article.created_at))),
    ]


def _as_written(value: Any) -> str:
    """A front matter value as text: a list with one item per line, nested values as JSON."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "\n".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
