"""Lines to blocks, line by line, after the algorithm in CommonMark 0.31's appendix ("Phase 1: block structure")."""

import re
from collections.abc import Iterable

from .block import Block, Kind
from .links import definition
from .markers import (
    ATX_HEADING,
    FENCE,
    FOOTNOTE,
    LIST_MARKER,
    SETEXT_UNDERLINE,
    THEMATIC_BREAK,
    ends_html,
    html_block_end,
)
from .table import column_alignments, split_row

MAX_DEPTH = 100
"""Quotes, lists and items within each other. Deeper markers are read as text: no reader needs them, and each costs a
step on every following line."""

_MAX_PADDED_CELLS = 100_000
_CODE_INDENT = 4
_WHITE = re.compile(r"[ \t]*")
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
        self._padded_cells = 0
        self._number = 0
        self._line = ""
        self._at = 0  # column reached; the line holds no tab before it
        self._text_at = 0  # where the next character is that is not white
        self._indent = 0  # columns between the two

    def parse(self, lines: Iterable[str]) -> Block:
        """The document's block tree. Lines come without their line ends and without NUL."""
        for self._number, self._line in enumerate(lines):
            self._at = 0
            self._read_line()
        self._close_leaf()
        return self._document

    # one line

    def _read_line(self) -> None:
        matched = self._match_containers()
        leaf = self._leaf
        if leaf is not None and leaf.kind is not Kind.PARAGRAPH:
            if matched < len(self._containers):
                self._close_to(matched)
            elif self._continue_leaf(leaf):
                return
        opened, used_up = self._open_blocks(matched)
        if used_up:
            return
        if self._text_at >= len(self._line):
            if not opened:
                self._leave_after_blank(matched)
            return
        paragraph = self._leaf
        if paragraph is None:
            if not opened:
                self._close_to(matched)
            paragraph = Block(Kind.PARAGRAPH, self._number, self._number)
            self._add_leaf(paragraph)
        # where the line left containers, it goes on with their paragraph lazily
        paragraph.lines.append(self._line[self._text_at :])
        paragraph.last_line = self._number
        self._touch()

    def _leave_after_blank(self, matched: int) -> None:
        """A blank line ends a paragraph and a table, and leaves the containers that did not ask for it."""
        if matched < len(self._containers):
            self._close_to(matched)
        elif self._leaf is not None:
            self._close_leaf()

    # columns

    def _look(self) -> None:
        """Find the next character that is not white, and how many columns away it is."""
        match = _WHITE.match(self._line, self._at)
        self._text_at = end = match.end() if match else self._at
        if "\t" in self._line[self._at : end]:
            column = self._at
            for character in self._line[self._at : end]:
                column += 4 - column % 4 if character == "\t" else 1
            self._indent = column - self._at
        else:
            self._indent = end - self._at

    def _skip(self, columns: int) -> None:
        """Consume so many columns of white space; of a tab only the part that is needed."""
        for _ in range(columns):
            if self._line.startswith("\t", self._at):
                width = 4 - self._at % 4
                self._line = self._line[: self._at] + " " * width + self._line[self._at + 1 :]
            self._at += 1

    # containers

    def _match_containers(self) -> int:
        """How many of the open containers this line continues."""
        for depth, container in enumerate(self._containers):
            match container.kind:
                case Kind.QUOTE:
                    self._look()
                    if self._indent >= _CODE_INDENT or not self._line.startswith(">", self._text_at):
                        return depth
                    self._skip_quote_marker()
                case Kind.ITEM | Kind.FOOTNOTE:
                    self._look()
                    is_blank = self._text_at >= len(self._line)
                    # an item may start with one blank line, not two
                    may_go_on = is_blank and (container.children or container.kind is Kind.FOOTNOTE)
                    if self._indent < container.indent and not may_go_on:
                        return depth
                    self._skip(min(self._indent, container.indent))
                case _:
                    pass
        return len(self._containers)

    def _skip_quote_marker(self) -> None:
        self._skip(self._indent)
        self._at += 1
        if self._line.startswith((" ", "\t"), self._at):
            self._skip(1)

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
        """Take the link reference definitions off a paragraph's start; what was nothing else stays as a mark of place."""
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

    def _continue_leaf(self, leaf: Block) -> bool:
        """Give the line to the open code, HTML block or table; False if it ends there and the line is not its own."""
        match leaf.kind:
            case Kind.FENCE:
                self._continue_fence(leaf)
                return True
            case Kind.INDENTED_CODE:
                return self._continue_indented_code(leaf)
            case Kind.HTML:
                return self._continue_html(leaf)
            case _:
                return self._continue_table(leaf)

    def _continue_fence(self, leaf: Block) -> None:
        self._look()
        leaf.last_line = self._number
        self._touch()
        rest = self._line[self._text_at :].rstrip(" \t")
        if self._indent < _CODE_INDENT and len(rest) >= len(leaf.fence) and rest == leaf.fence[0] * len(rest):
            self._close_leaf()
            return
        self._skip(min(self._indent, leaf.indent))
        leaf.lines.append(self._line[self._at :])

    def _continue_indented_code(self, leaf: Block) -> bool:
        self._look()
        if self._text_at >= len(self._line):
            self._skip(min(self._indent, _CODE_INDENT))
            leaf.lines.append(self._line[self._at :])
            return True
        if self._indent < _CODE_INDENT:
            self._close_leaf()
            return False
        self._skip(_CODE_INDENT)
        leaf.lines.append(self._line[self._at :])
        leaf.last_line = self._number
        self._touch()
        return True

    def _continue_html(self, leaf: Block) -> bool:
        rest = self._line[self._at :]
        if not leaf.ends_at and not rest.strip(" \t"):
            self._close_leaf()
            return True
        leaf.lines.append(rest)
        leaf.last_line = self._number
        self._touch()
        if leaf.ends_at and ends_html(rest, leaf.ends_at):
            self._close_leaf()
        return True

    def _continue_table(self, leaf: Block) -> bool:
        self._look()
        if self._text_at >= len(self._line) or self._starts_block():
            self._close_leaf()
            return False
        row = split_row(self._line[self._text_at :])[: len(leaf.alignments)]
        missing = len(leaf.alignments) - len(row)
        self._padded_cells += missing
        if self._padded_cells < _MAX_PADDED_CELLS:
            row += [""] * missing
        leaf.rows.append(row)
        leaf.last_line = self._number
        self._touch()
        return True

    # starts

    def _starts_block(self) -> bool:
        """Whether this line opens a block, and so ends a table."""
        line, at = self._line, self._text_at
        return self._indent >= _CODE_INDENT or bool(
            line[at] == ">"
            or ATX_HEADING.match(line, at)
            or FENCE.match(line, at)
            or THEMATIC_BREAK.match(line, at)
            or LIST_MARKER.match(line, at)
            or FOOTNOTE.match(line, at)
            or html_block_end(line, at, in_paragraph=False) is not None
        )

    def _open_blocks(self, matched: int) -> tuple[bool, bool]:
        """Open every block that starts on this line; whether a container was opened, and whether the line is used up."""
        opened = False
        while True:
            self._look()
            if self._text_at >= len(self._line):
                return opened, False
            depth = len(self._containers) if opened else matched
            if self._indent >= _CODE_INDENT:
                if self._leaf is not None:
                    return opened, False
                self._close_to(depth)
                self._skip(_CODE_INDENT)
                self._add_leaf(Block(Kind.INDENTED_CODE, self._number, self._number, [], [self._line[self._at :]]))
                return True, True
            if self._line[self._text_at] not in _STARTERS:
                return opened, False
            # only a paragraph that the line's containers lead to can be interrupted, underlined or made a table
            paragraph = self._leaf if depth == len(self._containers) else None
            if self._open_leaf(depth, paragraph):
                return True, True
            if not self._open_container(depth, paragraph):
                return opened, False
            opened = True

    def _open_container(self, depth: int, paragraph: Block | None) -> bool:
        line, at = self._line, self._text_at
        if line[at] == ">":
            if self._is_too_deep(depth):
                return False
            self._close_to(depth)
            self._skip_quote_marker()
            self._add_container(Block(Kind.QUOTE, self._number, self._number))
            return True
        if line[at] == "[":
            if not (match := FOOTNOTE.match(line, at)) or self._is_too_deep(depth):
                return False
            self._close_to(depth)
            self._at = match.end()
            note = Block(Kind.FOOTNOTE, self._number, self._number, info=match[1], indent=_CODE_INDENT)
            self._add_container(note)
            self.footnotes.setdefault(match[1].casefold(), note)
            return True
        return self._open_item(depth, paragraph)

    def _open_item(self, depth: int, paragraph: Block | None) -> bool:
        match = LIST_MARKER.match(self._line, self._text_at)
        if match is None:
            return False
        blank_after = not self._line[match.end() :].strip(" \t")
        # a list may interrupt a paragraph only with a first item that says something
        if paragraph is not None and (blank_after or match[2] not in (None, "1")):
            return False
        if self._is_too_deep(depth):
            return False
        self._close_to(depth)
        self._close_leaf()
        indent = self._indent
        self._skip(indent)
        width = match.end() - match.start()
        self._at += width
        self._look()
        if blank_after or self._indent > _CODE_INDENT:
            content = width + 1
            self._skip(min(self._indent, 1))
        else:
            content = width + self._indent
            self._skip(self._indent)
        marker = match[1] or match[3]
        last = self._containers[-1]
        if last.kind is not Kind.LIST or last.marker != marker:
            number = None if match[1] else int(match[2])
            self._add_container(Block(Kind.LIST, self._number, self._number, marker=marker, start=number))
        self._add_container(Block(Kind.ITEM, self._number, self._number, indent=indent + content))
        return True

    def _is_too_deep(self, depth: int) -> bool:
        if depth >= MAX_DEPTH:
            self.went_too_deep = True
            return True
        return False

    def _open_leaf(self, depth: int, paragraph: Block | None) -> bool:
        """Open the heading, fence, HTML block, rule or table that starts here, or make one of the paragraph."""
        line, at = self._line, self._text_at
        character = line[at]
        here = self._number
        if character == "#" and (match := ATX_HEADING.match(line, at)):
            self._close_to(depth)
            text = _without_closing_marks(line[match.end() :])
            self._add_leaf(Block(Kind.HEADING, here, here, [], [text], level=len(match[1])))
            self._close_leaf()
            return True
        if character in "`~" and (match := FENCE.match(line, at)):
            self._close_to(depth)
            fence, info = match[1] or match[3], match[2] or match[4] or ""
            self._add_leaf(Block(Kind.FENCE, here, here, info=info.strip(), fence=fence, indent=self._indent))
            return True
        if character == "<" and (end := html_block_end(line, at, paragraph is not None)) is not None:
            self._close_to(depth)
            rest = line[self._at :]
            self._add_leaf(Block(Kind.HTML, here, here, [], [rest], ends_at=end))
            if end and ends_html(rest, end):
                self._close_leaf()
            return True
        if paragraph is not None and character in "=-" and SETEXT_UNDERLINE.match(line, at):
            self._close_leaf()
            if paragraph.lines:
                paragraph.kind, paragraph.level = Kind.HEADING, 1 if character == "=" else 2
                paragraph.last_line = here
                self._touch()
                return True
            paragraph = None
        if character in "*_-" and THEMATIC_BREAK.match(line, at):
            self._close_to(depth)
            self._add_leaf(Block(Kind.RULE, here, here))
            self._close_leaf()
            return True
        return paragraph is not None and character in "|:-" and self._open_table(paragraph)

    def _open_table(self, paragraph: Block) -> bool:
        """Make a table of the paragraph's last line if this line is the row of dashes that belongs under it."""
        alignments = column_alignments(self._line[self._text_at :])
        if alignments is None:
            return False
        header = split_row(paragraph.lines[-1])
        if len(header) != len(alignments):
            return False
        paragraph.lines.pop()
        table = Block(Kind.TABLE, self._number - 1, self._number, alignments=alignments, rows=[header])
        if paragraph.lines:
            paragraph.last_line = self._number - 2
            self._add_leaf(table)
        else:
            siblings = self._containers[-1].children
            siblings[siblings.index(paragraph)] = self._leaf = table
            self._touch()
        return True


def _without_closing_marks(text: str) -> str:
    text = text.strip(" \t")
    bare = text.rstrip("#")
    return bare.rstrip(" \t") if not bare or bare[-1] in " \t" else text
