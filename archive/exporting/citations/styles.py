"""Four reference styles: APA (7th edition), Chicago (18th, notes and author-date) and MLA (9th).

They only state what is known. Without an author, date or publication, they use the style's own rule for leaving it out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from archive.exporting.citations.names import Name
from archive.exporting.citations.text import Reference, clean, in_quotes, italic, joined, sentence
from archive.exporting.citations.titles import headline, with_quotes
from archive.exporting.citations.work import Kind, PartialDate, Work

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SHORT_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_APA_MOST, _APA_FIRST = 20, 19  # maximum number of authors listed in full; otherwise this many, and the last
_CHICAGO_MOST, _CHICAGO_FIRST = 6, 3


@dataclass(frozen=True)
class Style:
    """A style, with the name that pages show."""

    slug: str
    name: str
    write: Callable[[Work], Reference]


def apa(work: Work) -> Reference:
    """An entry in a reference list."""
    is_page = work.kind is Kind.WEB_PAGE or not work.container
    title = with_quotes(clean(work.title))
    title = italic(title) if is_page else title
    authors = _apa_authors(work.authors)
    is_own_site = work.kind is Kind.WEB_PAGE and [name.natural for name in work.authors] == [work.container]
    container = "" if is_own_site else clean(work.container)
    day = f"({_american(work.issued, year_first=True) or 'n.d.'})."
    url = work.url
    if url and not work.issued and work.accessed:
        url = f"Retrieved {_american(work.accessed)}, from {url}"
    head = [sentence(authors), day, sentence(title)] if authors else [sentence(title), day]
    return Reference.of(joined(" ", *head, sentence(container if is_page else italic(container)), url))


def chicago_author_date(work: Work) -> Reference:
    """An entry in a reference list, by author and year."""
    authors, title, container = _chicago_parts(work)
    year = str(work.issued[0]) if work.issued else "n.d."
    day = _american(work.issued, without_year=True)
    if authors or not title:
        head = joined(" ", sentence(authors), sentence(year), title)
    else:
        head = joined(" ", title, sentence(year))
    return Reference.of(joined(" ", head, sentence(joined(", ", container, day)), *_chicago_end(work)))


def chicago_bibliography(work: Work) -> Reference:
    """An entry in a bibliography that accompanies notes."""
    authors, title, container = _chicago_parts(work)
    day = _american(work.issued)
    if not day and work.kind is not Kind.WEB_PAGE:
        day = "n.d."
    head = joined(" ", sentence(authors), title)
    return Reference.of(joined(" ", head, sentence(joined(", ", container, day)), *_chicago_end(work)))


def chicago_note(work: Work) -> Reference:
    """A footnote."""
    names = [name.natural for name in work.authors]
    authors = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
    is_titled = work.container or work.kind is Kind.WEB_PAGE
    title = _headline(work, inside=bool(is_titled))
    title = in_quotes(title, ",") if is_titled else f"{italic(title)},"
    day = _american(work.issued) or ("" if work.kind is Kind.WEB_PAGE else "n.d.")
    accessed = f"accessed {_american(work.accessed)}" if work.url and work.accessed and not work.issued else ""
    rest = joined(", ", _chicago_container(work), day, accessed, work.url)
    if not rest:
        title = in_quotes(_headline(work, inside=True), ".") if is_titled else sentence(title.rstrip(","))
    return Reference.of(joined(" ", f"{authors}," if authors else "", title, sentence(rest) if rest else ""))


def mla(work: Work) -> Reference:
    """An entry in a list of works cited."""
    names = [name.inverted for name in work.authors[:1]] + [name.natural for name in work.authors[1:2]]
    authors = f"{names[0]}, et al." if len(work.authors) > 2 else ", and ".join(names)
    title = _headline(work, inside=bool(work.container))
    title = in_quotes(title, ".") if work.container else sentence(italic(title))
    rest = joined(", ", italic(clean(work.container)), _british(work.issued), work.url)
    accessed = f"Accessed {_british(work.accessed)}." if work.accessed and not work.issued else ""
    return Reference.of(joined(" ", sentence(authors), title, sentence(rest), accessed))


STYLES = (
    Style("apa", "APA", apa),
    Style("chicago-note", "Chicago, note", chicago_note),
    Style("chicago-bibliography", "Chicago, bibliography", chicago_bibliography),
    Style("chicago-author-date", "Chicago, author-date", chicago_author_date),
    Style("mla", "MLA", mla),
)


def _chicago_parts(work: Work) -> tuple[str, str, str]:
    """Authors, title and publication. Without authors, the publication takes their place, except for a blog."""
    authors = _chicago_authors(work.authors)
    container = _chicago_container(work)
    title = _headline(work, inside=True)
    if not container and work.kind is not Kind.WEB_PAGE:
        title = sentence(italic(_headline(work, inside=False)))
    else:
        title = in_quotes(title, ".")
    if not authors and work.kind is not Kind.BLOG:
        authors, container = container, ""
    return authors, title, container


def _chicago_container(work: Work) -> str:
    container = clean(work.container)
    return container if work.kind is Kind.WEB_PAGE else italic(container)


def _chicago_end(work: Work) -> list[str]:
    is_dated_by_visit = work.url and work.accessed and not work.issued
    return [f"Accessed {_american(work.accessed)}." if is_dated_by_visit else "", sentence(work.url)]


def _chicago_authors(names: tuple[Name, ...]) -> str:
    written = [name.demoted for name in names[:1]] + [name.natural for name in names[1:]]
    if len(written) > _CHICAGO_MOST:
        return ", ".join([*written[:_CHICAGO_FIRST], "et al."])
    return _listed(written, "and")


def _apa_authors(names: tuple[Name, ...]) -> str:
    written = [name.with_initials for name in names]
    if len(written) > _APA_MOST:
        return f"{', '.join(written[:_APA_FIRST])}, . . . {written[-1]}"
    return _listed(written, "&")


def _listed(names: list[str], conjunction: str) -> str:
    return ", ".join([*names[:-1], f"{conjunction} {names[-1]}"]) if len(names) > 1 else "".join(names)


def _headline(work: Work, *, inside: bool) -> str:
    title = with_quotes(clean(work.title), inside=inside)
    return headline(title) if work.is_english else title


def _american(day: PartialDate, *, year_first: bool = False, without_year: bool = False) -> str:
    """`April 7, 2023`, `2023, April 7` or `April 7`, as precise as it is known."""
    if not day:
        return ""
    within = " ".join([_MONTHS[day[1] - 1], *map(str, day[2:])]) if len(day) > 1 else ""
    if without_year:
        return within
    if year_first:
        return joined(", ", str(day[0]), within)
    return joined(", " if len(day) > 2 else " ", within, str(day[0]))


def _british(day: PartialDate) -> str:
    """`7 Apr. 2023`, as precise as it is known."""
    return " ".join([*map(str, day[2:]), *([_SHORT_MONTHS[day[1] - 1]] if len(day) > 1 else []), *map(str, day[:1])])
