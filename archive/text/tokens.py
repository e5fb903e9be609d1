"""An element tree, or untrusted HTML, as the stream of tokens that html5lib's filters use."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from bleach import html5lib_shim

from archive.text.html_tree import TreeBuilder
from archive.text.names import names

Token = dict[str, Any]
"""type; name and data (attributes by namespace and name) for tags; data for characters. html5lib's own form."""

VOID = names("area base br col embed hr img input link meta source track wbr")

_walker = html5lib_shim.getTreeWalker("etree")  # type: ignore[attr-defined]


def of_tree(root: Element) -> Iterator[Token]:
    """The tokens of the content of `root`, which contains no raw HTML."""
    if root.text:
        yield {"type": "Characters", "data": root.text}
    open_elements: list[tuple[Element, Iterator[Element]]] = [(root, iter(root))]
    while open_elements:
        parent, children = open_elements[-1]
        child = next(children, None)
        if child is None:
            open_elements.pop()
            if open_elements:
                yield {"type": "EndTag", "name": parent.tag, "namespace": None, "data": {}}
                if parent.tail:
                    yield {"type": "Characters", "data": parent.tail}
            continue
        attributes = {(None, name): value for name, value in child.attrib.items()}
        is_void = child.tag in VOID
        kind = "EmptyTag" if is_void else "StartTag"
        yield {"type": kind, "name": child.tag, "namespace": None, "data": attributes}
        if is_void:
            if child.tail:
                yield {"type": "Characters", "data": child.tail}
            continue
        if child.text:
            yield {"type": "Characters", "data": child.text}
        open_elements.append((child, iter(child)))


def of_html(html: str) -> Iterator[Token]:
    """The tokens of HTML as parsed by a browser without scripting."""
    # A parser has state, so it is not shared between threads. Creating one takes 25 µs.
    parser = html5lib_shim.BleachHTMLParser(
        tags=None, strip=False, consume_entities=True, namespaceHTMLElements=False, tree=TreeBuilder
    )
    tokens: Iterator[Token] = iter(_walker(parser.parseFragment(html, scripting=False)))
    return tokens
