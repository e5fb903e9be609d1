"""Adding articles to collections, from a list or from an article's page."""

from __future__ import annotations

from itertools import islice

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from archive.accounts.refusing import Refused
from archive.articles.models import Article
from archive.curating import collections as verbs
from archive.curating.models import Collection, CollectionItem
from archive.exporting.selecting import found
from archive.web.library_search import LibrarySearch
from archive.web.parameters import number
from archive.web.people import reader
from archive.web.selection import back_to_list, selected
from archive.web.templatetags.pages import plural


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def collect(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader's collections as checkboxes, ticked where they contain the article, and a field for a new one."""
    person = reader(request)
    article = get_object_or_404(Article.objects.present().only("title", "language"), pk=pk)
    kept = list(verbs.kept_by(person))
    items = CollectionItem.objects.filter(article=pk, collection__in=kept)
    there = set(items.values_list("collection", flat=True))
    context = {"section": "library", "article": article, "collections": [(each, each.pk in there) for each in kept]}
    if request.method != "POST":
        return render(request, "collect.html", context)
    # Only what was ticked or cleared on the page changes: other collections may have been made since.
    seen = set(map(number, request.POST.getlist("seen")))
    ticked = set(map(number, request.POST.getlist("collection")))
    own = {each.pk for each in kept}
    name = request.POST.get("name", "").strip()
    try:
        with transaction.atomic():
            new = [verbs.create(person, name).pk] if name else []
            for each in [*sorted(own & (ticked - seen)), *new]:
                verbs.add(person, each, [pk])
            for each in sorted(own & (seen - ticked)):
                verbs.remove(person, each, pk)
    except Refused as refusal:
        return render(request, "collect.html", {**context, "refusal": str(refusal), "name": name}, status=400)
    messages.success(request, "Collections saved.")
    return redirect(article)


@require_POST
@login_required
def add_to_collection(request: HttpRequest) -> HttpResponse:
    """Add the articles selected in a list, or all that a search finds, to a collection or to a new one."""
    person = reader(request)
    if "asked" in request.POST:
        search = LibrarySearch.read(QueryDict(request.POST["asked"]))
        # One more than a collection can hold, so that too many are refused.
        articles = list(islice(found(search.query, person.pk), verbs.MOST_ARTICLES + 1))
    else:
        articles = selected(request.POST)
    back = back_to_list(request)
    name = request.POST.get("name", "").strip()
    try:
        with transaction.atomic():
            if name:
                collection = verbs.named(person, name) or verbs.create(person, name)
            else:
                collection = get_object_or_404(verbs.kept_by(person), pk=number(request.POST.get("collection")))
            added = verbs.add(person, collection.pk, articles)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    said = f"{plural(added, 'article,articles')} added to “{collection.name}”." if added else _nothing_new(collection)
    messages.success(request, said)
    return redirect(back)


def _nothing_new(collection: Collection) -> str:
    return f"“{collection.name}” already has these articles."
