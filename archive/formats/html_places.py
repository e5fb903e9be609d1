"""Positions in HTML that other programs give as a path of elements and a text offset."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from lxml import etree
from lxml import html as lxml_html

REACH = 40  # code points of context on each side
LARGEST = 2_000_000  # code points of HTML; beyond that, the quote alone must suffice
_STEP = re.compile(r"([\w-]+)(?:\[(\d+)\])?")


class Places:
    """HTML in which positions are looked up. It is parsed once, at the first lookup."""

    def __init__(self, page: str) -> None:
        self._page = page if len(page) <= LARGEST else ""

    def around(self, start: tuple[str, str], end: tuple[str, str]) -> tuple[str, str]:
        """The text before the start and after the end; both empty if one of them cannot be found.

        A position is a path such as /div[1]/p[2] or section/p[2], below the root, and an offset as text.
        """
        if self._root is None:
            return "", ""
        first, last = _place(self._root, *start), _place(self._root, *end)
        if first is None or last is None:
            return "", ""
        return self._text[max(0, first - REACH) : first], self._text[last : last + REACH]

    @cached_property
    def _root(self) -> Any:
        try:
            return lxml_html.fragment_fromstring(self._page, create_parent="div") if self._page else None
        except (ValueError, AssertionError, etree.LxmlError):
            return None

    @cached_property
    def _text(self) -> str:
        return "".join(self._root.itertext())


def _place(root: Any, path: str, offset: str) -> int | None:
    """Code points of the root's text before a position."""
    element = root
    for step in path.split("/"):
        if not step:
            continue
        match = _STEP.fullmatch(step)
        if match is None:
            return None
        found = [child for child in element if child.tag == match[1].lower()]
        number = int(match[2] or 1)
        if not 0 < number <= len(found):
            return None
        element = found[number - 1]
    if not offset.isdigit():
        return None
    return _before(root, element) + min(int(offset), len("".join(element.itertext())))


def _before(root: Any, element: Any) -> int:
    """Code points of the root's text before an element."""
    count = 0
    while element is not root:
        parent = element.getparent()
        if parent is None:
            return 0
        count += len(parent.text or "")
        for sibling in parent:
            if sibling is element:
                break
            count += len("".join(sibling.itertext())) + len(sibling.tail or "")
        element = parent
    return count
