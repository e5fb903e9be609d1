"""What Zotero's browser extension reads: unAPI, which gives each article exactly, and COinS as a fallback."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from xml.sax.saxutils import quoteattr

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from archive.annotations.models import Annotation
from archive.articles.models import Article
from archive.exporting.citations.zotero import MEDIA_TYPE, coins, zotero_rdf
from archive.exporting.excerpts import QuotedPassages
from archive.exporting.markdown import thread_markdown
from archive.exporting.recipient import Recipient
from archive.exporting.threads import threads, with_what_exports_say
from archive.exporting.works import work_of, works
from archive.search.listing import Row
from archive.text import render
from archive.web.article_files import recipient_of
from archive.web.parameters import number
from archive.web.reading import NOT_SHOWN, readable_article

FORMAT = "rdf_zotero"


@require_safe
def unapi(request: HttpRequest) -> HttpResponse:
    """The available formats, those of an article (`id`), or the article in one of them (https://unapi.info/specs).

    An article comes with the notes the reader can see. Raises Http404 if they may not read it.
    """
    format = request.GET.get("format")
    if "id" not in request.GET:
        return _formats("")
    article = readable_article(request, number(request.GET["id"]) or 0, *NOT_SHOWN, "revision__text", "revision__html")
    if format is None:
        return _formats(f" id={quoteattr(str(article.pk))}", 300)
    if format != FORMAT:
        return HttpResponse(f"There is no format {format[:40]} here.", "text/plain; charset=utf-8", 406)
    found = works([article.pk])
    if not found:
        raise Http404
    recipient = recipient_of(request)
    notes = tuple(_notes(article, recipient)) if recipient else ()
    response = HttpResponse("".join(zotero_rdf([replace(found[0], notes=notes)])), MEDIA_TYPE)
    response["X-Robots-Tag"] = "noindex"
    return response


def coins_of(rows: Iterable[Row]) -> dict[int, str]:
    """COinS of the articles of a list, by their ids; without tags, which unAPI has, to keep the page light."""
    return {row.article.pk: coins(work_of(row.article, row.authors, ())) for row in rows}


def _formats(attributes: str, status: int = 200) -> HttpResponse:
    format = f'<format name="{FORMAT}" type="application/rdf+xml" docs="https://www.zotero.org/support/dev/"/>'
    document = f'<?xml version="1.0" encoding="UTF-8"?>\n<formats{attributes}>{format}</formats>\n'
    return HttpResponse(document, "application/xml; charset=utf-8", status)


def _notes(article: Article, recipient: Recipient) -> Iterator[str]:
    """The notes on an article as HTML, one piece per note with its replies."""
    visible = Annotation.objects.present().visible_to_reader(recipient.person).filter(article=article)
    passages = QuotedPassages()
    for thread in threads(with_what_exports_say(visible).in_reading_order()):
        yield render(thread_markdown(thread, passages, recipient)).html
