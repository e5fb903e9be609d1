"""Finds the lines of a source that are code or HTML, so that the clean-up leaves them alone."""

import re
from collections.abc import Iterator

_PREFIX = re.compile(r"(?:[ \t]*(?:>|[*+-][ \t]|\d{1,9}[.)][ \t]))*[ \t]*")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_RAW_START = re.compile(r"<(script|pre|style|textarea)\b", re.I)
_HTML_START = re.compile(r"</?[A-Za-z][^>]*(?:>|$)|<!|<\?")


def prose_lines(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The number and text of every line outside fences, indented code and HTML blocks, including blank lines."""
    fence = raw = ""
    in_html = False
    after_blank = True
    in_list = False
    for number, line in enumerate(lines):
        bare = line[_end(line) :]
        if fence:
            if bare.startswith(fence) and not bare.strip(fence[0] + " \t"):
                fence = ""
            continue
        if raw:
            raw = "" if f"</{raw}" in line.lower() else raw
            continue
        if match := _FENCE.match(bare):
            fence = match[1] or match[2]
            in_html = False
            continue
        if match := _RAW_START.match(bare):
            raw = "" if f"</{match[1].lower()}" in line.lower() else match[1].lower()
            continue
        if not line.strip():
            after_blank, in_html = True, False
            yield number, ""
            continue
        indented = line.startswith(("    ", "\t"))
        in_html = in_html or (after_blank and _HTML_START.match(bare) is not None)
        if not in_html and not (indented and after_blank and not in_list):
            in_list = (indented and in_list) or bool(line[: _end(line)].strip())
            after_blank = False
            yield number, line


def _end(line: str) -> int:
    match = _PREFIX.match(line)
    return match.end() if match else 0
