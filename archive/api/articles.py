"""`/api/articles`: searching articles, and sending pages to the archive."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from archive.accounts.models import Scope
from archive.accounts.token_requests import refused, takes_token
from archive.api.bodies import BadBody, store
from archive.api.found_articles import found_articles
from archive.articles.models import Article
from archive.importing.sent_pages import Parcel, Sent

DUMP = {"ensure_ascii": False}


@takes_token(write=Scope.SAVE)
@require_http_methods(["GET", "HEAD", "POST"])
def articles(request: HttpRequest) -> HttpResponse:
    """GET: search results. POST: import the page in the body."""
    if request.method == "POST":
        return _take(request)
    return JsonResponse(found_articles(request), json_dumps_params=DUMP)


def _take(request: HttpRequest) -> HttpResponse:
    """Import a page with the same code as an upload: 201 if the article is new, 200 if it is known.

    202 if another import is running: the page is stored, and imported after it.
    """
    assert request.user.is_authenticated
    if not request.user.is_staff:
        return refused(403, "Only staff can add articles.")
    try:
        with Parcel(request.user) as parcel:
            sent = parcel.send(store(request, parcel.folder))
    except BadBody as error:
        return refused(error.status, str(error))
    except OSError as error:
        return refused(503, f"The page could not be stored: {error.strerror}. Nothing was imported.")
    if sent is None:
        said = {"status": "waiting", "import": request.build_absolute_uri(reverse("imports"))}
        return JsonResponse(
            {**said, "message": "Another import is running. The page will be imported after it."}, status=202
        )
    return _answer(request, sent)


def _answer(request: HttpRequest, sent: Sent) -> HttpResponse:
    run = request.build_absolute_uri(reverse("import-run", args=[sent.run])) if sent.run is not None else None
    made_of_it = {"import": run, "problems": [asdict(problem) for problem in sent.problems]}
    if sent.error:
        return JsonResponse({"error": sent.error, **made_of_it}, status=503, json_dumps_params=DUMP)
    article = Article.objects.filter(pk=sent.article).first() if sent.article is not None else None
    if article is None:
        why = " ".join(problem.message for problem in sent.problems) or "It contains nothing to import."
        return JsonResponse({"error": why, **made_of_it}, status=400, json_dumps_params=DUMP)
    url = request.build_absolute_uri(article.get_absolute_url())
    said: dict[str, Any] = {
        "status": sent.outcome,
        "id": article.pk,
        "url": url,
        "title": article.title,
        "source_url": article.source_url,
        "words": article.word_count,
        **made_of_it,
    }
    response = JsonResponse(said, status=201 if sent.outcome == "created" else 200, json_dumps_params=DUMP)
    response["Location"] = url
    return response
