"""The notebook: every annotation one may see, narrowed by words and filters, and exported."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.annotations import listing
from archive.annotations.models import Annotation, AnnotationQuerySet, Colour, Status
from archive.articles.bylines import bylines
from archive.articles.models import Article, Publication
from archive.exporting import jsonld
from archive.exporting.bibliographies import BIBLIOGRAPHIES
from archive.exporting.citations.bibtex import biblatex
from archive.exporting.csv import annotations_csv
from archive.exporting.markdown import annotations_markdown
from archive.exporting.recipient import Recipient
from archive.exporting.works import cite_keys, works_of
from archive.exporting.zips import zipped
from archive.web.colours import Swatch, swatches
from archive.web.downloads import download
from archive.web.facets import Link
from archive.web.notebook_search import NotebookSearch
from archive.web.passages import Note, as_notes
from archive.web.people import reader

SHOWN = 30  # annotations on a page
MOST_VALUES = 40  # of one filter
LONGEST_LABEL = 90  # code points of an article's title among them
READ_AT_ONCE = 500  # annotations, of a download
FORMATS = {"md": "text/markdown; charset=utf-8", "jsonld": jsonld.MEDIA_TYPE, "csv": "text/csv; charset=utf-8"}
MANUSCRIPT = "---\nbibliography: notebook.bib\nlink-citations: true\n---\n\n"  # what Pandoc looks for


@dataclass(frozen=True)
class Filter:
    """What the list can be narrowed by, with its values as links."""

    name: str
    title: str
    choices: list[Link]


@require_safe
@login_required
def notebook(request: HttpRequest) -> HttpResponse:
    """The list, grouped by article or as a stream, with what narrows it."""
    person, asking = reader(request), NotebookSearch.read(request.GET)
    found = listing.find(person, asking.asked_by(person))
    rows = found.rows if asking.is_stream else listing.by_article(found.rows)
    first = (asking.page - 1) * SHOWN
    own_swatches = swatches(person)
    notes = _notes([row.id for row in rows[first : first + SHOWN]], person, own_swatches)
    filters, names = _filters(found, asking, own_swatches)
    context = {
        "section": "notebook",
        "asking": asking,
        "count": len(found.rows),
        "has_more": found.has_more,
        "groups": _groups(notes, found, asking),
        "filters": filters,
        "chips": asking.chips(names),
        "swatches": own_swatches,
        "lost": Annotation.objects.owned_by(person).lost().count(),
        "previous_href": asking.on_page(asking.page - 1) if asking.page > 1 else "",
        "next_href": asking.on_page(asking.page + 1) if first + SHOWN < len(rows) else "",
        "older_href": asking.older_than(found.rows[-1].id) if found.has_more and first + SHOWN >= len(rows) else "",
        "bibliographies": BIBLIOGRAPHIES.values(),
        "here": request.get_full_path(),
    }
    return render(request, "notebook.html", context)


@require_safe
@login_required
def export(request: HttpRequest, format: str) -> HttpResponseBase:
    """All that the notebook's address asks for, as Markdown, W3C Web Annotations or a table, sent as it is read; or
    the bibliography of its articles. Raises Http404 for an unknown format.
    """
    person, asking = reader(request), NotebookSearch.read(request.GET)
    if format in FORMATS:
        pieces = _pieces(format, _annotations(person, asking), request, person)
        return download(pieces, FORMATS[format], f"notebook.{format}")
    asked_for = listing.select(person, asking.asked_by(person)).order_by("article")
    articles = asked_for.values_list("article", flat=True).distinct()
    if format == "zip":
        return download(_manuscript(request, person, asking, list(articles)), "application/zip", "notebook.zip")
    if format not in BIBLIOGRAPHIES:
        raise Http404
    bibliography = BIBLIOGRAPHIES[format]
    works = works_of(articles.iterator())
    return download(bibliography.write(works), bibliography.media_type, f"notebook.{bibliography.suffix}")


def _annotations(person: AbstractBaseUser, asking: NotebookSearch) -> AnnotationQuerySet:
    """All that is asked for, with what the formats say of each."""
    return (
        listing.select(person, asking.asked_by(person))
        .select_related("article__publication", "owner", "parent")
        .prefetch_related("tags", bylines("article__authorships"))  # type: ignore[misc]  # taggit's manager
        .defer("candidates", "article__metadata", "article__description")
        .in_reading_order()
    )


def _manuscript(
    request: HttpRequest, person: AbstractBaseUser, asking: NotebookSearch, articles: list[int]
) -> Iterator[bytes]:
    """A zip of Markdown that cites each passage by its article's key, and of the bibliography that has the keys."""
    keys = cite_keys(articles)
    notes = _pieces("md", _annotations(person, asking), request, person, keys)
    return zipped(
        [
            ("notebook.md", (piece.encode() for piece in chain([MANUSCRIPT], notes))),
            ("notebook.bib", (piece.encode() for piece in biblatex(works_of(articles)))),
        ]
    )


def _notes(ids: list[int], person: AbstractBaseUser, choices: list[Swatch]) -> list[Note]:
    """These annotations in this order."""
    found = (
        Annotation.objects.select_related("article__publication", "owner", "parent")
        .defer("candidates", "prefix", "suffix", "article__metadata", "article__description")
        .in_bulk(ids)
    )
    return as_notes([found[pk] for pk in ids if pk in found], person, choices)


def _groups(
    notes: list[Note], found: listing.Found, asking: NotebookSearch
) -> list[tuple[Article | None, int, list[Note]]]:
    """The notes by article, with how many the article has; all as one group without an article in a stream."""
    if asking.is_stream:
        return [(None, 0, notes)] if notes else []
    return [
        (group[0].annotation.article, found.articles[article], group)
        for article, group in ((pk, list(each)) for pk, each in groupby(notes, key=lambda n: n.annotation.article_id))
    ]


def _filters(
    found: listing.Found, asking: NotebookSearch, choices: list[Swatch]
) -> tuple[list[Filter], dict[str, Any]]:
    """What the list can be narrowed by; and the words for the values that are numbers."""
    articles = dict(_most(found.articles))
    titles = dict(Article.objects.filter(pk__in=[*articles, asking.asked.article]).values_list("pk", "title"))
    publications = dict(_most(found.publications))
    names = dict(Publication.objects.filter(pk__in=publications).values_list("pk", "name"))
    people = dict(get_user_model().objects.filter(pk__in=found.people).values_list("pk", "username"))
    colours = {swatch.colour: str(swatch) for swatch in choices}
    statuses = {status.value: status.label for status in Status}
    kinds: list[tuple[str, str, list[tuple[Any, str, int]]]] = [
        ("colour", "Colour", [(colour, colours[colour], found.colours[colour]) for colour in Colour.values]),
        ("tag", "Tag", [(tag, tag, count) for tag, count in _most(found.tags)]),
        ("article", "Article", [(pk, titles.get(pk, ""), count) for pk, count in articles.items()]),
        ("publication", "Publication", [(names[pk], names[pk], count) for pk, count in publications.items()]),
        ("person", "Person", [(people[pk], people[pk], count) for pk, count in _most(found.people)]),
        ("status", "Passage", [(status, statuses[status], found.statuses[status]) for status in statuses]),
        ("year", "Year", [(year, year, count) for year, count in sorted(found.years.items(), reverse=True)]),
    ]
    filters = [
        Filter(
            name,
            title,
            [
                Link(_short(label), count, asking.has(name, str(value)), asking.toggled(name, str(value)))
                for value, label, count in values
                if count
            ],
        )
        for name, title, values in kinds
    ]
    words = {"colour": colours, "status": statuses, "article": {str(pk): title for pk, title in titles.items()}}
    # One value narrows nothing, or is a click away on its note.
    return [each for each in filters if len(each.choices) > 1], words


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"


def _most(counts: Counter[Any]) -> list[tuple[Any, int]]:
    return counts.most_common(MOST_VALUES)


def _pieces(
    format: str,
    annotations: AnnotationQuerySet,
    request: HttpRequest,
    person: AbstractBaseUser,
    keys: Mapping[int, str] | None = None,
) -> Iterator[str]:
    absolute = request.build_absolute_uri
    if format == "jsonld":
        total, with_dates = annotations.count(), annotations.with_noted_at().iterator(READ_AT_ONCE)
        return jsonld.collection_jsonld(with_dates, absolute, id=absolute(), label="Notebook", total=total)
    meanings = {swatch.colour: swatch.meaning for swatch in swatches(person)}
    write = annotations_markdown if format == "md" else annotations_csv
    return write(annotations.iterator(READ_AT_ONCE), Recipient(person.pk, absolute, meanings, keys or {}))
