"""Patterns of lines that open or close a block (CommonMark 0.31, sections 4 and 5)."""

import re

from archive.text.names import names

THEMATIC_BREAK = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$")
ATX_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
SETEXT_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*$")
FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*")
LIST_MARKER = re.compile(r"(?:([*+-])|(\d{1,9})([.)]))(?=[ \t]|$)")

BLOCK_TAGS = names(
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link "
    "main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead "
    "title tr track ul"
)
_ATTRIBUTE = r"""\s+[a-zA-Z_:][a-zA-Z0-9_.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?"""
OPEN_TAG = rf"<[A-Za-z][A-Za-z0-9-]*(?:{_ATTRIBUTE})*\s*/?>"
CLOSE_TAG = r"</[A-Za-z][A-Za-z0-9-]*\s*>"

# {: #id .class} of kramdown, {.class width=50%} of Pandoc: styling, and an id
_LISTED = r"""(?:[#.][A-Za-z_][\w:.-]*|[A-Za-z][\w-]*=(?:"[^"\n]*"|'[^'\n]*'|[^\s{}"']+))"""
ATTRIBUTE_LIST = re.compile(rf"\{{:?[ \t]*{_LISTED}(?:[ \t]+{_LISTED}){{0,20}}[ \t]*\}}")

_HTML_ENDED_BY_MARK = [
    (re.compile(r"<(?:script|pre|style|textarea)(?:\s|>|$)", re.I), "</tag>"),
    (re.compile(r"<!--"), "-->"),
    (re.compile(r"<\?"), "?>"),
    (re.compile(r"<![A-Za-z]"), ">"),
    (re.compile(r"<!\[CDATA\["), "]]>"),
]
_HTML_ENDED_BY_BLANK = re.compile(rf"</?(?:{'|'.join(sorted(BLOCK_TAGS))})(?:\s|/?>|$)", re.I)
_HTML_LONE_TAG = re.compile(rf"(?:{OPEN_TAG}|{CLOSE_TAG})\s*$")
_RAW_TEXT_END = re.compile(r"</(?:script|pre|style|textarea)>", re.I)


def html_block_end(line: str, at: int, in_paragraph: bool) -> str | None:
    """What will end the HTML block that starts at `at`: a mark, or "" for a blank line; None if none starts."""
    for opening, end in _HTML_ENDED_BY_MARK:
        if opening.match(line, at):
            return end
    if _HTML_ENDED_BY_BLANK.match(line, at) or (not in_paragraph and _HTML_LONE_TAG.match(line, at)):
        return ""
    return None


def ends_html(line: str, mark: str) -> bool:
    """Whether this line contains the mark that ends an HTML block."""
    return _RAW_TEXT_END.search(line) is not None if mark == "</tag>" else mark in line
