"""The differences between two revisions of an article's file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from archive.articles.models import Revision
from archive.web import line_diff
from archive.web.reading import readable_article


@require_safe
def revisions(request: HttpRequest, pk: int, old_pk: int, new_pk: int) -> HttpResponse:
    """Compare the two files line by line. Raises Http404 unless both are of this article."""
    article = readable_article(request, pk, "metadata", "revision__original", "revision__html", "revision__text")
    of_article = article.revisions.defer("html", "text", "headings")
    old, new = (get_object_or_404(of_article, pk=revision_pk) for revision_pk in (old_pk, new_pk))
    context = {"article": article, "old": old, "new": new, "diff": line_diff.compare(_source(old), _source(new))}
    return render(request, "revisions.html", context)


def _source(revision: Revision) -> str:
    text = bytes(revision.original).decode(revision.encoding, "replace")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
