"""Callouts as site generators write them, rewritten as the quotes that Obsidian and GitHub begin with `[!kind]`.

!!! note "Title"          :::tip Title          === "Tab"
    of MkDocs             of Docusaurus             of MkDocs, too
                          :::
"""

import re

from archive.text.clippings.scan import prose_lines
from archive.text.names import names

_INDENTED = re.compile(
    r"([ \t]*)(?:!!!|\?\?\?\+?)[ \t]+([A-Za-z][\w-]*)(?:[ \t]+[A-Za-z][\w-]*)*(?:[ \t]+\"(.*)\")?[ \t]*$"
)
_TAB = re.compile(r"([ \t]*)===[!+]?[ \t]+\"(.+)\"[ \t]*$")
_FENCED = re.compile(
    r"([ \t]*)(:{3,})[ \t]*\{?[ \t]*\.?([A-Za-z][\w-]*)[ \t]*(?:\[(.*)\])?(?:[ \t]*\{?[^{}\[\]]*\}|([^{}\[\]]*))[ \t]*$"
)
_FENCE_END = re.compile(r"[ \t]*(:{3,})[ \t]*$")
_TITLE = re.compile(r"\btitle=\"([^\"]*)\"")
_KINDS = names(
    "abstract attention bug caution danger details error example failure hint important info note question quote "
    "secondary seealso success summary tip todo warning"
)
_MOST_WITHIN = 20  # nesting of callouts
_INDENT = 4  # columns


def with_callouts(lines: list[str], depth: int = 0) -> list[str]:
    """The lines with each callout as a quote, whose content is processed in the same way; unclosed ones are left
    alone."""
    if depth > _MOST_WITHIN or not any(line.lstrip().startswith(("!!!", "???", ":::", "===")) for line in lines):
        return lines
    prose = dict(prose_lines(lines))
    fences = _Fences(prose)
    kept: list[str] = []
    number = 0
    while number < len(lines):
        found = _callout(lines, number, fences) if number in prose else None
        if found is None:
            kept.append(lines[number])
            number += 1
            continue
        indent, head, content, number = found
        quoted = (f"{indent}> {line}".rstrip() for line in with_callouts(content, depth + 1))
        kept += ["", f"{indent}> {head}", *quoted, ""]
    return kept


class _Fences:
    """Where fences of colons end; each line of colons is examined once."""

    def __init__(self, prose: dict[int, str]) -> None:
        self._ends: dict[int, int] = {}
        opened: list[tuple[int, int]] = []
        for number, line in prose.items():
            if ":::" not in line:
                continue
            if end := _FENCE_END.match(line):
                place = next((at for at in range(len(opened) - 1, -1, -1) if opened[at][1] <= len(end[1])), None)
                if place is not None:
                    self._ends[opened[place][0]] = number
                    del opened[place:]
            elif len(opened) < _MOST_WITHIN and (start := _FENCED.match(line)):
                opened.append((number, len(start[2])))

    def end(self, number: int) -> int | None:
        """The line that closes the fence opened on this line."""
        return self._ends.get(number)


def _callout(lines: list[str], number: int, fences: _Fences) -> tuple[str, str, list[str], int] | None:
    """The indentation, first line and content of the callout that begins on this line, and the line after it."""
    line = lines[number]
    if match := _FENCED.match(line):
        end = fences.end(number)
        kind = match[3].lower()
        if end is None or kind not in _KINDS:
            return None
        title = match[4] or (match[5] or "").strip()
        if given := _TITLE.search(line):
            title = given[1]
        indent = match[1]
        return indent, f"[!{kind}] {title}", [_less(each, len(indent)) for each in lines[number + 1 : end]], end + 1
    if match := _INDENTED.match(line):
        indent, head = match[1], f"[!{match[2].lower()}] {match[3] or ''}"
    elif match := _TAB.match(line):
        indent, head = match[1], f"[!tab] {match[2]}"
    else:
        return None
    columns = len(indent.expandtabs(_INDENT)) + _INDENT
    end = number + 1
    while end < len(lines) and (not lines[end].strip() or _columns(lines[end]) >= columns):
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    if end == number + 1:
        return None
    return indent, head, [_less(each, columns) for each in lines[number + 1 : end]], end


def _columns(line: str) -> int:
    return len(line[: len(line) - len(line.lstrip(" \t"))].expandtabs(_INDENT))


def _less(line: str, columns: int) -> str:
    """The line with this many columns of indentation removed."""
    white = line[: len(line) - len(line.lstrip(" \t"))].expandtabs(_INDENT)
    return white[columns:] + line.lstrip(" \t")
