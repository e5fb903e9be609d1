"""HTML that stands in the source: made one text with what Markdown gave, so that it can be read and sanitised."""

import re
from collections.abc import Iterator
from html import escape, unescape
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from archive.text.clippings.formulas import words_of_mathml
from archive.text.commonmark.markers import CLOSE_TAG, OPEN_TAG
from archive.text.commonmark.parts import RAW_HTML
from archive.text.names import names
from archive.text.tokens import VOID, Token, of_html, of_tree

DEEPEST = 200
"""Elements within each other that are still read; reading takes time by the square of the depth."""

# A browser reads what follows such a tag as anything but the article, to the end of the article if it is not closed.
_SWALLOWING = names("script style title textarea select svg math template iframe noembed noframes xmp plaintext")
_CLOSED_BY_THE_NEXT = names("p li dd dt tr td th thead tbody tfoot option optgroup rt rp colgroup")
_TAG_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_LOOSE_TAG = r"""<[A-Za-z](?:"[^"]{0,5000}"|'[^']{0,5000}'|[^"'<>]){0,5000}>"""  # bounded: it is tried at every `<`
_CLOSE_TAG_OF_WORD = r"</[A-Za-z]:[A-Za-z]{1,20}>"  # </o:p>
_WHOLE = re.compile(
    rf"{OPEN_TAG}|{CLOSE_TAG}|<!--.*?-->|<!DOCTYPE[^<>]*>|{_LOOSE_TAG}|{_CLOSE_TAG_OF_WORD}", re.S | re.I
)
_SIMPLE_TAG = re.compile(r"<(/?)(sub|sup|kbd|b|i|u|s|em|strong|small|del|ins|mark|var|samp|cite|q|span)>")
_STARTS_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")


def tokens(root: Element) -> Iterator[Token]:
    """The tokens of a tree in which HTML may stand. Only what HTML reaches into is read anew, as that takes long."""
    pieces = list(root.iter(RAW_HTML))
    if not any(_holds_markup(piece.text or "") for piece in pieces):
        show_as_text(root)  # what only looked like it: `<?php`
        yield from of_tree(root)
        return
    for parent in list(root.iter()):
        if parent.find(RAW_HTML) is not None:
            _nest_simple_tags(parent)
    for blocks, is_html in _stretches(root):
        yield from of_html(to_html(blocks)) if is_html else of_tree(blocks)


def _nest_simple_tags(parent: Element) -> None:
    """Make elements of plain inline tags (`<sub>2</sub>`) that are all well nested among the parent's children."""
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
    """The tree's blocks in order, in stretches that no tag leads out of, and whether HTML stands in them."""
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
    """Keep account of the elements that pieces of HTML leave open; one closed out of turn stays open."""
    for match in _TAG_NAME.finditer(html):
        name = match[2].lower()
        if not match[1] and name not in VOID:
            open_names.append(name)
        elif match[1] and open_names and open_names[-1] == name:
            open_names.pop()


def depth(root: Element) -> int:
    """How deep the elements in the source's HTML go, by a count of tags: enough to refuse what would take long."""
    level = deepest = 0
    for element in root.iter(RAW_HTML):
        for match in _TAG_NAME.finditer(element.text or ""):
            name = match[2].lower()
            if name not in VOID and name not in _CLOSED_BY_THE_NEXT:
                level = max(0, level - 1) if match[1] else level + 1
                deepest = max(deepest, level)
    return deepest


def show_as_text(root: Element) -> None:
    """Make all HTML in the tree plain text, in which entities still stand for their characters."""
    for element in root.iter(RAW_HTML):
        element.tag = "span"
        element.text = AtomicString(unescape(element.text or ""))


def to_html(root: Element) -> str:
    """The tree as HTML, with the source's own HTML in it: unsafe until read again and sanitised.

    A tag that is not finished, or that would swallow what follows and is not closed among its siblings, becomes text.
    """
    pieces: list[str] = []
    unclosed: list[list[tuple[str, int]]] = [[]]  # per open element: swallowing tags, and their places in `pieces`
    in_raw = False
    for token in of_tree(root):
        name = token.get("name", "")
        if token["type"] == "Characters":
            text = token["data"]
            if in_raw:
                _note_swallowing(text, len(pieces), unclosed[-1])
            pieces.append(_finished(text) if in_raw else escape(text))
        elif name == RAW_HTML:
            in_raw = token["type"] == "StartTag"
        elif token["type"] == "EndTag":
            _defuse(pieces, unclosed.pop())
            pieces.append(f"</{name}>")
        else:
            attributes = "".join(f' {key}="{escape(value)}"' for (_, key), value in token["data"].items())
            pieces.append(f"<{name}{attributes}>")
            if token["type"] == "StartTag":
                unclosed.append([])
    _defuse(pieces, unclosed.pop())
    return "".join(pieces)


def _note_swallowing(tag: str, place: int, unclosed: list[tuple[str, int]]) -> None:
    """Keep account of an inline tag that swallows what follows until it is closed."""
    match = _TAG_NAME.match(tag)
    if match is None or match[2].lower() not in _SWALLOWING or _WHOLE.fullmatch(tag) is None:
        return
    if match[1] and unclosed and unclosed[-1][0] == match[2].lower():
        unclosed.pop()
    elif not match[1]:
        unclosed.append((match[2].lower(), place))


def _defuse(pieces: list[str], unclosed: list[tuple[str, int]]) -> None:
    for _, place in unclosed:
        pieces[place] = escape(pieces[place])


def _instead(name: str, element: str) -> str:
    """What stands for a whole element that swallows its content: of a frame its address is wanted, of a formula its
    words; any other is dropped."""
    if name == "math":
        return f'<span class="math">{escape(words_of_mathml(element))}</span>'
    return element if name == "iframe" else ""


def _holds_markup(html: str) -> bool:
    if "-->" in html:
        return True
    return any(_WHOLE.match(html, match.start()) for match in _TAG_NAME.finditer(html))


def _finished(html: str) -> str:
    """The HTML with every `<` escaped that starts a tag without an end, or one that swallows what follows it."""
    if _WHOLE.fullmatch(html):
        return html  # an inline tag: its account is kept among its siblings
    lower = html.lower()
    last_comment_ends = html.rfind("-->")
    kept: list[str] = []
    at = 0
    while match := _STARTS_MARKUP.search(html, at):
        start = match.start()
        kept.append(html[at:start])
        is_open_comment = html.startswith("<!--", start) and last_comment_ends < start + 4
        whole = None if is_open_comment else _WHOLE.match(html, start)
        name = _TAG_NAME.match(lower, start)
        at = start + 1
        if whole is None:
            kept.append("&lt;")
        elif name and not name[1] and name[2] in _SWALLOWING:
            closing = lower.find(f"</{name[2]}", whole.end())
            end = html.find(">", closing) + 1 if closing >= 0 else 0
            if end:
                kept.append(_instead(name[2], html[start:end]))
                at = end
            else:
                kept.append("&lt;")
        else:
            kept.append(whole.group())
            at = whole.end()
    kept.append(html[at:])
    return "".join(kept)
