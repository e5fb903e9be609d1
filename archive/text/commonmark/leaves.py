"""How code, HTML blocks and tables continue from line to line."""

from enum import Enum, auto

from archive.text.commonmark.block import Block, Kind
from archive.text.commonmark.cursor import Cursor
from archive.text.commonmark.markers import (
    ATX_HEADING,
    FENCE,
    FOOTNOTE,
    LIST_MARKER,
    THEMATIC_BREAK,
    ends_html,
    html_block_end,
)
from archive.text.commonmark.table import fitted, split_row

CODE_INDENT = 4
"""Columns of white space that make indented code."""


class Outcome(Enum):
    """The result of offering a line to an open leaf."""

    TAKEN = auto()
    LAST = auto()  # taken, and it ends the leaf
    REFUSED = auto()  # the leaf has ended; the line does not belong to it


def offer(leaf: Block, cursor: Cursor, number: int) -> Outcome:
    """Offer the line to the open leaf, which is not a paragraph."""
    outcome = _OFFERS[leaf.kind](leaf, cursor)
    is_blank_code = leaf.kind is Kind.INDENTED_CODE and cursor.is_blank
    if outcome is not Outcome.REFUSED and not is_blank_code:
        leaf.last_line = number
    return outcome


def _to_fence(leaf: Block, cursor: Cursor) -> Outcome:
    cursor.look()
    text = cursor.line[cursor.text_at :].rstrip(" \t")
    if cursor.indent < CODE_INDENT and len(text) >= len(leaf.fence) and text == leaf.fence[0] * len(text):
        return Outcome.LAST
    cursor.skip(min(cursor.indent, leaf.indent))
    leaf.lines.append(cursor.rest)
    return Outcome.TAKEN


def _to_indented_code(leaf: Block, cursor: Cursor) -> Outcome:
    cursor.look()
    if cursor.indent < CODE_INDENT and not cursor.is_blank:
        return Outcome.REFUSED
    cursor.skip(min(cursor.indent, CODE_INDENT))
    leaf.lines.append(cursor.rest)
    return Outcome.TAKEN


def _to_html(leaf: Block, cursor: Cursor) -> Outcome:
    cursor.look()
    if cursor.is_blank and not leaf.ends_at:
        return Outcome.REFUSED
    leaf.lines.append(cursor.rest)
    return Outcome.LAST if leaf.ends_at and ends_html(cursor.rest, leaf.ends_at) else Outcome.TAKEN


def _to_table(leaf: Block, cursor: Cursor) -> Outcome:
    cursor.look()
    if cursor.is_blank or _starts_block(cursor):
        return Outcome.REFUSED
    leaf.rows.append(fitted(split_row(cursor.line[cursor.text_at :]), len(leaf.alignments)))
    return Outcome.TAKEN


def _starts_block(cursor: Cursor) -> bool:
    line, at = cursor.line, cursor.text_at
    return cursor.indent >= CODE_INDENT or bool(
        line[at] == ">"
        or ATX_HEADING.match(line, at)
        or FENCE.match(line, at)
        or THEMATIC_BREAK.match(line, at)
        or LIST_MARKER.match(line, at)
        or FOOTNOTE.match(line, at)
        or html_block_end(line, at, in_paragraph=False) is not None
    )


_OFFERS = {
    Kind.FENCE: _to_fence,
    Kind.INDENTED_CODE: _to_indented_code,
    Kind.HTML: _to_html,
    Kind.TABLE: _to_table,
}
