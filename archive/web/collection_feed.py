"""A collection's feed, for anyone who has its address."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.html import escape
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from archive.articles.bylines import bylines
from archive.curating.models import Collection, CollectionItem
from archive.exporting.citation import appeared
from archive.web.atom import AtomFeed, media_type
from archive.web.feeds import LONGEST_SUMMARY, SIZE


@require_safe
@login_not_required
def collection_feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The articles added to the collection last."""
    found = get_object_or_404(Collection, secret=secret, deleted_at=None, owner__is_active=True)
    absolute = request.build_absolute_uri
    feed = AtomFeed(
        title=f"{found.name} · Commonplace",
        link=absolute(found.get_absolute_url()),
        description="",
        author_name=found.owner.get_username(),
        feed_url=absolute(),
        feed_guid=absolute(found.get_absolute_url()),
        made_at=found.created_at,
    )
    items = found.items.filter(article__trashed_at=None).select_related("article__publication")
    for item in items.prefetch_related(bylines("article__authorships")).order_by("-added_at", "-id")[:SIZE]:
        _add(feed, item, request)
    response = HttpResponse(feed.writeString("utf-8"), content_type=media_type(request))
    response["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest())
    answer = get_conditional_response(request, response["ETag"], response=response)
    assert answer is not None
    patch_cache_control(answer, private=True, max_age=0)
    patch_vary_headers(answer, ["Accept"])
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _add(feed: AtomFeed, item: CollectionItem, request: HttpRequest) -> None:
    article, absolute = item.article, request.build_absolute_uri
    said = (appeared(article), article.description[:LONGEST_SUMMARY])
    feed.add_item(
        title=article.title,
        link=absolute(article.get_absolute_url()),
        description="<br>".join(f"<bdi>{escape(part)}</bdi>" for part in said if part),
        unique_id=absolute(reverse("article", args=[article.pk])),
        people=[each.author.name for each in article.authorships.all()],
        pubdate=item.added_at,
        updateddate=item.added_at,
    )
