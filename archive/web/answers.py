"""How pages that change an annotation answer: a browser is led on, the reading page's script gets what has changed."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from archive.annotations.models import Annotation
from archive.articles.models import Article, Authorship
from archive.search import index
from archive.web import passages
from archive.web.hits import hits_in

FRAGMENT = "text/vnd.fragment+html"
LONGEST_NUMBER = 9  # digits
REFRESHED = 100  # articles that a page brings up to date in the index; the next import does what is left


def wants_fragment(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == FRAGMENT


def done(request: HttpRequest, annotation: Annotation, said: str) -> HttpResponse:
    """What was asked is done, and the search finds it: on to where the person came from, else to the passage."""
    index.refresh(at_most=REFRESHED, first=[annotation.article_id])
    if wants_fragment(request):
        return fragment(request, annotation.article_id, said)
    messages.success(request, said)
    if (back := way_back(request)) is not None:
        return redirect(back)
    return redirect(annotation.article if annotation.trashed_at else annotation)


def told(request: HttpRequest, article: Article | None, said: str) -> HttpResponse:
    """Nothing was done, and why."""
    if article is not None and wants_fragment(request):
        return fragment(request, article.pk, said)
    messages.info(request, said)
    return redirect(way_back(request) or article or reverse("notebook"))


def refused(request: HttpRequest, template: str, context: dict[str, Any], status: int = 400) -> HttpResponse:
    """Say why (`context["refusal"]`) and keep what was typed: in the form again, or left in the page's own form."""
    if wants_fragment(request):
        return HttpResponse(context["refusal"], status=status, content_type="text/plain; charset=utf-8")
    return render(request, template, context, status=status)


def fragment(request: HttpRequest, article_pk: int, said: str) -> HttpResponse:
    """The body and the margin of an article as they stand now, with what to announce."""
    article = Article.objects.select_related("revision", "publication").prefetch_related(in_byline_order())
    found = article.defer("metadata", "revision__original", "revision__text").get(pk=article_pk)
    shown = passages.body(request, found, hits_in(request, found))
    response = render(request, "partials/passages.html", {**shown, "said": said})
    response["Cache-Control"] = "no-store"
    return response


def in_byline_order() -> "Prefetch[str]":
    """The authors of articles with one query, as bylines and citations name them."""
    return Prefetch("authorships", Authorship.objects.select_related("author"))


def way_back(request: HttpRequest) -> str | None:
    """The page of the notebook that a form was sent from, if it was."""
    address = request.POST.get("next", "")
    is_ours = address.startswith(reverse("notebook")) and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours else None


def number(given: str | None) -> int | None:
    """A number that a form or an address gives; None for anything else."""
    return int(given) if given and given.isdecimal() and len(given) <= LONGEST_NUMBER else None
