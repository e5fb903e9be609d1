"""Fetching articles' images from other sites, for one article or all, at the request of staff."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from archive.accounts.permissions import staff_required
from archive.articles.models import Article
from archive.importing.remote_pictures import AlreadyFetching, fetch_in_background
from archive.web.parameters import number
from archive.web.people import reader


@require_POST
@staff_required
def fetch_images(request: HttpRequest) -> HttpResponse:
    """Start fetching them, and redirect to the report."""
    articles = Article.objects.present().order_by("-pk").values_list("pk", flat=True)
    given = request.POST.get("article")
    if given is not None:
        articles = articles.filter(pk=number(given) or 0)
    try:
        run = fetch_in_background(articles, reader(request))
    except AlreadyFetching as error:
        messages.info(request, str(error))
        return redirect("imports")
    return redirect("import-run", run.pk)
