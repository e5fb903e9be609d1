"""The reading page."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import FilteredRelation, Q, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive import query
from archive.articles.bylines import bylines
from archive.articles.models import Article
from archive.exporting.citations.zotero import coins
from archive.exporting.works import work_of
from archive.search import listing, related, searching
from archive.web import languages, passages, remote_images
from archive.web.also_in import also_in
from archive.web.hits import hits_in
from archive.web.library_search import LibrarySearch

HEADINGS_FOR_AN_OUTLINE = 3
NOT_SHOWN = (
    "metadata",
    "edited_fields",
    "revision__original",
    "revision__images",
)


class Joined(Http404):
    """The article became part of another one, which is to be read instead."""

    def __init__(self, into: int) -> None:
        super().__init__()
        self.into = into


def readable_article(request: HttpRequest, pk: int, *defer: str) -> Article:
    """The article, if the reader may see it, with their reading state, if any, as `own_state`.

    Raises Http404: what lies in the trash is there for staff alone. Raises Joined for what is another article now.
    """
    own_state = FilteredRelation("reading_states", condition=Q(reading_states__owner=request.user.pk))
    articles = Article.objects.annotate(own_state=own_state).filter(pk=pk)
    joined = ("publication", "revision", "own_state")
    article = articles.select_related(*joined).defer(*defer).first()
    if article is not None and article.joined_into_id is not None:
        raise Joined(article.joined_into_id)
    if article is None or (article.trashed_at and not request.user.is_staff):
        raise Http404
    return article


@require_safe
def reading(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """An article to read. The parameters of the list it was opened from determine the previous and next article."""
    search = LibrarySearch.read(request.GET)
    has_words = bool(query.terms(search.query.node))  # which are sought in the text
    not_shown = [name for name in NOT_SHOWN if name != "metadata"]  # says what it is to be cited as
    asked = request.META.get("QUERY_STRING", "")
    try:
        article = readable_article(request, pk, *not_shown, *([] if has_words else ["revision__text"]))
    except Joined as joined:
        return redirect(reverse("article", args=[joined.into]) + (f"?{asked}" if asked else ""))
    if slug != article.slug:
        return redirect(article.get_absolute_url() + (f"?{asked}" if asked else ""))
    ready = searching.Search(search.query.node, request.user.pk)
    previous, following = listing.neighbours(ready, search.query.sort, article)
    hits = hits_in(request, article, ready)
    html = article.revision.html if article.revision else ""
    elsewhere = remote_images.count(html)
    shows_all = remote_images.are_allowed(request)
    chosen = [each for each in remote_images.chosen(request) if each <= elsewhere]
    headings = article.revision.headings if article.revision else []
    prefetch_related_objects([article], bylines())
    here = from_list(search, request.GET.get("after"), request.GET.get("before"))
    authors = [authorship.author for authorship in article.authorships.all()]
    tags = list(article.tags.order_by("name"))
    context: dict[str, Any] = {
        "source_url": article.source_url if article.source_url.startswith(("https://", "http://")) else "",
        "authors": authors,
        "tags": tags,
        "coins": coins(work_of(article, [author.name for author in authors], [tag.name for tag in tags])),
        **passages.body(request, article, hits),
        "title_direction": languages.direction_of(article.title, article.language),
        "hits": hits,
        "headings": headings if len(headings) >= HEADINGS_FOR_AN_OUTLINE else [],
        "pictures_elsewhere": 0 if shows_all else elsewhere - len(chosen),
        "with_pictures": _with_pictures(request),
        "search": search,
        "list_href": f"{reverse('library')}{here}#article-{article.pk}",
        "list_query": here,
        "previous": previous,
        "next": following,
        "related": related.related(article),
        "state": getattr(article, "own_state", None),
        "also_in": also_in(article),
    }
    response = render(request, "reading.html", context)
    if elsewhere and (shows_all or chosen):
        remote_images.allow_in(response)
    return response


def _with_pictures(request: HttpRequest) -> str:
    parameters = request.GET.copy()
    parameters["images"] = "1"
    return f"?{parameters.urlencode()}"


def from_list(search: LibrarySearch, after: str | None = None, before: str | None = None) -> str:
    """The parameters that an article's address takes over from the list: the search, and the list's page."""
    page = [(name, cursor) for name, cursor in (("after", after), ("before", before)) if cursor]
    parts = [part for part in (search.encoded, urlencode(page)) if part]
    return f"?{'&'.join(parts)}" if parts else ""
