"""The headings of an article: their levels and ids, decided once all of them are known."""

import re
from dataclasses import dataclass

from archive.text.addresses import ID_PREFIX
from archive.text.document import Heading

_NO_WORD = re.compile(r"[\W_]+")
_LONGEST_ID = 60


@dataclass(slots=True)
class OpenHeading:
    """A heading whose end has not been reached."""

    place: int  # index of its start tag among the pieces of HTML
    text_at: int  # number of pieces of text before it
    level: int
    attributes: str
    id: str


class Headings:
    """Collects headings in order. A first one that repeats `title` is dropped."""

    def __init__(self, title: str | None) -> None:
        self._titles = _spellings(title) if title else frozenset()
        self._found: list[tuple[OpenHeading, int, str]] = []  # and the index of the end tag, and the text
        self._ids: set[str] = set()
        self._numbers: dict[str, int] = {}  # the last suffix used for each slug

    def take_id(self, id_: str) -> None:
        """Record an id used by another element."""
        self._ids.add(id_)

    def repeats_title(self, text: str) -> bool:
        """Whether a heading, if it comes first, repeats the title. The next one may repeat it again."""
        if self._found or _spelling(text) not in self._titles:
            return False
        self._titles = frozenset()
        return True

    def add(self, heading: OpenHeading, end: int, text: str) -> None:
        """Add a heading, the index of its end tag among the pieces of HTML, and its text."""
        self._found.append((heading, end, text))

    def settle(self, html: list[str]) -> tuple[Heading, ...]:
        """Write the tags of all headings into the pieces of HTML, and return the outline.

        The page's title is its h1. If the article has an h1 too, every heading moves down one level. The outline's
        levels have no gaps: `aria-level` says so if the element cannot.
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
    """The forms in which a heading may repeat the title: as it is, or without a publication or byline at its end."""
    without_site = re.split(r"\s+[|–—·-]\s+(?=[^|–—·]*$)", title)[0]
    without_byline = title.partition(" | by ")[0]
    return frozenset(map(_spelling, (title, without_site, without_byline))) - {""}
