"""The text of an HTML page, with the positions of certain elements, such as highlights added by a program."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lxml import etree, html

from archive.text.names import names

CONTEXT = 40  # code points kept before and after a highlight
_BLOCKS = names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody "
    "td tfoot th thead tr ul"
)
_SILENT = names("script style noscript template title svg math textarea select object")
_SPACE = re.compile(r"\s+")
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*>")


@dataclass(slots=True)
class Mark:
    """A passage of the text: its words, its context, and the elements that mark it."""

    quote: str
    prefix: str
    suffix: str
    start: int
    elements: list[etree._Element]


@dataclass(slots=True)
class _Text:
    """Text under construction: white space becomes one space, and blocks are separated by an empty line."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    waits: str = ""  # white space to write before the next word, if any

    def add(self, words: str | None) -> None:
        if not words:
            return
        words = _SPACE.sub(" ", words)
        if words[0] == " ":
            self.pause(" ")
        if core := words.strip():
            self._write(self.waits if self.length else "")
            self._write(core)
            self.waits = " " if words[-1] == " " else ""

    def pause(self, space: str) -> None:
        if len(space) > len(self.waits):
            self.waits = space

    def _write(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)


def page_tree(page: str) -> etree._Element | None:
    """The tree of a page or fragment, however broken; None if it is empty."""
    parser = html.HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        data = _XML_DECLARATION.sub("", page, count=1).encode("utf-8", "replace")
        return html.document_fromstring(data, parser=parser) if page.strip() else None
    except (etree.LxmlError, ValueError):
        return None


def block_text(piece: str) -> str:
    """The words of an HTML fragment, with blocks separated by an empty line."""
    if "<" not in piece and "&" not in piece:
        return piece.strip()
    root = page_tree(piece)
    return "" if root is None else text_and_marks(root, lambda element: None)[0]


def words_of(element: etree._Element) -> str:
    """The words within an element of any kind, with blocks separated by an empty line."""
    piece = etree.tostring(element, encoding="unicode", with_tail=False)
    return block_text(f"<div>{piece.partition('>')[2].rpartition('<')[0]}</div>")


def text_and_marks(
    root: etree._Element, mark_of: Callable[[etree._Element], str | None], without: Iterable[str] = ()
) -> tuple[str, list[Mark]]:
    """The words of a tree, and its marks in order. `mark_of` gives the id of an element's mark, if any; several
    elements may belong to one mark. Elements named in `without` are skipped."""
    silent = _SILENT | frozenset(without)
    text = _Text()
    spans: dict[str, list[tuple[int, int]]] = {}
    elements: dict[str, list[etree._Element]] = {}
    begun: list[tuple[etree._Element, str, int]] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if name in silent or not name:
                walk.skip_subtree()
                continue
            if name in _BLOCKS:
                text.pause("\n\n")
            elif name == "br":
                text.pause("\n")
            if (mark := mark_of(element)) is not None:
                begun.append((element, mark, text.length))
                elements.setdefault(mark, []).append(element)
            text.add(element.text)
        else:
            if begun and begun[-1][0] is element:
                _, mark, start = begun.pop()
                spans.setdefault(mark, []).append((start, text.length))
            if name in _BLOCKS:
                text.pause("\n\n")
            if element is not root:
                text.add(element.tail)
    whole = "".join(text.parts)
    marks = [_mark(whole, sorted(places), elements[mark]) for mark, places in spans.items()]
    return whole, sorted((mark for mark in marks if mark.quote), key=lambda mark: mark.start)


def _mark(text: str, spans: list[tuple[int, int]], elements: list[etree._Element]) -> Mark:
    quote = ""
    last = spans[0][0]
    for start, end in spans:
        between = text[last:start]
        quote += (between if not between.strip() else " … ") + text[max(last, start) : max(last, end)]
        last = max(last, end)
    start = spans[0][0] + len(quote) - len(quote.lstrip())
    return Mark(quote.strip(), text[max(0, start - CONTEXT) : start], text[last : last + CONTEXT], start, elements)
