"""Downloads of the notes in the notebook, and of the articles they are on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from archive.annotations import listing
from archive.annotations.models import AnnotationQuerySet
from archive.exporting.citations.bibtex import biblatex
from archive.exporting.notes_formats import NOTES_FORMATS, Asked
from archive.exporting.threads import with_what_exports_say
from archive.exporting.works import cite_keys, works_of
from archive.exporting.zips import zipped
from archive.web.article_files import file_of_articles, recipient_of
from archive.web.downloads import download
from archive.web.notebook_search import NotebookSearch
from archive.web.people import reader

MANUSCRIPT = "---\nbibliography: notebook.bib\nlink-citations: true\n---\n\n"  # settings for Pandoc


@require_safe
@login_required
def export(request: HttpRequest, format: str) -> HttpResponseBase:
    """The notes in a notes format, their articles as a file, or both for citing (`zip`), streamed. Raises Http404 for
    an unknown format."""
    person, asking = reader(request), NotebookSearch.read(request.GET)
    recipient = recipient_of(request)
    assert recipient is not None
    asked = Asked(_annotations(person, asking), recipient, "Notebook", request.build_absolute_uri())
    if notes := NOTES_FORMATS.get(format):
        return download(notes.write(asked), notes.media_type, f"notebook.{notes.suffix}")
    asked_for = listing.select(person, asking.asked_by(person)).order_by("article")
    articles = asked_for.values_list("article", flat=True).distinct()
    if format == "zip":
        return download(_manuscript(asked, list(articles)), "application/zip", "notebook.zip")
    return file_of_articles(request, articles.iterator(), format, "notebook", "Notebook")


def _annotations(person: AbstractBaseUser, asking: NotebookSearch) -> AnnotationQuerySet:
    """All matching annotations, with what the formats need of each."""
    return with_what_exports_say(listing.select(person, asking.asked_by(person))).in_reading_order()


def _manuscript(asked: Asked, articles: list[int]) -> Iterator[bytes]:
    """A zip with Markdown that cites each passage by its article's key, and the bibliography with these keys."""
    with_keys = replace(asked, recipient=replace(asked.recipient, cite_keys=cite_keys(articles)))
    notes = NOTES_FORMATS["md"].write(with_keys)
    return zipped(
        [
            ("notebook.md", (piece.encode() for piece in chain([MANUSCRIPT], notes))),
            ("notebook.bib", (piece.encode() for piece in biblatex(works_of(articles)))),
        ]
    )
