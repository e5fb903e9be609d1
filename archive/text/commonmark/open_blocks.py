"""The open blocks while a document is parsed: those that a line may continue."""

from archive.text.commonmark.block import Block, Kind
from archive.text.commonmark.links import definition


class OpenBlocks:
    """The open containers, outermost first, and the open leaf in the last of them, if any.

    `number` is the current line number, from 0. `references` are the link definitions of closed paragraphs.
    """

    def __init__(self) -> None:
        self.document = Block(Kind.DOCUMENT, 0, 0)
        self.containers = [self.document]
        self.leaf: Block | None = None
        self.number = 0
        self.references: dict[str, tuple[str, str]] = {}

    def close_to(self, depth: int) -> None:
        """Close everything below the first `depth` containers."""
        if depth < len(self.containers):
            self.close_leaf()
            del self.containers[depth:]

    def _close_list(self) -> None:
        """End a list when something other than an item of its kind follows."""
        if self.containers[-1].kind is Kind.LIST:
            self.containers.pop()

    def add_container(self, block: Block) -> None:
        """Open a container in the last one."""
        self.close_leaf()
        if block.kind is not Kind.ITEM:
            self._close_list()
        if block.kind is not Kind.FOOTNOTE:
            self.containers[-1].children.append(block)
        self.containers.append(block)
        self.touch()

    def touch(self) -> None:
        """Record that this line belongs to all open containers."""
        for container in self.containers:
            container.last_line = self.number

    def touch_quotes(self, matched: int) -> None:
        """A blank line after `>` belongs to the quote, so it does not loosen a list that contains the quote."""
        quotes = [depth for depth in range(matched) if self.containers[depth].kind is Kind.QUOTE]
        for container in self.containers[: quotes[-1] + 1] if quotes else ():
            container.last_line = self.number

    def new(self, kind: Kind, *lines: str) -> Block:
        """A new block beginning on this line, not yet opened."""
        return Block(kind, self.number, self.number, [], list(lines))

    def add_leaf(self, block: Block) -> None:
        """Open a leaf in the last container."""
        self.close_leaf()
        self._close_list()
        self.containers[-1].children.append(block)
        self.leaf = block
        self.touch()

    def close_leaf(self) -> None:
        """Close the leaf, if one is open. A paragraph may begin with link definitions."""
        leaf, self.leaf = self.leaf, None
        if leaf is None:
            return
        if leaf.kind is Kind.PARAGRAPH:
            self._take_definitions(leaf)
        elif leaf.kind is Kind.INDENTED_CODE:
            while leaf.lines and not leaf.lines[-1].strip(" \t"):
                leaf.lines.pop()

    def _take_definitions(self, paragraph: Block) -> None:
        """Remove the link definitions at a paragraph's start; if it had nothing else, it stays to mark its place."""
        if not paragraph.lines[0].startswith("["):
            return
        text, at = paragraph.text, 0
        while at < len(text) and (found := definition(text, at)):
            label, href, title, at = found
            self.references.setdefault(label, (href, title))
        if at:
            paragraph.lines = text[at:].split("\n") if at < len(text) else []
            if not paragraph.lines:
                paragraph.kind = Kind.DEFINITIONS
