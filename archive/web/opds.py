"""The archive as an OPDS 1.2 catalogue for reading devices: each article is a book to download."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from archive.accounts.token_requests import takes_token
from archive.articles.bylines import bylines
from archive.articles.models import Article
from archive.curating import saved_searches
from archive.curating.models import Collection
from archive.exporting.citation import appeared
from archive.exporting.selecting import articles_of
from archive.search import listing
from archive.web.article_files import file_of_articles
from archive.web.atom import fit, updated_at
from archive.web.library_search import LibrarySearch
from archive.web.parameters import number
from archive.web.reading import NOT_SHOWN, readable_article

SIZE = 50  # entries per page
LONGEST_SUMMARY = 600  # code points
NAVIGATION = "application/atom+xml;profile=opds-catalog;kind=navigation"
ACQUISITION = "application/atom+xml;profile=opds-catalog;kind=acquisition"
OPENSEARCH = "application/opensearchdescription+xml"
_ATOM, _DC = "http://www.w3.org/2005/Atom", "http://purl.org/dc/terms/"
_NEVER = datetime.fromtimestamp(0, UTC)
ET.register_namespace("", _ATOM)
ET.register_namespace("dc", _DC)


@takes_token()
@require_safe
def opds(request: HttpRequest) -> HttpResponseBase:
    """The entry point of the catalogue."""
    feed = _Feed(request, "Commonplace", NAVIGATION)
    feed.section("All articles", reverse("opds-articles"), ACQUISITION)
    if request.user.is_authenticated:
        feed.section("Unread", f"{reverse('opds-articles')}?is=unread", ACQUISITION)
        feed.section("Starred", f"{reverse('opds-articles')}?is=starred", ACQUISITION)
        feed.section("Collections", reverse("opds-collections"), NAVIGATION)
        feed.section("Saved searches", reverse("opds-searches"), NAVIGATION)
    return feed.response()


@takes_token()
@require_safe
def opds_articles(request: HttpRequest) -> HttpResponseBase:
    """Search results, with the parameters of the library; without a search, all articles, most recently added first."""
    search = LibrarySearch.read(request.GET)
    title = ", ".join(chip.label for chip in search.chips) or "All articles"
    feed = _Feed(request, title, ACQUISITION)
    query = search.query if search.text or search.query.sort else replace(search.query, sort="added")
    page = listing.find(query, after=request.GET.get("after"), size=SIZE, reader=request.user.pk)
    feed.books([row.article.pk for row in page.rows])
    if page.next_cursor:
        feed.next([*search.everything, ("after", page.next_cursor)])
    return feed.response()


@takes_token()
@require_safe
def opds_collections(request: HttpRequest) -> HttpResponseBase:
    """The collections that the reader can see."""
    feed = _Feed(request, "Collections", NAVIGATION)
    for each in Collection.objects.visible_to(request.user).select_related("owner"):
        is_own = each.owner_id == request.user.pk
        title = each.name if is_own else f"{each.name} ({each.owner.get_username()})"
        feed.section(title, reverse("opds-collection", args=[each.pk]), ACQUISITION)
    return feed.response()


@takes_token()
@require_safe
def opds_collection(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A collection's articles in its order. Raises Http404 if the reader cannot see it."""
    collection = get_object_or_404(Collection.objects.visible_to(request.user), pk=pk)
    ids, first = articles_of(collection), number(request.GET.get("first")) or 0
    feed = _Feed(request, collection.name, ACQUISITION)
    feed.books(ids[first : first + SIZE])
    if first + SIZE < len(ids):
        feed.next([("first", str(first + SIZE))])
    return feed.response()


@takes_token()
@require_safe
def opds_searches(request: HttpRequest) -> HttpResponseBase:
    """The reader's saved searches."""
    feed = _Feed(request, "Saved searches", NAVIGATION)
    if request.user.is_authenticated:
        for each in saved_searches.kept_by(request.user):
            feed.section(each.name, f"{reverse('opds-articles')}?{each.address}", ACQUISITION)
    return feed.response()


@takes_token()
@require_safe
def opds_opensearch(request: HttpRequest) -> HttpResponse:
    """The OpenSearch 1.1 description, by which devices search."""
    address = request.build_absolute_uri(reverse("opds-articles"))
    root = ET.Element("OpenSearchDescription", {"xmlns": "http://a9.com/-/spec/opensearch/1.1/"})
    ET.SubElement(root, "ShortName").text = "Commonplace"
    ET.SubElement(root, "Description").text = "Titles and text in the archive, and your notes"
    ET.SubElement(root, "InputEncoding").text = "UTF-8"
    ET.SubElement(root, "Url", {"type": ACQUISITION, "template": f"{address}?q={{searchTerms}}"})
    return _answer(root, OPENSEARCH)


@takes_token()
@require_safe
def opds_book(request: HttpRequest, pk: int) -> HttpResponseBase:
    """An article as a book, for programs with a token. Raises Http404."""
    article = readable_article(request, pk, *NOT_SHOWN, "revision__text", "revision__html")
    return file_of_articles(request, [article.pk], "epub", article.slug)


class _Feed:
    """A page of the catalogue under construction."""

    def __init__(self, request: HttpRequest, title: str, kind: str) -> None:
        self._absolute, self._kind = request.build_absolute_uri, kind
        self._root = ET.Element(f"{{{_ATOM}}}feed")
        self._updated = _NEVER
        _text(self._root, "id", self._absolute())
        _text(self._root, "title", title)
        ET.SubElement(_element(self._root, "author"), f"{{{_ATOM}}}name").text = "Commonplace"
        self._link(self._root, "self", self._absolute(), kind)
        self._link(self._root, "start", reverse("opds"), NAVIGATION)
        self._link(self._root, "search", reverse("opds-opensearch"), OPENSEARCH)

    def section(self, title: str, address: str, kind: str) -> None:
        """Link to another page of the catalogue."""
        entry = self._entry(title, address, _NEVER)
        self._link(entry, "subsection", address, kind)

    def books(self, ids: list[int]) -> None:
        """Add an entry for each of these articles, in this order."""
        related = Article.objects.select_related("publication").prefetch_related(bylines(), "tags")  # type: ignore[misc]
        found = related.defer("metadata", "edited_fields").in_bulk(ids)
        updated = updated_at(ids)
        for article in (found[pk] for pk in ids if pk in found):
            entry = self._entry(
                article.title, reverse("article", args=[article.pk]), updated.get(article.pk, article.created_at)
            )
            # In a single element, because KOReader only shows the last author.
            names = ", ".join(authorship.author.name for authorship in article.authorships.all())
            if names:
                _text(_element(entry, "author"), "name", names)
            for name in sorted(fit(tag.name) for tag in article.tags.all()):
                ET.SubElement(entry, f"{{{_ATOM}}}category", {"term": name, "label": name})
            if article.language:
                ET.SubElement(entry, f"{{{_DC}}}language").text = fit(article.language)
            if told := [part for part in (appeared(article), article.description[:LONGEST_SUMMARY]) if part]:
                _text(entry, "summary", "\n".join(told))
            book = reverse("opds-book", args=[article.pk])
            self._link(entry, "http://opds-spec.org/acquisition", book, "application/epub+zip")
            self._link(entry, "alternate", article.get_absolute_url(), "text/html")

    def next(self, parameters: Iterable[tuple[str, str]]) -> None:
        """Link to the next page: the same address with these parameters."""
        here = self._absolute().partition("?")[0]
        self._link(self._root, "next", f"{here}?{urlencode(list(parameters))}", self._kind)

    def response(self) -> HttpResponse:
        _text(self._root, "updated", _moment(self._updated))
        return _answer(self._root, self._kind)

    def _entry(self, title: str, address: str, updated: datetime) -> ET.Element:
        entry = _element(self._root, "entry")
        _text(entry, "id", self._absolute(address))
        _text(entry, "title", title)
        _text(entry, "updated", _moment(updated))
        self._updated = max(self._updated, updated)
        return entry

    def _link(self, parent: ET.Element, relation: str, address: str, kind: str) -> None:
        attributes = {"rel": relation, "href": self._absolute(address), "type": kind}
        ET.SubElement(parent, f"{{{_ATOM}}}link", attributes)


def _element(parent: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{_ATOM}}}{name}")


def _text(parent: ET.Element, name: str, text: str) -> None:
    _element(parent, name).text = fit(text)


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _answer(root: ET.Element, media_type: str) -> HttpResponse:
    document = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    response = HttpResponse(document, content_type=f"{media_type};charset=utf-8")
    patch_cache_control(response, private=True, max_age=0)
    response["X-Robots-Tag"] = "noindex"
    return response
