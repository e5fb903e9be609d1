"""Facets: the values that a list's articles share, as links that narrow it, and a page with all values of one facet."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.curating.collections import kept_by
from archive.curating.models import Collection as OwnCollection
from archive.query import Collection, Is, Node
from archive.query.labels import label_of
from archive.search.facets import SHOWN, Facets, Value, facets, mine, more
from archive.search.searching import Search
from archive.web.charts import Chart
from archive.web.library_search import MARKS, LibrarySearch, describe
from archive.web.parameters import plain

TITLES = {"tag": "Tags", "site": "Publications", "author": "Authors", "year": "Years"}
LONGEST_BEGINNING = 100  # code points
MOST_COLLECTIONS = 20  # values that are counted


@dataclass(frozen=True)
class Link:
    """A value with the address that applies or removes it. `depth` is how deeply a tag is nested."""

    label: str
    count: int
    selected: bool
    href: str
    depth: int = 0

    @property
    def number(self) -> str:
        """The count, as shown beside the label."""
        return f"{self.count:,}"


@dataclass(frozen=True)
class Panel:
    """A facet beside the list: its most common values, and a link to all of them."""

    name: str
    title: str
    values: list[Link]
    more_href: str


def panels(found: Facets, search: LibrarySearch, marks: Mapping[str, int]) -> list[Panel]:
    """The facets that offer a choice, in the page's order. `marks` are the counts of the reader's own marks among the
    results (see `search.facets.mine`)."""
    kinds = {"tag": found.tags, "site": found.publications, "author": found.authors, "year": found.years}
    own = [Panel("is", "My reading", list(_marks(marks, search)), "")] if marks else []
    return own + [
        Panel(name, TITLES[name], list(_links(name, values, search)), _more_href(name, values, search))
        for name, values in kinds.items()
        if values
    ]


def own_collections(request: HttpRequest) -> list[OwnCollection]:
    """The reader's collections; visitors have none."""
    return list(kept_by(request.user)) if request.user.is_authenticated else []


def collections_panel(kept: Sequence[OwnCollection], search: LibrarySearch, ready: Search) -> list[Panel]:
    """The reader's collections that contain some of the results, and those selected."""
    links = []
    for name in [each.name for each in kept][:MOST_COLLECTIONS]:
        number, is_on = ready.count(Collection(name)), search.has("collection", name)
        if number or is_on:
            links.append(Link(name, number, is_on, search.toggled("collection", name)))
    more = reverse("collections") if links else ""
    return [Panel("collection", "Collections", links, more)] if links else []


def chosen_panels(search: LibrarySearch) -> list[Panel]:
    """If nothing is found, active filters stay where they were, each as a link that removes it."""
    titles = {"is": "My reading", **TITLES, "collection": "Collections"}
    chosen: defaultdict[str, list[Link]] = defaultdict(list)
    for node in search.conditions:
        name = _facet_of(node)
        if name in titles:
            label = MARKS[node.what] if isinstance(node, Is) else describe(node).partition(": ")[2] or describe(node)
            chosen[name].append(Link(label, 0, True, search.without(node).href))
    return [Panel(name, title, chosen[name], "") for name, title in titles.items() if name in chosen]


def _facet_of(node: Node) -> str:
    match node:
        case Is():
            return "is"
        case Collection():
            return "collection"
        case _:
            return (label_of(node) or ("", ""))[0]


@require_safe
def filters(request: HttpRequest) -> HttpResponse:
    """The facets and chart of a list whose page was sent without them, for htmx to insert."""
    search = LibrarySearch.read(request.GET)
    ready = Search(search.query.node, request.user.pk)
    found = facets(search.query, ready)
    shown = panels(found, search, mine(ready)) + collections_panel(own_collections(request), search, ready)
    context = {"facets": shown, "chart": Chart.of(found.months, search), "search": search}
    response = render(request, "partials/filters.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def facet(request: HttpRequest, name: str) -> HttpResponse:
    """All values of a facet, or those with a word that begins with `begins`."""
    if name not in TITLES:
        raise Http404
    search = LibrarySearch.read(request.GET)
    begins = plain(request.GET.get("begins", ""), LONGEST_BEGINNING)
    context = {
        "section": "library",
        "search": search,
        "title": TITLES[name],
        "begins": begins,
        "values": list(_links(name, more(name, search.query, begins, request.user.pk), search)),
    }
    return render(request, "facet.html", context)


def _marks(counts: Mapping[str, int], search: LibrarySearch) -> Iterator[Link]:
    for mark, number in counts.items():
        yield Link(MARKS[mark], number, search.has("is", mark), search.toggled("is", mark))


def _links(name: str, values: Sequence[Value], search: LibrarySearch) -> Iterator[Link]:
    for value in values:
        href = search.toggled(name, value.value)
        yield Link(value.label, value.count, value.selected, href, value.depth)
        if _is_open(value):
            yield from _links(name, value.children, search)


def _is_open(tag: Value) -> bool:
    """Whether the tags nested under it are shown: if it or one of them is selected."""
    return tag.selected or any(map(_is_open, tag.children))


def _more_href(name: str, values: Sequence[Value], search: LibrarySearch) -> str:
    """The address of all values; empty if all are shown."""
    return reverse("facet", args=[name]) + (search.href if search.encoded else "") if len(values) >= SHOWN else ""
