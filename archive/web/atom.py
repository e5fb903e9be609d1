"""Atom feeds that conform to RFC 4287."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.db.models import Max
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from archive.articles.models import Article

UNFIT = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # characters that XML does not allow


def fit(text: str) -> str:
    """The text without characters that XML does not allow, such as control characters and lone surrogates."""
    return UNFIT.sub(" ", text)


class AtomFeed(Atom1Feed):
    """Django's Atom feed, with an author for the feed and one element per author of an entry.

    An entry's authors are its `people`. An empty feed was updated at `made_at`, since the current time would differ on
    every request.
    """

    def __init__(self, *, title: str, author_name: str = "Commonplace", **properties: Any) -> None:
        super().__init__(title=fit(title), author_name=fit(author_name), **properties)

    def write(self, outfile: Any, encoding: str) -> None:
        """As in Django, with a style sheet, which Django supports only for RSS."""
        handler = SimplerXMLGenerator(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        handler.processingInstruction("xml-stylesheet", f'href="{static("css/feed.css")}" type="text/css"')
        handler.startElement("feed", AttributesImpl(self.root_attributes()))
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")

    def add_item(  # type: ignore[override]  # of all that Django takes, what is used here
        self, title: str, link: str, description: str, **properties: Any
    ) -> None:
        properties["people"] = [fit(name) for name in properties.get("people", ())]
        properties["categories"] = [fit(tag) for tag in properties.get("categories", ())]
        super().add_item(fit(title), link, fit(description), **properties)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["people"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("author")

    def latest_post_date(self) -> datetime:
        if self.items:
            return super().latest_post_date()
        made_at: datetime = self.feed.get("made_at") or datetime.fromtimestamp(0, UTC)
        return made_at


def media_type(request: HttpRequest) -> str:
    """Atom's media type; for browsers, which would show that as source, XML's, so that the style sheet applies."""
    is_browser = "text/html" in request.headers.get("Accept", "")
    return "application/xml; charset=utf-8" if is_browser else AtomFeed.content_type


def updated_at(articles: Iterable[int]) -> dict[int, datetime]:
    """When each of these articles was last changed by an import or a person."""
    found = Article.objects.filter(pk__in=list(articles)).annotate(edited=Max("edits__made_at"))
    times = found.values_list("pk", "created_at", "revision__created_at", "edited")
    return {pk: max(time for time in (created, revised, edited) if time) for pk, created, revised, edited in times}
