"""HTML in the source: the parts of the article it affects are parsed again, the rest is not."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from archive.text.commonmark.parts import RAW_HTML
from archive.text.commonmark.tags import HTML
from archive.text.entities import unescape
from archive.text.html_joining import to_html
from archive.text.html_tags import TAG_NAME, holds_tags, markup, name_of
from archive.text.names import names
from archive.text.tokens import VOID, Token, of_html, of_tree

DEEPEST = 200
"""Maximum nesting that is parsed; parsing time is quadratic in the depth."""

_CLOSED_BY_THE_NEXT = names("p li dd dt tr td th thead tbody tfoot option optgroup rt rp colgroup")
_SIMPLE_TAG = re.compile(r"<(/?)(sub|sup|kbd|b|i|u|s|em|strong|small|del|ins|mark|var|samp|cite|q|span)>")


def tokens(root: Element) -> Iterator[Token]:
    """The tokens of a tree that may contain HTML. Only what the HTML affects is parsed again, because that is slow."""
    pieces = list(root.iter(RAW_HTML))
    if not any(holds_tags(piece.text or "") for piece in pieces):
        show_as_text(root)  # only looks like HTML: `<?php`
        yield from of_tree(root)
        return
    for parent in list(root.iter()):
        if parent.find(RAW_HTML) is not None:
            _nest_simple_tags(parent)
    for blocks, is_html in _stretches(root):
        yield from of_html(to_html(blocks)) if is_html else of_tree(blocks)


def _nest_simple_tags(parent: Element) -> None:
    """Turn plain inline tags (`<sub>2</sub>`) that are all well nested among the parent's children into elements."""
    open_names: list[str] = []
    for child in parent:
        if child.tag != RAW_HTML:
            continue
        match = _SIMPLE_TAG.fullmatch(child.text or "")
        if match is None or (match[1] and (not open_names or open_names.pop() != match[2])):
            return
        if not match[1]:
            open_names.append(match[2])
    if open_names:
        return
    children = list(parent)
    for child in children:
        parent.remove(child)
    within = [parent]
    for child in children:
        if child.tag != RAW_HTML:
            within[-1].append(child)
        elif (child.text or "").startswith("</"):
            within.pop().tail = child.tail
        else:
            element = SubElement(within[-1], (child.text or "").strip("<>"))
            element.text = child.tail
            within.append(element)


def _stretches(root: Element) -> Iterator[tuple[Element, bool]]:
    """The tree's blocks in order, in stretches that no tag crosses, and whether they contain HTML."""
    stretch, is_html = Element("div"), False
    open_names: list[str] = []
    for block in root:
        pieces = list(block.iter(RAW_HTML))
        if bool(pieces) != is_html and not open_names:
            if len(stretch):
                yield stretch, is_html
            stretch, is_html = Element("div"), bool(pieces)
        stretch.append(block)
        for piece in pieces:
            _follow_tags(piece.text or "", open_names)
    yield stretch, is_html


def _follow_tags(html: str, open_names: list[str]) -> None:
    """Keep track of the elements that pieces of HTML leave open; one closed out of order stays open."""
    for match in TAG_NAME.finditer(html):
        name = match[2].lower()
        if not match[1] and name not in VOID:
            open_names.append(name)
        elif match[1] and open_names and open_names[-1] == name:
            open_names.pop()


def depth(root: Element) -> int:
    """The nesting of elements in the source's HTML, by counting tags: enough to refuse what would take long."""
    sources = [element.text or "" for element in root.iter(RAW_HTML)]
    if sum(source.count("<") for source in sources) <= DEEPEST:
        return 0
    level = deepest = 0
    for piece in (piece for source in sources for piece in markup(source)):
        name = name_of(piece.tag)
        if not name or piece.content is not None or name in VOID or name in _CLOSED_BY_THE_NEXT:
            continue
        if piece.tag[1] == "/":
            level = max(0, level - 1)
        elif name in HTML or not piece.tag.endswith("/>"):
            level += 1
            deepest = max(deepest, level)
    return deepest


def show_as_text(root: Element) -> None:
    """Turn all HTML in the tree into plain text, in which entities still stand for their characters."""
    for element in root.iter(RAW_HTML):
        element.tag = "span"
        element.text = AtomicString(unescape(element.text or ""))
