"""Marks spans of an article's text in its HTML."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from archive.text.names import BLOCKS

TAG = re.compile(r"(<[^>]*>)")
_TAG_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
REFERENCE = re.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|\w+);")


@dataclass(frozen=True, slots=True)
class Span:
    """A range of the text (code points) with the ids and classes for its marks."""

    start: int
    end: int
    ids: tuple[str, ...]
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Segment:
    """A stretch of the text, from `start` to the next segment, covered by the same spans: their ids, and a mark's start
    tag without its end, where one more attribute can follow. Both are empty if no span covers it."""

    start: int
    ids: tuple[str, ...]
    tag: str
    kind: str


def paint(html: str, spans: Iterable[Span], kind: str = "annotation") -> str:
    """The HTML with a `<mark>` around each piece of text that is in a span; its textContent stays the same.

    `html` was written by `render`. Where spans overlap, one mark carries all their ids and classes. A mark contains
    only text, so it never crosses a block; white space between blocks is not marked. Attributes and targets are named
    after the kind of spans. The first piece of an id is the target `annotation-ID`: the mark itself, or a span in it if
    several begin at the same place. Spans that are empty or beyond the text are ignored. One pass over the HTML.
    """
    segments = _segments(spans, kind)
    if not segments:
        return html
    parts = TAG.split(html)  # text at even indexes, tags at odd ones
    starts = [segment.start for segment in segments]
    seen: set[str] = set()
    offset = preformatted = 0
    for place in range(0, len(parts), 2):
        tag = parts[place - 1] if place else ""
        if tag.startswith(("<pre", "</pre")):
            preformatted += -1 if tag[1] == "/" else 1
        if not parts[place] or offset >= starts[-1]:
            continue
        text, length = text_node(parts, place)
        dropped = parts[place].removesuffix(text)
        number = max(bisect_right(starts, offset) - 1, 0)
        if starts[number] < offset + length and (
            preformatted or not text.isspace() or not _is_between_blocks(parts, place)
        ):
            parts[place] = dropped + _painted_text(text, length, offset, segments, number, seen)
        offset += length
    return "".join(parts)


def text_node(parts: list[str], place: int) -> tuple[str, int]:
    """The text at this index of HTML that was split at its tags, and the number of characters a browser counts in
    it."""
    text = parts[place]
    if text.startswith("\n") and place and parts[place - 1].startswith("<pre"):
        text = text[1:]  # dropped by browsers
    return text, len(REFERENCE.sub("x", text)) if "&" in text else len(text)


def _painted_text(text: str, length: int, offset: int, segments: list[_Segment], number: int, seen: set[str]) -> str:
    """One text node of `length` characters with its pieces marked. `number` is the segment it begins in, or the first
    one."""
    places: Sequence[int] = range(length + 1)  # position of each character in the HTML
    if len(text) > length:
        places = _places(text)
    done = 0
    pieces: list[str] = []
    while number < len(segments) and (start := max(segments[number].start - offset, 0)) < length:
        segment = segments[number]
        number += 1
        if segment.ids:
            end = min(segments[number].start - offset, length)  # no span covers the last segment
            pieces.append(text[places[done] : places[start]])
            pieces.append(_mark(text[places[start] : places[end]], segment, seen))
            done = end
    pieces.append(text[places[done] :])
    return "".join(pieces)


def _places(text: str) -> list[int]:
    """The position of each character of a text node in the HTML, where a reference is one character, and the end
    position."""
    places: list[int] = []
    end = 0
    for reference in REFERENCE.finditer(text):
        places.extend(range(end, reference.start() + 1))
        end = reference.end()
    places.extend(range(end, len(text) + 1))
    return places


def _segments(spans: Iterable[Span], kind: str) -> list[_Segment]:
    """The positions at which the set of spans changes, in order; no span covers the last segment."""
    waiting = sorted((span for span in spans if 0 <= span.start < span.end), key=lambda span: (span.start, -span.end))
    segments: list[_Segment] = []
    above: list[Span] = []
    begun = 0
    for place in sorted({place for span in waiting for place in (span.start, span.end)}):
        above = [span for span in above if span.end > place]
        while begun < len(waiting) and waiting[begun].start == place:
            above.append(waiting[begun])
            begun += 1
        ids = tuple(dict.fromkeys(id_ for span in above for id_ in span.ids))
        classes = " ".join(dict.fromkeys(name for span in above for name in span.classes))
        tag = f'<mark data-{kind}s="{escape(" ".join(ids))}" class="{escape(classes)}"' if ids else ""
        segments.append(_Segment(place, ids, tag, kind))
    return segments


def _mark(text: str, segment: _Segment, seen: set[str]) -> str:
    if seen.issuperset(segment.ids):
        return f"{segment.tag}>{text}</mark>"
    first, *others = (escape(id_) for id_ in segment.ids if id_ not in seen)
    seen.update(segment.ids)
    for other in others:
        text = f'<span id="{segment.kind}-{other}">{text}</span>'
    return f'{segment.tag} id="{segment.kind}-{first}">{text}</mark>'


def _is_between_blocks(parts: list[str], place: int) -> bool:
    """Whether the text at this index has a block's tag, or nothing, on one side."""
    around = (parts[place - 1] if place else "", parts[place + 1] if place + 1 < len(parts) else "")
    names = (_TAG_NAME.match(tag) for tag in around)
    return any(name is None or name[1].lower() in BLOCKS for name in names)
