"""Zotero's notes and colours: a note made from annotations contains the highlighted passages."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

from lxml import etree

from archive.formats.programs.marked_html import page_tree, words_of
from archive.formats.saved import SavedHighlight, SavedNote
from archive.formats.values import text

_COLOURS = {
    "#ffd400": "yellow",
    "#ff6666": "red",
    "#5fb236": "green",
    "#2ea8e5": "blue",
    "#a28ae5": "purple",
    "#e56eee": "magenta",
    "#f19837": "orange",
    "#aaaaaa": "grey",
}
_HEADING = re.compile(r"\s*Annotations?\s*\([^()]*\)\s*", re.IGNORECASE)
_IN_QUOTATION_MARKS = re.compile(r"[“„\"«「『](.*)[”“\"»」』]", re.DOTALL)
_LONGEST_NOTE = 8 * 1024 * 1024  # code points


def colour_name(written: object) -> str:
    """The name of a colour in Zotero's palette; any other as written."""
    found = text(written).lower()
    return _COLOURS.get(found, found)


def read_note(note: str) -> tuple[list[SavedHighlight], list[SavedNote]]:
    """The passages in a note, with the comment after each, and the rest as a note."""
    root = page_tree(note[:_LONGEST_NOTE])
    if root is None:
        return [], []
    highlights: list[SavedHighlight] = []
    for span in [each for each in root.iter("span") if each.get("data-annotation") and not _is_citation(each)]:
        block = span.getparent()
        if block is None:
            continue
        quote = words_of(span)
        quote = _IN_QUOTATION_MARKS.sub(r"\1", quote, count=1).strip()
        if quote:
            highlights.append(SavedHighlight(quote, colour=_colour(span), position=float(len(highlights))))
        rest = [each for each in block.iter("span") if each.get("data-annotation") and each is not span]
        if not rest:  # what follows the last passage of a paragraph is the comment
            for citation in [each for each in block.iter("span") if _is_citation(each)]:
                _remove(citation)
            _remove(span)
            comment = words_of(block)
            if quote and block.tag == "p":
                highlights[-1].note = comment
                _remove(block)
        else:
            _remove(span)
    for heading in [each for each in root.iter("h1", "h2") if _HEADING.fullmatch("".join(map(str, each.itertext())))]:
        _remove(heading)
    other = words_of(root)
    return highlights, [SavedNote(other)] if other else []


def _is_citation(span: etree._Element) -> bool:
    return "citation" in (span.get("class") or "").split()


def _remove(element: etree._Element) -> None:
    """Remove an element but keep the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def _colour(span: etree._Element) -> str:
    try:
        said = json.loads(unquote(span.get("data-annotation") or ""))
    except (ValueError, RecursionError):
        return ""
    return colour_name(said.get("color")) if isinstance(said, dict) else ""
