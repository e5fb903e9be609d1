"""The notebook: all annotations a reader can see, narrowed by search and filters."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.annotations import listing
from archive.annotations.models import Annotation, Colour, Status
from archive.articles.models import Article, Publication
from archive.exporting.bibliographies import BIBLIOGRAPHIES
from archive.exporting.notes_formats import NOTES_FORMATS
from archive.web.colours import Swatch, swatches
from archive.web.facets import Link
from archive.web.notebook_search import NotebookSearch
from archive.web.passages import Note, as_notes
from archive.web.people import reader

SHOWN = 30  # annotations per page
MOST_VALUES = 40  # values per filter
LONGEST_LABEL = 90  # code points of an article's title in a filter


@dataclass(frozen=True)
class Filter:
    """A filter of the list, with its values as links."""

    name: str
    title: str
    choices: list[Link]


@require_safe
@login_required
def notebook(request: HttpRequest) -> HttpResponse:
    """The list, grouped by article or as a stream, with its filters."""
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
        "formats": NOTES_FORMATS.values(),
        "here": request.get_full_path(),
    }
    return render(request, "notebook.html", context)


def _notes(ids: list[int], person: AbstractBaseUser, choices: list[Swatch]) -> list[Note]:
    """These annotations, in this order."""
    found = (
        Annotation.objects.select_related("article__publication", "owner", "parent")
        .defer("candidates", "prefix", "suffix", "article__metadata", "article__description")
        .in_bulk(ids)
    )
    return as_notes([found[pk] for pk in ids if pk in found], person, choices)


def _groups(
    notes: list[Note], found: listing.Found, asking: NotebookSearch
) -> list[tuple[Article | None, int, list[Note]]]:
    """The notes grouped by article, with the number of notes each article has; a stream is one group without an
    article."""
    if asking.is_stream:
        return [(None, 0, notes)] if notes else []
    return [
        (group[0].annotation.article, found.articles[article], group)
        for article, group in ((pk, list(each)) for pk, each in groupby(notes, key=lambda n: n.annotation.article_id))
    ]


def _filters(
    found: listing.Found, asking: NotebookSearch, choices: list[Swatch]
) -> tuple[list[Filter], dict[str, Any]]:
    """The filters of the list, and labels for values that are ids."""
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
    # A single value narrows nothing.
    return [each for each in filters if len(each.choices) > 1], words


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"


def _most(counts: Counter[Any]) -> list[tuple[Any, int]]:
    return counts.most_common(MOST_VALUES)
