"""Atom feeds of the archive, of any search, and of saved searches."""

import hashlib
from dataclasses import replace
from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.html import escape
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from archive.accounts import time_zones
from archive.curating.models import SavedSearch
from archive.exporting.citation import appeared
from archive.search import listing
from archive.search.listing import Row
from archive.search.searching import Search
from archive.web.atom import AtomFeed, media_type, updated_at
from archive.web.library_search import LibrarySearch

SIZE = 50  # articles, newest first by date added
LONGEST_SUMMARY = 600  # code points


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """The articles last added to the archive or to a search's results."""
    search = LibrarySearch.read(request.GET)
    chips = ", ".join(chip.label for chip in search.chips)
    return _feed(request, search, request.user.pk, f"{chips} · Commonplace" if chips else "Commonplace")


@require_safe
@login_not_required
def saved_feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """A saved search's feed, for anyone who has its address."""
    saved = get_object_or_404(SavedSearch.objects.select_related("owner"), secret=secret, owner__is_active=True)
    with timezone.override(time_zones.of_person(saved.owner)):  # a feed reader has no time zone of its own
        search = LibrarySearch.read(QueryDict(saved.address))
        return _feed(request, search, saved.owner_id, f"{saved.name} · Commonplace")


def _feed(request: HttpRequest, search: LibrarySearch, reader: int | None, title: str) -> HttpResponseBase:
    here = request.build_absolute_uri()
    # A search may count back from today, and the feed contains addresses with the request's host.
    asked = Search(search.query.node, reader)
    name = asked.name_of("feed", timezone.localdate(), reader, here, search.encoded, title)
    known: str | None = cache.get(name)
    response = get_conditional_response(request, etag=known) if known else None
    if response is None:
        rows = listing.find(replace(search.query, sort="added"), size=SIZE, reader=reader).rows
        updated = updated_at(row.article.pk for row in rows)
        latest = max(updated.values(), default=None)
        written = HttpResponse(_written(request, search, title, rows, updated), content_type=media_type(request))
        # Built only from what is shown: the state of the index changes with anyone's private notes.
        etag = written["ETag"] = quote_etag(hashlib.sha256(written.content).hexdigest())
        cache.set(name, etag)
        if latest is not None:
            written["Last-Modified"] = http_date(latest.timestamp())
        last_modified = int(latest.timestamp()) if latest else None
        response = get_conditional_response(request, etag, last_modified, written)
    assert response is not None
    patch_cache_control(response, private=True, max_age=0)
    patch_vary_headers(response, ["Accept"])
    response["X-Robots-Tag"] = "noindex"
    return response


def _written(
    request: HttpRequest, search: LibrarySearch, title: str, rows: list[Row], updated: dict[int, datetime]
) -> str:
    absolute = request.build_absolute_uri
    written = AtomFeed(
        title=title,
        link=absolute(reverse("library") + (search.href if search.encoded else "")),
        description="",
        feed_url=absolute(),
    )
    for row in rows:
        article = row.article
        written.add_item(
            title=article.title,
            link=absolute(article.get_absolute_url()),
            description=_summary(row),
            unique_id=absolute(reverse("article", args=[article.pk])),
            people=row.authors,
            categories=row.tags,
            pubdate=article.created_at,
            updateddate=updated.get(article.pk, article.created_at),
        )
    return written.writeString("utf-8")


def _summary(row: Row) -> str:
    """Where and when it appeared, and its description, as HTML, which is what feed readers expect.

    Each part has its own text direction, so that an English date next to Arabic text is not reversed.
    """
    said = (appeared(row.article), row.article.description[:LONGEST_SUMMARY])
    return "<br>".join(f"<bdi>{escape(part)}</bdi>" for part in said if part)
