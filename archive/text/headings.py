"""The headings of one article: their levels and ids, which are settled when all of them are known."""

import re
from dataclasses import dataclass

from archive.text.addresses import ID_PREFIX
from archive.text.document import Heading

_NO_WORD = re.compile(r"[\W_]+")
_LONGEST_ID = 60


@dataclass(slots=True)
class OpenHeading:
    """A heading whose end is still to come."""

    place: int  # of its start tag among the pieces of HTML
    text_at: int  # how many pieces of text came before it
    level: int
    attributes: str
    id: str


class Headings:
    """Takes the headings as they come. A first one that says the same as `title` is none of them."""

    def __init__(self, title: str | None) -> None:
        self._titles = _spellings(title) if title else frozenset()
        self._found: list[tuple[OpenHeading, int, str]] = []  # and the place of the end tag, and the text
        self._ids: set[str] = set()
        self._numbers: dict[str, int] = {}  # the last one given to a slug

    def take_id(self, id_: str) -> None:
        """Note an id that another element has."""
        self._ids.add(id_)

    def repeats_title(self, text: str) -> bool:
        """Whether a heading, if it comes first, says what the title says. The next one may say it again."""
        if self._found or _spelling(text) not in self._titles:
            return False
        self._titles = frozenset()
        return True

    def add(self, heading: OpenHeading, end: int, text: str) -> None:
        """Take a heading, the place of its end tag among the pieces of HTML, and its text."""
        self._found.append((heading, end, text))

    def settle(self, html: list[str]) -> tuple[Heading, ...]:
        """Write the tags of all headings into the pieces of HTML, and tell what the outline shows.

        The page's title is its h1. Where the article has an h1 too, every heading goes one down. The outline's levels
        leave no gaps: `aria-level` says so where the element cannot.
        """
        shift = int(any(heading.level == 1 for heading, _, _ in self._found))
        outline: list[int] = []
        headings: list[Heading] = []
        for heading, end, text in self._found:
            while outline and outline[-1] >= heading.level:
                outline.pop()
            outline.append(heading.level)
            level, depth = min(heading.level + shift, 6), min(len(outline) + 1, 6)
            id_ = heading.id or self._new_id(text)
            hidden = "" if text else " hidden"
            aria = f' aria-level="{depth}"' if depth != level else ""
            html[heading.place] = f'<h{level} id="{id_}"{heading.attributes}{aria}{hidden}>'
            html[end] = f"</h{level}>"
            if text:
                headings.append(Heading(depth, text, id_))
        return tuple(headings)

    def _new_id(self, text: str) -> str:
        slug = _NO_WORD.sub("-", text.lower()).strip("-")[:_LONGEST_ID] or "section"
        candidate, number = slug, self._numbers.get(slug, 1)
        while ID_PREFIX + candidate in self._ids:
            number += 1
            candidate = f"{slug}-{number}"
        self._numbers[slug] = number
        self._ids.add(ID_PREFIX + candidate)
        return ID_PREFIX + candidate


def _spelling(text: str) -> str:
    return _NO_WORD.sub("", text).casefold()


def _spellings(title: str) -> frozenset[str]:
    """How a heading may repeat the title: as it is, or without the publication's name or a byline at its end."""
    without_site = re.split(r"\s+[|–—·-]\s+(?=[^|–—·]*$)", title)[0]
    without_byline = title.partition(" | by ")[0]
    return frozenset(map(_spelling, (title, without_site, without_byline))) - {""}
