"""Turns an element tree that contains HTML into one HTML text that can be parsed without losing a word.

What a browser does not treat as part of the article, such as the content of `<title>` or `<svg>`, becomes words; so
does a tag that names an element in prose ("the <table> element") and would swallow what follows it.
"""

from html import escape
from xml.etree.ElementTree import Element

from archive.text.clippings.formulas import words_of_mathml
from archive.text.commonmark.parts import RAW_HTML
from archive.text.commonmark.tags import HTML
from archive.text.entities import unescape, with_bare_ampersands_escaped
from archive.text.html_tags import is_bare, markup, name_of, with_known_attributes, words_of
from archive.text.names import names
from archive.text.tokens import of_tree

_DROPPED = names("script style")
_DRAWN = names("svg math")
_PLAYERS = names("object applet audio video canvas iframe")
_OPTIONS = names("option optgroup")
_OTHERS = names("title textarea xmp noembed noframes select template plaintext table")
_IN_PAIRS = _DROPPED | _DRAWN | _PLAYERS | _OPTIONS | _OTHERS
_SHOWN = _DROPPED | {"plaintext"}  # if they are not closed
_TABLE_PARTS = names("caption colgroup tbody td tfoot th thead tr")


def to_html(root: Element) -> str:
    """The tree as HTML, including the source's own HTML: unsafe until parsed again and sanitised."""
    joined = _Joined()
    in_raw = False
    for token in of_tree(root):
        name = token.get("name", "")
        if name == RAW_HTML:
            in_raw = token["type"] == "StartTag"
        elif token["type"] == "Characters":
            if in_raw:
                joined.add_html(token["data"])
            else:
                joined.pieces.append(escape(token["data"]))
        elif token["type"] == "EndTag":
            joined.end(name)
        else:
            attributes = "".join(f' {key}="{escape(value)}"' for (_, key), value in token["data"].items())
            joined.start(name, f"<{name}{attributes}>", is_void=token["type"] == "EmptyTag")
    joined.finish()
    return "".join(joined.pieces)


class _Unclosed:
    """A tag whose closing tag is expected among the siblings of its piece of HTML."""

    __slots__ = ("end", "name", "place", "tag")

    def __init__(self, name: str, tag: str, place: int) -> None:
        self.name = name
        self.tag = tag
        self.place = place  # index among the pieces
        self.end: int | None = None  # for a table: the piece in which its last row can end it

    def without_end(self) -> str:
        """What replaces the tag if its closing tag never comes."""
        if is_bare(self.tag) or self.name in _SHOWN:
            return escape(self.tag)  # the element is only mentioned
        if self.name in _PLAYERS:
            return f"{self.tag}</{self.name}>"
        return "<br>" if self.name in _OPTIONS else ""


class _Joined:
    """The pieces of the HTML, and the tags open in them."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._unclosed: list[list[_Unclosed]] = [[]]  # per open element of the tree
        self._tables = 0
        self._has_cells = False

    def start(self, name: str, tag: str, *, is_void: bool) -> None:
        """Add the start tag of an element of the tree."""
        self.pieces.append(tag)
        if not is_void:
            self._unclosed.append([])
            self._tables += name == "table"

    def end(self, name: str) -> None:
        """Add the end tag of an element of the tree."""
        self._give_up(self._unclosed.pop())
        self._tables -= name == "table"
        self.pieces.append(f"</{name}>")

    def finish(self) -> None:
        """Handle what was never closed."""
        self._give_up(self._unclosed.pop())

    def add_html(self, html: str) -> None:
        """Add a piece of the source's HTML: one tag within a paragraph, or a block with any number of them."""
        self._has_cells = False
        for piece in markup(html):
            if piece.text:
                self.pieces.append(with_bare_ampersands_escaped(piece.text))
            if piece.tag:
                self._add_tag(piece.tag, piece.content)
        if self._has_cells:
            for unclosed in reversed(self._unclosed[-1]):
                if unclosed.name == "table":
                    unclosed.end = len(self.pieces)
                    self.pieces.append("")

    def _add_tag(self, tag: str, content: str | None) -> None:
        name = name_of(tag)
        if not name:
            return  # a comment
        if content is not None:
            self.pieces.append(_instead(name, tag, content))
        elif tag[1] == "/":
            self._close(name, tag)
        elif name in _IN_PAIRS:
            self._open(name, with_known_attributes(tag))
        elif name in _TABLE_PARTS and not self._tables:
            self.pieces.append("<p>")
        elif name in HTML or not tag.endswith("/>"):
            self._has_cells |= name in _TABLE_PARTS
            self.pieces.append(with_known_attributes(tag))

    def _open(self, name: str, tag: str) -> None:
        if tag.endswith("/>"):
            self.pieces.append(f"{tag}</{name}>" if name in _PLAYERS else "")
            return
        self._unclosed[-1].append(_Unclosed(name, tag, len(self.pieces)))
        self.pieces.append(tag)
        self._tables += name == "table"

    def _close(self, name: str, tag: str) -> None:
        if name not in _IN_PAIRS:
            self.pieces.append("" if name in _TABLE_PARTS and not self._tables else tag)
            return
        unclosed = self._unclosed[-1]
        at = next((at for at in range(len(unclosed) - 1, -1, -1) if unclosed[at].name == name), None)
        if at is None:
            return
        opened = unclosed[at]
        self._give_up(unclosed[at + 1 :])
        for option in unclosed[at + 1 :] if name == "select" else ():
            self.pieces[option.place] = "<br>"
        del unclosed[at:]
        self._tables -= name == "table"
        if name in _DROPPED:
            del self.pieces[opened.place :]
        elif name in _DRAWN:
            self.pieces[opened.place :] = [f" {escape(words_of(''.join(self.pieces[opened.place + 1 :])))} "]
        elif name == "table" or name in _PLAYERS:
            self.pieces.append(tag)
        elif name == "xmp":
            self.pieces[opened.place] = "<pre>"
            self.pieces.append("</pre>")
        else:
            self.pieces[opened.place] = "<br>" if name in _OPTIONS else ""

    def _give_up(self, unclosed: list[_Unclosed]) -> None:
        for each in unclosed:
            self._tables -= each.name == "table"
            if each.end is not None:
                self.pieces[each.end] = "</table>"
            else:
                self.pieces[each.place] = each.without_end()


def _instead(name: str, tag: str, content: str) -> str:
    """What replaces a whole element whose content is not HTML: its words, and a link to what a frame shows."""
    if name in _DROPPED:
        return ""
    if name == "math":
        return f'<span class="math">{escape(words_of_mathml(f"{tag}{content}</math>"))}</span>'
    if name == "xmp":
        return f"<pre>{escape(content)}</pre>"
    if name in ("title", "textarea"):
        return f"\n{escape(unescape(content))}\n"
    words = escape(words_of(content))
    return f"{with_known_attributes(tag)}</iframe>{words}" if name == "iframe" else f" {words} "
