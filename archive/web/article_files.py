"""Articles as files, in every format that pages offer: books, plain files, bookmarks and bibliographies."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from archive.exporting.article_zip import articles_zip
from archive.exporting.bibliographies import BIBLIOGRAPHIES
from archive.exporting.bookmarks import MEDIA_TYPE, bookmarks_html
from archive.exporting.epub import book
from archive.exporting.recipient import Recipient
from archive.exporting.works import works_of
from archive.web.colours import swatches
from archive.web.downloads import download


def file_of_articles(
    request: HttpRequest, ids: Iterable[int], format: str, name: str, title: str = ""
) -> HttpResponseBase:
    """These articles in this order as a streamed file. `name` is the file name without its extension, `title` the title
    of a book. Signed-in readers can have their highlights and notes included (`notes`).

    Raises Http404 for an unknown format.
    """
    recipient = recipient_of(request)
    has_notes = "notes" in request.GET
    if format == "epub":
        return download(book.epub(ids, book.Wishes(title, recipient, has_notes)), book.MEDIA_TYPE, f"{name}.epub")
    if format == "zip":
        return download(articles_zip(ids, recipient if has_notes else None), "application/zip", f"{name}.zip")
    if format == "bookmarks":
        return download(bookmarks_html(ids), MEDIA_TYPE, f"{name}.html")
    bibliography = BIBLIOGRAPHIES.get(format)
    if bibliography is None:
        raise Http404
    return download(bibliography.write(works_of(ids)), bibliography.media_type, f"{name}.{bibliography.suffix}")


def recipient_of(request: HttpRequest) -> Recipient | None:
    """The reader, for exports; None for visitors, who have no notes and see none."""
    if not request.user.is_authenticated:
        return None
    meanings = {swatch.colour: swatch.meaning for swatch in swatches(request.user)}
    return Recipient(request.user.pk, request.build_absolute_uri, meanings)
