"""The parts of lists that a page repeats a hundred times. Template loops would take most of the page's time."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import quote_plus

from django import template
from django.utils.safestring import SafeString

from archive.annotations.answering import Answer
from archive.articles.listed import Listed
from archive.articles.pictures import KEPT, shown_address
from archive.reading.models import ReadingState
from archive.search.listing import Row
from archive.web import languages
from archive.web.charts import Bar
from archive.web.facets import Link
from archive.web.library_search import LibrarySearch
from archive.web.markup import fill, fill_each
from archive.web.templatetags.pages import known_date, lang

MOST_AUTHORS = 4
MOST_TAGS = 8
LONGEST_DESCRIPTION = 320  # code points
STARRED = fill('<span class="star" aria-hidden="true">★</span><span class="visually-hidden">{}</span>', "starred")

_BOX = (
    '<input class="choose" type="checkbox" name="article" value="{}" form="selection" aria-labelledby="article-{}"'
    ' autocomplete="off">\n'
)

register = template.Library()


@register.simple_tag
def article_rows(
    search: LibrarySearch,
    rows: Sequence[Row],
    cited: Mapping[int, str],
    from_list: str,
    can_select: bool = False,
    shows_elsewhere: bool = False,
) -> SafeString:
    """Items of a list, an article each. `cited` are their COinS by their ids, `from_list` the parameters that let an
    article's page lead back here. With boxes to select them by for whoever `can_select`, and the pictures on other
    sites for whoever wants them.
    """
    links, listed_from = _Links(search, rows), fill("{}", from_list)
    return fill_each(
        '<li class="row{}"{}>\n<h2 dir="auto"><a id="article-{}" href="{}{}" hx-boost="false">{}</a></h2>\n{}{}'
        '<p class="about">{}</p>\n{}{}{}</li>\n',
        (
            (
                _classes(row.state) if row.state else "",
                _language(row.article),
                row.article.pk,
                row.article.get_absolute_url(),
                listed_from,
                _hits(row.title),
                fill(_BOX, row.article.pk, row.article.pk) if can_select else "",
                _picture(row, shows_elsewhere),
                _facts(row, links),
                _excerpt(row),
                _tags(row, links),
                for_zotero(row.article.pk, cited[row.article.pk]),
            )
            for row in rows
        ),
    )


def _classes(state: ReadingState) -> str:
    return (" is-read" if state.is_read else "") + (" is-starred" if state.is_starred else "")


@register.simple_tag
def for_zotero(pk: int, coins: str) -> SafeString:
    """Metadata for Zotero's browser extension: the article's unAPI id, and COinS."""
    return fill('<abbr class="unapi-id" title="{}"></abbr><span class="Z3988" title="{}"></span>', pk, coins)


def _language(article: Listed) -> SafeString:
    direction = languages.direction_of(article.title, article.language)
    return fill('{} dir="{}"', lang(article), direction)


def _picture(row: Row, shows_elsewhere: bool) -> SafeString | str:
    """A thumbnail: the image that the file names, if it is stored here or may be loaded from its site."""
    src = row.picture or (row.article.image if shows_elsewhere else "")
    if not src.startswith(("https://", "http://", KEPT)):
        return ""
    return fill('<img class="row-picture" src="{}" alt="" loading="lazy" decoding="async">\n', shown_address(src))


_quoted = lru_cache(maxsize=10_000)(quote_plus)  # labels come again on the next page


class _Links:
    """Links that add a filter to the search: each is made once, however many rows of the list have it. `sought` are the
    labels that have hits of the search, with these marked.
    """

    def __init__(self, search: LibrarySearch, rows: Sequence[Row]) -> None:
        self.sought = rows[0].marked if rows else {}
        self._begin = fill("{}", search.filtering)
        self._made: dict[tuple[str, str], SafeString] = {}

    def to(self, name: str, value: str) -> SafeString:
        """The link that adds this label, by the name of its filter."""
        if (name, value) not in self._made:
            shown = _hits(self.sought[value]) if value in self.sought else value
            self._made[name, value] = fill('<a href="{}{}={}">{}</a>', self._begin, name, _quoted(value), shown)
        return self._made[name, value]

    def first(self, labels: Sequence[str], most: int) -> Sequence[str]:
        """The first of these labels, and of the others those that were sought."""
        return [*labels[:most], *(each for each in labels[most:] if each in self.sought)]


def _facts(row: Row, links: _Links) -> SafeString:
    """Where, by whom and when an article was published, its minutes, and what the reader did with it, each in a
    `<span>`; names are links.
    """
    article = row.article
    facts: list[SafeString | str] = []
    if article.publication_name:
        facts.append(links.to("site", article.publication_name))
    if row.authors:
        authors = links.first(row.authors, MOST_AUTHORS)
        shown = fill_each("{}", ((links.to("author", name),) for name in authors), separator=", ")
        facts.append(shown if len(row.authors) <= len(authors) else fill("{} and others", shown))
    if article.published:
        facts.append(known_date(article.published, article.published_precision, "short"))
    facts.append(f"{article.minutes} min")
    if row.state and (row.state.is_read or row.state.is_begun):
        facts.append("read" if row.state.is_read else "begun")
    if row.state and row.state.is_starred:
        facts.append(STARRED)
    return fill_each("<span>{}</span>", ((fact,) for fact in facts))


def _excerpt(row: Row) -> SafeString | str:
    """The passage that matches the search, labelled if it is not from the article's text; otherwise the description."""
    if not row.passage:
        said = row.article.description[:LONGEST_DESCRIPTION]
        return fill('<p class="excerpt" dir="auto">{}</p>\n', said) if said else ""
    whose = fill('<span class="whose" dir="ltr">{}:</span> ', _answer_name(row.answer)) if row.answer else ""
    return fill('<p class="excerpt" dir="auto">{}{}</p>\n', whose, _hits(row.passage))


def _hits(segments: Sequence[tuple[str, bool]]) -> SafeString:
    """A text with its hits marked."""
    if len(segments) == 1 and not segments[0][1]:
        return fill("{}", segments[0][0])
    return fill_each(
        "{}", ((fill('<mark class="hit">{}</mark>', text) if is_hit else text,) for text, is_hit in segments)
    )


def _answer_name(answer: Answer) -> str:
    kind = {"notes": "note", "highlights": "highlight"}[answer.text]
    return f"{kind.capitalize()} by {answer.whose}" if answer.whose else f"Your {kind}"


def _tags(row: Row, links: _Links) -> SafeString | str:
    """The first of the tags, each a link that narrows to it; the last item counts the others."""
    if not row.tags:
        return ""
    shown = links.first(row.tags, MOST_TAGS)
    items = fill_each("<li>{}</li>", ((links.to("tag", tag),) for tag in shown))
    others = fill("<li>and {} more</li>", len(row.tags) - len(shown)) if len(row.tags) > len(shown) else ""
    return fill('<ul class="tags" role="list" aria-label="Tags">{}{}</ul>\n', items, others)


@register.simple_tag
def facet_items(links: Sequence[Link], base: str = "") -> SafeString:
    """List items, one per value, with its count. `base` is the library's address, if this page has another one."""
    rows = (
        (
            fill(' class="below-{}"', link.depth) if link.depth else "",
            base + link.href,
            fill(' aria-current="{}"', "true") if link.selected else "",
            link.label,
            link.number,
        )
        for link in links
    )
    return fill_each(
        '<li{}><a href="{}"{}><span dir="auto">{}</span> <span class="number">{}</span></a></li>',
        rows,
    )


@register.simple_tag
def chart_items(bars: Sequence[Bar]) -> SafeString:
    """List items, one per bar. A bar of zero is empty, since it would link to nothing."""
    rows = ((bar.days, bar.label, _bar(bar) if bar.count else "") for bar in bars)
    return fill_each('<li data-on="{}" data-label="{}">{}</li>', rows)


def _bar(bar: Bar) -> SafeString:
    return fill(
        '<a href="{}" aria-label="{}" title="{}">'
        '<svg viewBox="0 0 1 100" preserveAspectRatio="none" aria-hidden="true">'
        '<rect y="{}" width="1" height="{}"/></svg></a>',
        bar.href,
        name := f"{bar.label}: {bar.count:,}",
        name,
        bar.top,
        bar.height,
    )
