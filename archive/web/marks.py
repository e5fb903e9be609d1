"""A reader's marks on an article: read, starred, and where they stopped reading."""

from collections.abc import Callable, Collection
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from archive.articles.models import Article
from archive.reading import marking
from archive.reading.models import ReadingState
from archive.web.answers import wants_fragment
from archive.web.parameters import number
from archive.web.people import reader

Verb = Callable[[Any, Collection[int]], list[int]]
VERBS: dict[str, tuple[Verb, str]] = {
    "read": (marking.mark_read, "Marked as read."),
    "unread": (marking.mark_unread, "Marked as unread."),
    "star": (marking.star, "Starred."),
    "unstar": (marking.unstar, "Star removed."),
}


@login_required
@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply `mark`, or, when the page is left, store the `position` (code points). The script gets the updated buttons,
    other clients a redirect to the article."""
    article = get_object_or_404(Article.objects.present().defer("metadata"), pk=pk)
    position = number(request.POST.get("position"))
    verb, said = VERBS.get(request.POST.get("mark", ""), (None, ""))
    if verb is None and position is None:
        return HttpResponseBadRequest("Unknown action.")
    if verb is not None:
        verb(reader(request), [pk])
    elif position is not None:
        marking.keep_place(reader(request), pk, position)
    if verb is None:
        return HttpResponse(status=204)
    if wants_fragment(request):
        return render(request, "partials/marks.html", {"article": article, "state": state(request, pk), "said": said})
    query = request.GET.urlencode()
    return redirect(article.get_absolute_url() + (f"?{query}" if query else ""))


def state(request: HttpRequest, article_pk: int) -> ReadingState | None:
    """The reader's own marks on the article, if any."""
    return ReadingState.objects.owned_by(request.user).filter(article=article_pk).first()
