"""html5lib's element tree without the bug that loses content misplaced in a table.

Its `insertBefore` adds the element to the tree but not to the list that `reparentChildren` moves, so whatever was moved
before a table is lost when a fragment is finished or formatting is closed out of order. Both methods here search from
the end, where the position nearly always is: from the start, time would be quadratic in the content.
"""

from typing import Any

from bleach import html5lib_shim

_Base: Any = type(html5lib_shim.HTMLParser().tree)  # type: ignore[attr-defined]


class _Element(_Base.elementClass):  # type: ignore[misc]
    def insertBefore(self, node: Any, refNode: Any) -> None:
        """Insert a node before one of the children, in the tree and in the list of child nodes."""
        self._element.insert(_last_index(self._element, refNode._element), node._element)
        self._childNodes.insert(_last_index(self._childNodes, refNode), node)
        node.parent = self

    def insertText(self, data: str, insertBefore: Any = None) -> None:
        """Append text, or put it before one of the children."""
        if insertBefore is None or not len(self._element):
            super().insertText(data)
            return
        place = _last_index(self._element, insertBefore._element)
        if place:
            before = self._element[place - 1]
            before.tail = (before.tail or "") + data
        else:
            self._element.text = (self._element.text or "") + data


class TreeBuilder(_Base):  # type: ignore[misc]
    """For the `tree` of an html5lib parser."""

    elementClass = _Element


def _last_index(children: Any, child: Any) -> int:
    return next(index for index in range(len(children) - 1, -1, -1) if children[index] is child)
