"""Cuts a passage out of an article's HTML, with its enclosing elements."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from archive.text.names import names

_VOID = names("br hr img input")


@dataclass(eq=False, slots=True)
class Part:
    """An element with the part of its content that is in the passage: parts and pieces of text, in order.

    `number` is an item's number in its ordered list, wherever the passage begins; None for other elements.
    """

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Part | str] = field(default_factory=list)
    number: int | None = None

    def text(self) -> str:
        """Its textContent."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def find_all(self, *names: str) -> Iterator[Part]:
        """The parts within it that have one of these names, in document order."""
        for child in self.children:
            if isinstance(child, Part):
                if child.name in names:
                    yield child
                yield from child.find_all(*names)


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A piece of text, or an empty element, with all its ancestors, outermost first."""

    start: int
    text: str
    around: tuple[Part, ...]
    element: Part | None = None


class Excerpts:
    """Passages of one HTML text written by `render`, parsed once for any number of passages."""

    def __init__(self, html: str) -> None:
        self._leaves = list(_leaves(html))
        self._starts = [leaf.start for leaf in self._leaves]

    @property
    def text(self) -> str:
        """The textContent of the HTML."""
        return "".join(leaf.text for leaf in self._leaves)

    def cut(self, start: int, end: int) -> Part:
        """The elements around the text from `start` to `end` (code points of its textContent), with only this text.

        The returned part stands for the whole article. An image or a rule is included if there is text on both sides.
        """
        root = Part("article")
        path: list[tuple[Part, Part]] = []  # elements of the article and the parts made from them
        first = max(bisect_right(self._starts, start) - 1, 0)
        while first and self._starts[first - 1] == self._starts[first]:
            first -= 1
        for leaf in self._leaves[first:]:
            if leaf.start >= end:
                break
            if leaf.element is None:
                if text := leaf.text[max(start - leaf.start, 0) : end - leaf.start]:
                    _follow(root, path, leaf.around).children.append(text)
            elif leaf.start > start or (leaf.start == start and leaf.element.name == "input"):
                part = Part(leaf.element.name, leaf.element.attributes)
                _follow(root, path, leaf.around).children.append(part)
        return root


def _follow(root: Part, path: list[tuple[Part, Part]], around: tuple[Part, ...]) -> Part:
    """The part for the innermost of these elements, below those that are the same as in the path."""
    same = 0
    while same < min(len(path), len(around)) and path[same][0] is around[same]:
        same += 1
    del path[same:]
    for element in around[same:]:
        part = Part(element.name, element.attributes, number=element.number)
        (path[-1][1] if path else root).children.append(part)
        path.append((element, part))
    return path[-1][1] if path else root


def _leaves(html: str) -> Iterator[_Leaf]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    yield from reader.leaves


class _Reader(HTMLParser):
    """Parses balanced HTML: the output of `render` needs none of a browser's repairs, except for a line end after
    `<pre>`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.leaves: list[_Leaf] = []
        self._open: tuple[Part, ...] = ()
        self._numbers: list[int] = []
        self._offset = 0
        self._after_pre = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._after_pre = tag == "pre"
        element = Part(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self.leaves.append(_Leaf(self._offset, "", self._open, element))
            return
        if tag in ("ol", "ul"):
            start = element.attributes.get("start", "1")
            self._numbers.append(int(start) if start.isdecimal() else 1)
        elif tag == "li" and self._open and self._open[-1].name == "ol":
            element.number = self._numbers[-1]
            self._numbers[-1] += 1
        self._open = (*self._open, element)

    def handle_endtag(self, tag: str) -> None:
        self._after_pre = False
        if tag in _VOID:  # for `<br />`
            return
        self._open = self._open[:-1]
        if tag in ("ol", "ul"):
            self._numbers.pop()

    def handle_data(self, data: str) -> None:
        if self._after_pre:
            data = data.removeprefix("\n")
        self._after_pre = False
        if not data:
            return
        last = self.leaves[-1] if self.leaves else None
        if last and last.element is None and last.around is self._open:  # text next to a character reference
            self.leaves[-1] = _Leaf(last.start, last.text + data, last.around)
        else:
            self.leaves.append(_Leaf(self._offset, data, self._open))
        self._offset += len(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self.handle_data(unescape(f"&#{name};"))
