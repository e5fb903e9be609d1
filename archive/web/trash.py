"""The trash."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.accounts.permissions import staff_required
from archive.articles.models import Article

SHOWN = 200


@require_safe
@staff_required
def trash(request: HttpRequest) -> HttpResponse:
    """The articles thrown away last. The administration finds those further back."""
    thrown_away = Article.objects.exclude(trashed_at=None).filter(joined_into=None)
    thrown_away = thrown_away.select_related("publication").defer("metadata")
    articles = list(thrown_away.order_by("-trashed_at", "-id")[: SHOWN + 1])
    context = {"section": "library", "articles": articles[:SHOWN], "has_more": len(articles) > SHOWN}
    return render(request, "trash.html", context)
