"""An article's reference in the usual styles, for copying, and as files for bibliography programs."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.exporting.bibliographies import BIBLIOGRAPHIES
from archive.exporting.citations.styles import STYLES
from archive.exporting.works import works
from archive.web.downloads import download
from archive.web.reading import NOT_SHOWN, readable_article


@require_safe
def cite(request: HttpRequest, pk: int) -> HttpResponse:
    """The page with an article's references and downloads."""
    article = readable_article(request, pk, *NOT_SHOWN, "revision__text", "revision__html")
    (work,) = works([article.pk])
    context = {
        "article": article,
        "work": work,
        "references": [(style, style.write(work)) for style in STYLES],
        "bibliographies": BIBLIOGRAPHIES.values(),
    }
    return render(request, "cite.html", context)


@require_safe
def citation_file(request: HttpRequest, pk: int, format: str) -> HttpResponseBase:
    """A bibliography of this one article. Raises Http404 for an unknown format."""
    bibliography = BIBLIOGRAPHIES.get(format)
    if bibliography is None:
        raise Http404
    article = readable_article(request, pk, *NOT_SHOWN, "revision__text", "revision__html")
    found = works([article.pk])
    name = f"{found[0].key}.{bibliography.suffix}"
    return download(bibliography.write(found), bibliography.media_type, name)
