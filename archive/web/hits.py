"""Search hits in an article's text: marked, counted, and linked to each other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpRequest

from archive.articles.models import Article
from archive.query.passages import Marker
from archive.search.searching import Search
from archive.text import Span, paint
from archive.web.library_search import LibrarySearch
from archive.web.markup import fill

MOST_MARKED = 100
LONGEST_TEXT = 300_000  # code points of a text that are searched
SWITCH = "hits"  # address parameter; "off" hides the hits

_PLACE = re.compile(r'<a\b[^>]*>|</a>|<mark data-hits="(\d+)" class="hit" id="hit-\1"')


@dataclass(frozen=True)
class Hits:
    """Ranges of the text (code points), in order. `has_more`: there are further hits that are not marked. `switch` is
    the page's address with hits hidden, or shown if they are hidden."""

    places: list[tuple[int, int]]
    has_more: bool
    is_off: bool
    switch: str

    def __len__(self) -> int:
        return len(self.places)

    def painted(self, html: str) -> str:
        """The article's HTML with each hit marked, preceded by an element for links to its neighbours, which is empty
        until the hit is the target. The text stays the same."""
        spans = [Span(start, end, (str(n),), ("hit",)) for n, (start, end) in enumerate(self.places, 1)]
        return self._with_links(paint(html, spans, "hit"))

    def _with_links(self, html: str) -> str:
        pieces, done, link = [], 0, -1
        for tag in _PLACE.finditer(html):
            if tag[0].startswith("<a"):
                link = tag.start()
            elif tag[0] == "</a>":
                link = -1
            else:  # links cannot be nested
                at = tag.start() if link < 0 else link
                pieces += [html[done:at], self._links(int(tag[1]))] if at >= done else [self._links(int(tag[1]))]
                pieces.append(html[max(at, done) : tag.start()])
                pieces.append(f'<mark data-hits="{tag[1]}" class="hit"')
                done = tag.end()
        return "".join([*pieces, html[done:]])

    def _links(self, n: int) -> str:
        around = [(n - 1, "prev", "Previous"), (n + 1, "next", "Next")]
        links = [
            fill('<a rel="{}" href="#hit-{}" aria-label="{} hit, {} of {}"></a>', rel, other, name, other, len(self))
            for other, rel, name in around
            if 1 <= other <= len(self)
        ]
        return f'<span class="hit-links" id="hit-{n}" data-at="{n} of {len(self)}">{"".join(links)}</span>'


def hits_in(request: HttpRequest, article: Article, search: Search | None = None) -> Hits | None:
    """The hits of the search in the page's address (or of the prepared `search`), if its words occur in the text."""
    if search is None:
        search = Search(LibrarySearch.read(request.GET).query.node, request.user.pk)
    if article.revision is None or not search.terms:
        return None
    parameters = request.GET.copy()
    is_off = parameters.pop(SWITCH, [""]) == ["off"]
    if not is_off:
        parameters[SWITCH] = "off"
    places = Marker(search.terms, search.forms).places(article.revision.text[:LONGEST_TEXT], MOST_MARKED + 1)
    if not places:
        return None
    return Hits(places[:MOST_MARKED], len(places) > MOST_MARKED, is_off, f"?{parameters.urlencode()}")
