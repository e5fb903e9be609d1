"""Lines to blocks, line by line, after the algorithm in CommonMark 0.31's appendix ("Phase 1: block structure")."""

from collections.abc import Iterable

from archive.text.commonmark.block import Block, Kind
from archive.text.commonmark.cursor import Cursor
from archive.text.commonmark.leaves import CODE_INDENT, Outcome, offer
from archive.text.commonmark.links import definition
from archive.text.commonmark.markers import (
    ATX_HEADING,
    FENCE,
    FOOTNOTE,
    LIST_MARKER,
    SETEXT_UNDERLINE,
    THEMATIC_BREAK,
    ends_html,
    html_block_end,
)
from archive.text.commonmark.table import column_alignments, split_row

MAX_DEPTH = 100
"""Quotes, lists and items within each other. Deeper markers are read as text: no reader needs them, and each costs a
step on every following line."""

_STARTERS = frozenset("#>`~<=-_*+[|:0123456789")


class BlockParser:
    """Reads one document. `references` and `footnotes` are filled while it reads; use an instance once."""

    def __init__(self) -> None:
        self.references: dict[str, tuple[str, str]] = {}
        self.footnotes: dict[str, Block] = {}
        self.went_too_deep = False
        self._document = Block(Kind.DOCUMENT, 0, 0)
        self._containers = [self._document]
        self._leaf: Block | None = None
        self._cursor = Cursor()
        self._number = 0  # of the line that is read

    def parse(self, lines: Iterable[str]) -> Block:
        """The document's block tree. Lines come without their line ends and without NUL."""
        for self._number, line in enumerate(lines):
            self._cursor.start(line)
            self._read_line()
        self._close_leaf()
        return self._document

    def _read_line(self) -> None:
        matched = self._match_containers()
        if self._leaf is not None and self._leaf.kind is not Kind.PARAGRAPH:
            if matched < len(self._containers):
                self._close_to(matched)
            elif self._continue_leaf(self._leaf):
                return
        opened, used_up = self._open_blocks(matched)
        if used_up:
            return
        if self._cursor.is_blank:
            if not opened:
                self._leave_after_blank(matched)
            return
        paragraph = self._leaf
        if paragraph is None:
            if not opened:
                self._close_to(matched)
            paragraph = self._new(Kind.PARAGRAPH)
            self._add_leaf(paragraph)
        # where the line left containers, it goes on with their paragraph lazily
        paragraph.lines.append(self._cursor.line[self._cursor.text_at :])
        paragraph.last_line = self._number
        self._touch()

    def _leave_after_blank(self, matched: int) -> None:
        """A blank line ends a paragraph, and leaves the containers that it does not continue."""
        if matched < len(self._containers):
            self._close_to(matched)
        else:
            self._close_leaf()

    def _continue_leaf(self, leaf: Block) -> bool:
        outcome = offer(leaf, self._cursor, self._number)
        if outcome is not Outcome.TAKEN:
            self._close_leaf()
        if leaf.last_line == self._number:
            self._touch()
        return outcome is not Outcome.REFUSED

    # containers

    def _match_containers(self) -> int:
        """How many of the open containers this line continues."""
        cursor = self._cursor
        for depth, container in enumerate(self._containers):
            if container.kind is Kind.QUOTE:
                cursor.look()
                if cursor.indent >= CODE_INDENT or not cursor.line.startswith(">", cursor.text_at):
                    return depth
                self._skip_quote_marker()
            elif container.kind is Kind.ITEM or container.kind is Kind.FOOTNOTE:
                cursor.look()
                # an item may start with one blank line, not two
                may_be_blank = container.children or container.kind is Kind.FOOTNOTE
                if cursor.indent < container.indent and not (cursor.is_blank and may_be_blank):
                    return depth
                cursor.skip(min(cursor.indent, container.indent))
        return len(self._containers)

    def _skip_quote_marker(self) -> None:
        cursor = self._cursor
        cursor.skip(cursor.indent + 1)
        if cursor.line.startswith((" ", "\t"), cursor.at):
            cursor.skip(1)

    def _close_to(self, depth: int) -> None:
        """Close all that is open within the first `depth` containers."""
        if depth < len(self._containers):
            self._close_leaf()
            del self._containers[depth:]

    def _close_list(self) -> None:
        """A list ends where something other than an item of its kind follows."""
        if self._containers[-1].kind is Kind.LIST:
            self._containers.pop()

    def _add_container(self, block: Block) -> None:
        self._close_leaf()
        if block.kind is not Kind.ITEM:
            self._close_list()
        if block.kind is not Kind.FOOTNOTE:
            self._containers[-1].children.append(block)
        self._containers.append(block)
        self._touch()

    def _touch(self) -> None:
        for container in self._containers:
            container.last_line = self._number

    # leaves

    def _new(self, kind: Kind, *lines: str) -> Block:
        return Block(kind, self._number, self._number, [], list(lines))

    def _add_leaf(self, block: Block) -> None:
        self._close_leaf()
        self._close_list()
        self._containers[-1].children.append(block)
        self._leaf = block
        self._touch()

    def _close_leaf(self) -> None:
        leaf, self._leaf = self._leaf, None
        if leaf is None:
            return
        if leaf.kind is Kind.PARAGRAPH:
            self._take_definitions(leaf)
        elif leaf.kind is Kind.INDENTED_CODE:
            while leaf.lines and not leaf.lines[-1].strip(" \t"):
                leaf.lines.pop()

    def _take_definitions(self, paragraph: Block) -> None:
        """Take the link definitions off a paragraph's start; one that held nothing else stays to mark its place."""
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

    # starts

    def _open_blocks(self, matched: int) -> tuple[bool, bool]:
        """Open every block that starts on this line: whether one was opened, and whether the line is used up."""
        cursor = self._cursor
        opened = False
        while True:
            cursor.look()
            if cursor.is_blank:
                return opened, False
            depth = len(self._containers) if opened else matched
            if cursor.indent >= CODE_INDENT:
                if self._leaf is not None:
                    return opened, False
                self._close_to(depth)
                cursor.skip(CODE_INDENT)
                self._add_leaf(self._new(Kind.INDENTED_CODE, cursor.rest))
                return True, True
            if cursor.line[cursor.text_at] not in _STARTERS:
                return opened, False
            # only a paragraph that the line's containers lead to can be interrupted, underlined or made a table
            paragraph = self._leaf if depth == len(self._containers) else None
            if self._open_leaf(depth, paragraph):
                return True, True
            if not self._open_container(depth, paragraph):
                is_table = paragraph is not None and paragraph is self._leaf and self._open_table(paragraph)
                return opened, is_table
            opened = True

    def _open_container(self, depth: int, paragraph: Block | None) -> bool:
        line, at = self._cursor.line, self._cursor.text_at
        if line[at] == ">":
            if self._is_too_deep(depth):
                return False
            self._close_to(depth)
            self._skip_quote_marker()
            self._add_container(self._new(Kind.QUOTE))
            return True
        if line[at] != "[":
            return self._open_item(depth, paragraph)
        match = FOOTNOTE.match(line, at)
        if match is None or self._is_too_deep(depth):
            return False
        self._close_to(depth)
        self._cursor.at = match.end()
        note = self._new(Kind.FOOTNOTE)
        note.info, note.indent = match[1], CODE_INDENT
        self._add_container(note)
        self.footnotes.setdefault(match[1].casefold(), note)
        return True

    def _open_item(self, depth: int, paragraph: Block | None) -> bool:
        cursor = self._cursor
        match = LIST_MARKER.match(cursor.line, cursor.text_at)
        if match is None:
            return False
        is_empty = not cursor.line[match.end() :].strip(" \t")
        # a list may interrupt a paragraph only with a first item that says something
        if paragraph is not None and (is_empty or match[2] not in (None, "1")):
            return False
        if self._is_too_deep(depth):
            return False
        self._close_to(depth)
        self._close_leaf()
        content = cursor.indent + match.end() - match.start()
        cursor.skip(content)
        cursor.look()
        # white space beyond four columns belongs to indented code within the item
        white = 1 if is_empty or cursor.indent > CODE_INDENT else cursor.indent
        cursor.skip(min(cursor.indent, white))
        marker = match[1] or match[3]
        last = self._containers[-1]
        if last.kind is not Kind.LIST or last.marker != marker:
            listing = self._new(Kind.LIST)
            listing.marker, listing.start = marker, None if match[1] else int(match[2])
            self._add_container(listing)
        item = self._new(Kind.ITEM)
        item.indent = content + white
        self._add_container(item)
        return True

    def _is_too_deep(self, depth: int) -> bool:
        if depth >= MAX_DEPTH:
            self.went_too_deep = True
            return True
        return False

    def _open_leaf(self, depth: int, paragraph: Block | None) -> bool:
        """Open the heading, fence, HTML block or rule that starts here, or make a heading of the paragraph."""
        line, at = self._cursor.line, self._cursor.text_at
        character = line[at]
        if character == "#" and (match := ATX_HEADING.match(line, at)):
            heading = self._new(Kind.HEADING, _without_closing_marks(line[match.end() :]))
            heading.level = len(match[1])
            self._add_closed(heading, depth)
            return True
        if character in "`~" and (match := FENCE.match(line, at)):
            self._close_to(depth)
            fence = self._new(Kind.FENCE)
            fence.fence, fence.info = match[1] or match[3], (match[2] or match[4] or "").strip()
            fence.indent = self._cursor.indent
            self._add_leaf(fence)
            return True
        if character == "<" and (end := html_block_end(line, at, paragraph is not None)) is not None:
            self._close_to(depth)
            html = self._new(Kind.HTML, self._cursor.rest)
            html.ends_at = end
            self._add_leaf(html)
            if end and ends_html(self._cursor.rest, end):
                self._close_leaf()
            return True
        if paragraph is not None and character in "=-" and SETEXT_UNDERLINE.match(line, at):
            self._close_leaf()
            if not paragraph.lines:  # it held definitions only: the line underlines nothing, and is text
                return False
            paragraph.kind, paragraph.level = Kind.HEADING, 1 if character == "=" else 2
            paragraph.last_line = self._number
            self._touch()
            return True
        if character in "*_-" and THEMATIC_BREAK.match(line, at):
            self._add_closed(self._new(Kind.RULE), depth)
            return True
        return False

    def _add_closed(self, leaf: Block, depth: int) -> None:
        self._close_to(depth)
        self._add_leaf(leaf)
        self._close_leaf()

    def _open_table(self, paragraph: Block) -> bool:
        """Make a table of the paragraph's last line if this line is the row of dashes that belongs under it."""
        alignments = column_alignments(self._cursor.line[self._cursor.text_at :])
        header = split_row(paragraph.lines[-1]) if alignments else []
        if alignments is None or len(header) != len(alignments):
            return False
        paragraph.lines.pop()
        table = Block(Kind.TABLE, self._number - 1, self._number, alignments=alignments, rows=[header])
        if paragraph.lines:
            paragraph.last_line = self._number - 2
            self._add_leaf(table)
        else:
            self._containers[-1].children[-1] = self._leaf = table
            self._touch()
        return True


def _without_closing_marks(text: str) -> str:
    text = text.strip(" \t")
    bare = text.rstrip("#")
    return bare.rstrip(" \t") if not bare or bare[-1] in " \t" else text
