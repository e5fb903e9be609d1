"""Links whose brackets stand lines apart: converters tear them where a page puts blocks into a link.

[

![A portrait](https://example.org/a.png)

](https://example.org/people/a)
"""

import re

from archive.text.clippings.scan import prose_lines

_TAIL = re.compile(r"\s*\]\((?:<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+\"[^\"]*\")?\)")
_BRACKET = re.compile(r"\\.|[\[\]]")
_HEADING = re.compile(r"\s*(?:#{1,6}\s+|[=-]{3,}\s*$)")
_MOST_LINES = 40
_LONGEST_LINE = 10_000  # code points


def with_links_joined(lines: list[str]) -> list[str]:
    """Put each torn link on one line: what is between its brackets becomes its text, with headings as plain words."""
    if not any("](" in line and _TAIL.match(line) for line in lines):
        return lines
    prose = dict(prose_lines(lines))
    joined: list[str] = []
    number = 0
    while number < len(lines):
        pieces = [lines[number]]
        unread = lines[number] if number in prose else ""  # of the line, after the last joined link
        while _is_left_open(unread) and (tail := _tail(lines, prose, number)):
            end, match = tail
            inner = (_HEADING.sub("", between).strip() for between in lines[number + 1 : end])
            pieces[-1] = pieces[-1].rstrip()
            pieces += [" ".join(filter(None, inner)), lines[end].lstrip()]
            number, unread = end, lines[end][match.end() :]
        joined.append("".join(pieces))
        number += 1
    return joined


def _tail(lines: list[str], prose: dict[int, str], number: int) -> tuple[int, re.Match[str]] | None:
    """The number of the line that closes the bracket left open on a line, and the match, if that makes a link."""
    for later in range(number + 1, min(number + 1 + _MOST_LINES, len(lines))):
        line = lines[later]
        if match := _TAIL.match(line):
            return later, match
        # in a list, the lines between the brackets are indented, like code
        if (later not in prose and line.strip() and not line.startswith("  ")) or _is_left_open(line):
            return None
    return None


def _is_left_open(line: str) -> bool:
    """Whether a bracket is opened that is not closed on the line."""
    if "[" not in line or len(line) > _LONGEST_LINE:
        return False
    depth = 0
    for mark in _BRACKET.findall(line):
        depth = max(depth + {"[": 1, "]": -1}.get(mark, 0), 0)
    return depth == 1
