"""The images in an article's HTML: their positions in its text, and marking them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape

from archive.text.paint import TAG, text_node

_ATTRIBUTE = re.compile(r' (src|data-remote-src|alt)="([^"]*)"')

_OPENING = '<a class="enlarge"'  # the link around an image that opens it on its own


@dataclass(frozen=True, slots=True)
class Picture:
    """An image by its address (a path on this site, or a remote address) and description. `place` is the number of code
    points of text before it."""

    src: str
    alt: str
    place: int


@dataclass(frozen=True, slots=True)
class Frame:
    """The n-th image of the HTML, counted from 0, with the ids and classes for its mark."""

    number: int
    ids: tuple[str, ...]
    classes: tuple[str, ...] = ()


def pictures(html: str) -> list[Picture]:
    """The images in HTML written by `render`, in order."""
    return [_picture(tag, place) for tag, place in _tags(TAG.split(html))] if "<img" in html else []


def frame(html: str, frames: Sequence[Frame]) -> str:
    """The HTML with a `<mark>` around each of these images, like those that `paint` puts around text. Its text stays
    the same.

    If the image is in a link that opens it, the mark goes around that.
    """
    if not frames:
        return html
    parts = TAG.split(html)
    places = [place for place in range(1, len(parts), 2) if _is_picture(parts[place])]
    for number in {each.number for each in frames}:
        if number < len(places):
            first = last = places[number]
            if _is_in_link(parts, first):
                first, last = first - 2, last + 2
            framed = _framed("".join(parts[first : last + 1]), [each for each in frames if each.number == number])
            parts[first : last + 1] = [framed, *[""] * (last - first)]
    return "".join(parts)


def _framed(picture: str, frames: Iterable[Frame]) -> str:
    first, *others = ids = list(dict.fromkeys(escape(id_) for each in frames for id_ in each.ids))
    classes = " ".join(dict.fromkeys(escape(name) for each in frames for name in each.classes))
    for other in others:
        picture = f'<span id="annotation-{other}">{picture}</span>'
    joined = " ".join(ids)
    return f'<mark data-annotations="{joined}" class="{classes} picture" id="annotation-{first}">{picture}</mark>'


def _tags(parts: list[str]) -> Iterator[tuple[str, int]]:
    """The tags of images, each with the length of the text before it."""
    offset = 0
    for place in range(0, len(parts) - 1, 2):
        offset += text_node(parts, place)[1]
        if _is_picture(parts[place + 1]):
            yield parts[place + 1], offset


def _is_in_link(parts: list[str], place: int) -> bool:
    around = parts[place - 1] + parts[place + 1]
    return not around and place > 2 and parts[place - 2].startswith(_OPENING) and parts[place + 2] == "</a>"


def _is_picture(tag: str) -> bool:
    return tag.startswith("<img ")


def _picture(tag: str, place: int) -> Picture:
    given = dict(_ATTRIBUTE.findall(tag))
    src = given.get("src") or given.get("data-remote-src", "")
    return Picture(unescape(src), unescape(given.get("alt", "")), place)
