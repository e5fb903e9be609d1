"""Parses lines to blocks, line by line, following CommonMark 0.31's appendix ("Phase 1: block structure")."""

from collections.abc import Iterable

from archive.text.commonmark.block import Block, Kind
from archive.text.commonmark.cursor import Cursor
from archive.text.commonmark.leaves import CODE_INDENT, Outcome, offer
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
from archive.text.commonmark.open_blocks import OpenBlocks
from archive.text.commonmark.table import column_alignments, split_row

DEEPEST = 100
"""Maximum nesting of quotes, lists and items. Deeper markers are read as text: nobody needs them, and each costs a step
on every following line."""

_STARTERS = frozenset("#>`~<=-_*+[|:0123456789")


class BlockParser:
    """Parses one document, filling `references` and `footnotes`. Use an instance only once."""

    def __init__(self) -> None:
        self.footnotes: dict[str, Block] = {}
        self.went_too_deep = False
        self._open = OpenBlocks()
        self._cursor = Cursor()

    @property
    def references(self) -> dict[str, tuple[str, str]]:
        """Address and title of each link definition, by label."""
        return self._open.references

    def parse(self, lines: Iterable[str]) -> Block:
        """The document's block tree. Lines come without line ends and NUL characters."""
        for self._open.number, line in enumerate(lines):
            self._cursor.start(line)
            self._read_line()
        self._open.close_leaf()
        return self._open.document

    def _read_line(self) -> None:
        matched = self._match_containers()
        if self._open.leaf is not None and self._open.leaf.kind is not Kind.PARAGRAPH:
            if matched < len(self._open.containers):
                self._open.close_to(matched)
            elif self._continue_leaf(self._open.leaf):
                return
        opened, used_up = self._open_blocks(matched)
        if used_up:
            return
        if self._cursor.is_blank:
            if not opened:
                self._leave_after_blank(matched)
            return
        paragraph = self._open.leaf
        if paragraph is None:
            if not opened:
                self._open.close_to(matched)
            paragraph = self._open.new(Kind.PARAGRAPH)
            self._open.add_leaf(paragraph)
        # if the line left containers, it continues their paragraph lazily
        paragraph.lines.append(self._cursor.line[self._cursor.text_at :])
        paragraph.last_line = self._open.number
        self._open.touch()

    def _leave_after_blank(self, matched: int) -> None:
        """A blank line ends a paragraph, and closes the containers that it does not continue."""
        self._open.touch_quotes(matched)
        if matched < len(self._open.containers):
            self._open.close_to(matched)
        else:
            self._open.close_leaf()

    def _continue_leaf(self, leaf: Block) -> bool:
        outcome = offer(leaf, self._cursor, self._open.number)
        if outcome is not Outcome.TAKEN:
            self._open.close_leaf()
        if leaf.last_line == self._open.number:
            self._open.touch()
        return outcome is not Outcome.REFUSED

    # containers

    def _match_containers(self) -> int:
        """How many of the open containers this line continues."""
        cursor = self._cursor
        for depth, container in enumerate(self._open.containers):
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
        return len(self._open.containers)

    def _skip_quote_marker(self) -> None:
        cursor = self._cursor
        cursor.skip(cursor.indent + 1)
        if cursor.line.startswith((" ", "\t"), cursor.at):
            cursor.skip(1)

    # starts

    def _open_blocks(self, matched: int) -> tuple[bool, bool]:
        """Open every block that starts on this line. Returns whether one was opened, and whether the line is used
        up."""
        cursor = self._cursor
        opened = False
        while True:
            cursor.look()
            if cursor.is_blank:
                return opened, False
            depth = len(self._open.containers) if opened else matched
            if cursor.indent >= CODE_INDENT:
                if self._open.leaf is not None:
                    return opened, False
                self._open.close_to(depth)
                cursor.skip(CODE_INDENT)
                self._open.add_leaf(self._open.new(Kind.INDENTED_CODE, cursor.rest))
                return True, True
            if cursor.line[cursor.text_at] not in _STARTERS:
                return opened, False
            # only a paragraph reached through the line's containers can be interrupted, underlined or made a table
            paragraph = self._open.leaf if depth == len(self._open.containers) else None
            if self._open_leaf(depth, paragraph):
                return True, True
            if not self._open_container(depth, paragraph):
                is_table = paragraph is not None and paragraph is self._open.leaf and self._open_table(paragraph)
                return opened, is_table
            opened = True

    def _open_container(self, depth: int, paragraph: Block | None) -> bool:
        line, at = self._cursor.line, self._cursor.text_at
        if line[at] == ">":
            if self._is_too_deep(depth):
                return False
            self._open.close_to(depth)
            self._skip_quote_marker()
            self._open.add_container(self._open.new(Kind.QUOTE))
            return True
        if line[at] != "[":
            return self._open_item(depth, paragraph)
        match = FOOTNOTE.match(line, at)
        if match is None or self._is_too_deep(depth):
            return False
        self._open.close_to(depth)
        self._cursor.at = match.end()
        note = self._open.new(Kind.FOOTNOTE)
        note.info, note.indent = match[1], CODE_INDENT
        self._open.add_container(note)
        self.footnotes.setdefault(match[1].casefold(), note)
        return True

    def _open_item(self, depth: int, paragraph: Block | None) -> bool:
        cursor = self._cursor
        match = LIST_MARKER.match(cursor.line, cursor.text_at)
        if match is None:
            return False
        is_empty = not cursor.line[match.end() :].strip(" \t")
        # a list may interrupt a paragraph only if its first item is not empty
        if paragraph is not None and (is_empty or match[2] not in (None, "1")):
            return False
        if self._is_too_deep(depth):
            return False
        self._open.close_to(depth)
        self._open.close_leaf()
        content = cursor.indent + match.end() - match.start()
        cursor.skip(content)
        cursor.look()
        # white space beyond four columns belongs to indented code within the item
        white = 1 if is_empty or cursor.indent > CODE_INDENT else cursor.indent
        cursor.skip(min(cursor.indent, white))
        marker = match[1] or match[3]
        last = self._open.containers[-1]
        if last.kind is not Kind.LIST or last.marker != marker:
            listing = self._open.new(Kind.LIST)
            listing.marker, listing.start = marker, None if match[1] else int(match[2])
            self._open.add_container(listing)
        item = self._open.new(Kind.ITEM)
        item.indent = content + white
        self._open.add_container(item)
        return True

    def _is_too_deep(self, depth: int) -> bool:
        if depth >= DEEPEST:
            self.went_too_deep = True
            return True
        return False

    def _open_leaf(self, depth: int, paragraph: Block | None) -> bool:
        """Open the heading, fence, HTML block or rule that starts here, or turn the paragraph into a heading."""
        line, at = self._cursor.line, self._cursor.text_at
        character = line[at]
        if character == "#" and (match := ATX_HEADING.match(line, at)):
            heading = self._open.new(Kind.HEADING, _without_closing_marks(line[match.end() :]))
            heading.level = len(match[1])
            self._add_closed(heading, depth)
            return True
        if character in "`~" and (match := FENCE.match(line, at)):
            self._open.close_to(depth)
            fence = self._open.new(Kind.FENCE)
            fence.fence, fence.info = match[1] or match[3], (match[2] or match[4] or "").strip()
            fence.indent = self._cursor.indent
            self._open.add_leaf(fence)
            return True
        if character == "<" and (end := html_block_end(line, at, paragraph is not None)) is not None:
            self._open.close_to(depth)
            html = self._open.new(Kind.HTML, self._cursor.rest)
            html.ends_at = end
            self._open.add_leaf(html)
            if end and ends_html(self._cursor.rest, end):
                self._open.close_leaf()
            return True
        if paragraph is not None and character in "=-" and SETEXT_UNDERLINE.match(line, at):
            self._open.close_leaf()
            if not paragraph.lines:  # it contained only definitions: the line underlines nothing, and is text
                return False
            paragraph.kind, paragraph.level = Kind.HEADING, 1 if character == "=" else 2
            paragraph.last_line = self._open.number
            self._open.touch()
            return True
        if character in "*_-" and THEMATIC_BREAK.match(line, at):
            self._add_closed(self._open.new(Kind.RULE), depth)
            return True
        return False

    def _add_closed(self, leaf: Block, depth: int) -> None:
        self._open.close_to(depth)
        self._open.add_leaf(leaf)
        self._open.close_leaf()

    def _open_table(self, paragraph: Block) -> bool:
        """Turn the paragraph's last line into a table if this line is the row of dashes below it."""
        alignments = column_alignments(self._cursor.line[self._cursor.text_at :])
        header = split_row(paragraph.lines[-1]) if alignments else []
        if alignments is None or len(header) != len(alignments):
            return False
        paragraph.lines.pop()
        table = Block(Kind.TABLE, self._open.number - 1, self._open.number, alignments=alignments, rows=[header])
        if paragraph.lines:
            paragraph.last_line = self._open.number - 2
            self._open.add_leaf(table)
        else:
            self._open.containers[-1].children[-1] = self._open.leaf = table
            self._open.touch()
        return True


def _without_closing_marks(text: str) -> str:
    text = text.strip(" \t")
    bare = text.rstrip("#")
    return bare.rstrip(" \t") if not bare or bare[-1] in " \t" else text
