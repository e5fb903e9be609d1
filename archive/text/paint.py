"""Marking spans of an article's text in its HTML."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

_TOKEN = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^>]*>|<[^>]*>|[^<]+")
_CHARACTER = re.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|\w+);|[^&]|&", re.DOTALL)
_BLOCK_NAMES = (
    "blockquote caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre section summary "
    "table tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())


@dataclass(frozen=True, slots=True)
class Span:
    """A range of the text (code points) with the ids and classes its marks are to carry."""

    start: int
    end: int
    ids: tuple[str, ...]
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Segment:
    """A stretch of the text over which the same spans lie."""

    start: int
    spans: tuple[Span, ...]


def paint(html: str, spans: Iterable[Span]) -> str:
    """The HTML with a `<mark>` around each piece of text that lies in a span; its textContent stays the same.

    `html` is what `render` wrote. Where spans overlap, one mark carries all their ids and classes. A mark holds text
    alone, so it crosses no block; white space between blocks is not marked. The first piece of an id is the target
    `annotation-ID`: the mark itself, or a span in it for those that begin at the same place. Spans without length or
    beyond the text are left out. One pass over the HTML.
    """
    segments = _segments(spans)
    if not segments:
        return html
    tokens = list(_TOKEN.finditer(html))
    starts = [segment.start for segment in segments]
    painted: list[str] = []
    seen: set[str] = set()
    offset = preformatted = 0
    for number, token in enumerate(tokens):
        written, name = token.group(), (token[2] or "").lower()
        if written.startswith("<"):
            painted.append(written)
            if name == "pre":
                preformatted += -1 if token[1] else 1
            continue
        if written.startswith("\n") and number and painted[-1].startswith("<pre"):
            painted.append("\n")  # a browser drops a line end right after <pre>
            written = written[1:]
        characters = _CHARACTER.findall(written) if "&" in written else written
        length, first = len(characters), bisect_right(starts, offset) - 1
        is_bare = first < 0 and starts[0] >= offset + length
        if is_bare or (not preformatted and written.isspace() and _is_between_blocks(tokens, number)):
            painted.append(written)
        else:
            _paint_text(painted, characters, offset, segments, max(first, 0), seen)
        offset += length
    return "".join(painted)


def _paint_text(
    painted: list[str], characters: list[str] | str, offset: int, segments: list[_Segment], number: int, seen: set[str]
) -> None:
    """Append one text node, its pieces marked. `number` is of the segment it begins in, or of the first there is."""
    length, done = len(characters), 0
    while number < len(segments) and (start := max(segments[number].start - offset, 0)) < length:
        spans = segments[number].spans
        number += 1
        end = min(segments[number].start - offset, length) if number < len(segments) else length
        if spans:
            painted.append("".join(characters[done:start]))
            painted.append(_mark("".join(characters[start:end]), spans, seen))
            done = end
    painted.append("".join(characters[done:]))


def _segments(spans: Iterable[Span]) -> list[_Segment]:
    """Where the set of spans changes, in order; over the last segment lies none."""
    waiting = sorted((span for span in spans if 0 <= span.start < span.end), key=lambda span: (span.start, -span.end))
    segments: list[_Segment] = []
    above: list[Span] = []
    begun = 0
    for place in sorted({place for span in waiting for place in (span.start, span.end)}):
        above = [span for span in above if span.end > place]
        while begun < len(waiting) and waiting[begun].start == place:
            above.append(waiting[begun])
            begun += 1
        segments.append(_Segment(place, tuple(above)))
    return segments


def _mark(text: str, spans: tuple[Span, ...], seen: set[str]) -> str:
    ids = list(dict.fromkeys(id_ for span in spans for id_ in span.ids))
    classes = " ".join(dict.fromkeys(name for span in spans for name in span.classes))
    new = [id_ for id_ in ids if id_ not in seen]
    seen.update(new)
    target = f' id="annotation-{escape(new[0])}"' if new else ""
    for other in new[1:]:
        text = f'<span id="annotation-{escape(other)}">{text}</span>'
    return f'<mark data-annotations="{escape(" ".join(ids))}" class="{escape(classes)}"{target}>{text}</mark>'


def _is_between_blocks(tokens: list[re.Match[str]], number: int) -> bool:
    """Whether the text with this number has a block's tag, or nothing, on one side."""
    around = (tokens[number - 1] if number else None, tokens[number + 1] if number + 1 < len(tokens) else None)
    return any(token is None or (token[2] or "").lower() in _BLOCKS for token in around)
