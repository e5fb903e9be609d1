"""Responses of pages that change an annotation: a redirect for browsers, the changed parts for the reading page's
script."""

from typing import Any
from urllib.parse import urldefrag

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from archive.annotations.models import Annotation
from archive.articles.bylines import bylines
from archive.articles.models import Article
from archive.search import index
from archive.web import passages
from archive.web.hits import hits_in
from archive.web.parameters import way_back

FRAGMENT = "text/vnd.fragment+html"


def wants_fragment(request: HttpRequest) -> bool:
    """Whether the reading page's script sent the request and wants the changed parts."""
    return request.headers.get("Accept") == FRAGMENT


def done(request: HttpRequest, annotation: Annotation, said: str, *, offer: str = "undo") -> HttpResponse:
    """The change was made: redirect to where the person came from, else to the passage. `offer` is what the page's
    script offers next, undo or redo."""
    index.refresh()
    if wants_fragment(request):
        return fragment(request, annotation.article_id, said, offer)
    messages.success(request, said)
    if (back := to_notebook(request)) is not None:
        # A trashed note is no place to return to, but its article may have others.
        return redirect(f"{urldefrag(back).url}#article-{annotation.article_id}" if annotation.trashed_at else back)
    return redirect(annotation.article if annotation.trashed_at else annotation)


def told(request: HttpRequest, article: Article | None, said: str) -> HttpResponse:
    """Nothing was done; `said` explains why."""
    if article is not None and wants_fragment(request):
        return fragment(request, article.pk, said)
    messages.info(request, said)
    return redirect(to_notebook(request) or article or reverse("notebook"))


def refused(request: HttpRequest, template: str, context: dict[str, Any], status: int = 400) -> HttpResponse:
    """Show the reason (`context["refusal"]`) and keep what was typed, in the form shown again or in the page's own
    form."""
    if wants_fragment(request):
        return HttpResponse(context["refusal"], status=status, content_type="text/plain; charset=utf-8")
    return render(request, template, context, status=status)


def fragment(request: HttpRequest, article_pk: int, said: str, offer: str = "") -> HttpResponse:
    """An article's current body and margin, with a message to announce."""
    article = Article.objects.select_related("revision", "publication").prefetch_related(bylines())
    found = article.defer("metadata", "revision__original", "revision__text").get(pk=article_pk)
    shown = passages.body(request, found, hits_in(request, found))
    response = render(request, "partials/passages.html", {**shown, "said": said, "offer": offer})
    response["Cache-Control"] = "no-store"
    return response


def to_notebook(request: HttpRequest) -> str | None:
    """The notebook page that a form was sent from, if any."""
    return way_back(request.POST.get("next", ""), reverse("notebook"))
