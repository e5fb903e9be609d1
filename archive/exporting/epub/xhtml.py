"""Converts an article's HTML to an element tree, and trees to XHTML."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement, tostring

from archive.text.names import names

VOID = names("br hr img input wbr")
EPUB_TYPE = "epub:type"
_UNFIT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\ufdd0-\ufdef]")  # not allowed in XML


def fit(text: str) -> str:
    """A text without characters that XML does not allow."""
    return _UNFIT.sub("", text)


def one_line(title: str) -> str:
    """A title on one line, or a placeholder if it has no words."""
    return " ".join(fit(title).split()) or "…"


def tree(html: str) -> Element:
    """The elements of balanced HTML, as written by `archive.text`, in a `div`."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


def element(name: str, text: str = "", **attributes: str) -> Element:
    """An element; a trailing underscore in an attribute name is removed, as in `class_`."""
    made = Element(name, {key.rstrip("_").replace("__", ":"): fit(value) for key, value in attributes.items()})
    made.text = fit(text)
    return made


def append(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """The same, appended as a child."""
    made = element(name, text, **attributes)
    parent.append(made)
    return made


def add_text(parent: Element, text: str) -> None:
    """Append text to an element."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def page(title: str, body: Element, language: str = "") -> str:
    """A whole XHTML document with this `body` element."""
    html = Element("html", {"xmlns": "http://www.w3.org/1999/xhtml", "xmlns:epub": "http://www.idpf.org/2007/ops"})
    if language:
        html.attrib |= {"lang": language, "xml:lang": language}
    head = SubElement(html, "head")
    append(head, "title", one_line(title))
    SubElement(head, "link", {"rel": "stylesheet", "type": "text/css", "href": "style.css"})
    html.append(body)
    return document(html, "<!DOCTYPE html>\n")


def document(root: Element, doctype: str = "") -> str:
    """XML with its declaration."""
    written = tostring(root, encoding="unicode", short_empty_elements=True)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{doctype}{_with_end_tags(written)}\n'


def _with_end_tags(xml: str) -> str:
    """Give empty elements that may have content an explicit end tag."""
    return re.sub(r"<([\w:-]+)((?: [^<>]*)?) />", _closed, xml)


def _closed(tag: re.Match[str]) -> str:
    return tag[0] if tag[1] in VOID or tag[1] not in _MAY_HAVE_CONTENT else f"<{tag[1]}{tag[2]}></{tag[1]}>"


_MAY_HAVE_CONTENT = names(
    "a abbr b blockquote body caption cite code dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 i"
    " ins kbd li mark nav ol p pre q rp rt ruby s samp section small span strong sub summary sup table tbody td tfoot"
    " th thead title tr u ul var"
)


class _Reader(HTMLParser):
    """Needs none of a browser's repairs, except for the line end dropped after `<pre>`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.root = Element("div")
        self._open = [self.root]
        self._after_pre = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._after_pre = tag == "pre"
        made = SubElement(self._open[-1], tag, {name: fit(value or "") for name, value in attrs})
        if tag not in VOID:
            self._open.append(made)

    def handle_endtag(self, tag: str) -> None:
        self._after_pre = False
        if tag not in VOID and len(self._open) > 1:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._after_pre:
            data = data.removeprefix("\n")
        self._after_pre = False
        add_text(self._open[-1], fit(data))

    def handle_entityref(self, name: str) -> None:
        self.handle_data(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self.handle_data(unescape(f"&#{name};"))
