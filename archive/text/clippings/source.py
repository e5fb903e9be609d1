"""Cleans up a source's lines before Markdown is parsed: one block per line, comments, links and headlines."""

import re
from collections.abc import Callable
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from archive.text.clippings.callouts import with_callouts
from archive.text.clippings.formulas import with_formulas_whole
from archive.text.clippings.scan import prose_lines
from archive.text.clippings.torn_links import with_links_joined

_MARKER = re.compile(
    r"[ ]{0,3}(?:[#>|]|[*+-](?:\s|$)|\d{1,9}[.)](?:\s|$)|(?:[*_-][ \t]*){3,}$|=+\s*$|\[[^\]]+\]:|\^[\w-]+$)"
)
_INDENTED = re.compile(r"[ \t]{2,}|\t")
_HARD_BREAK = re.compile(r"(?:  |\\)$")
_SENTENCE_END = re.compile(r"""[.!?…。！？:;：；؟۔।]["'”’»」』)\]*_）]*(?:\[\^?\w+\](?:\([^)]*\))?)*\s*$""")
_LINK_ALONE = re.compile(r"!?\[[^\]]*\]\([^\s)]*\)\s*$")
_EMPTY_LINK = re.compile(r"(\s*(?:(?:>|[*+-]|\d{1,9}[.)])\s+)*)\[\s*\](\((?:[^()\s]|\([^()\s]*\))+\))\s*$")
_WORD = re.compile(r"[^\W_]{3,}")
_WIDE = re.compile(
    r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\U00020000-\U0003fffd]"
)
_FILLING = re.compile(r"(?:[ \t\u00a0\u200b\u2060\u3000\ufeff]|&nbsp;|&#160;|&#8203;)+")
_BULLET = re.compile(r"([ \t]*)[•◦▪‣●○][ \t\u00a0]+(?=\S)")
_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_BLOCK_NAME = re.compile(rf"\s*id:: ({_UUID})\s*")
_REFERENCE = re.compile(rf"\(\(({_UUID})\)\)")
_OF_BLOCK = re.compile(
    rf"\s*(?:id:: {_UUID}|collapsed:: (?:true|false)|heading:: (?:true|\d)|background-color:: \S+"
    r"|(?:logseq|query|hl|ls|card)[-.][\w.-]+:: .*|(?:created-at|updated-at):: \d+)\s*"
)
_LIST_MARKER = re.compile(r"\s*(?:[*+-]|\d{1,9}[.)])\s+")
_LONGEST_HEADLINE = 200
_LEAST_WIDTH = 30
_WIDEST_WRAP = 120
_MOST = 0.6
_SURE = 1.4


def clean(lines: list[str]) -> list[str]:
    """All clean-up steps, in order."""
    for step in (
        without_comments,
        with_block_references,
        without_block_ids,
        with_callouts,
        without_filling,
        with_formulas_whole,
        with_bullets,
        with_headlines,
        with_links_joined,
        with_blocks_apart,
    ):
        lines = step(lines)
    return lines


def without_comments(lines: list[str]) -> list[str]:
    """Remove Obsidian's comments that start on a line with `%%` and end lines later. An unclosed one is text."""
    if not any(line.lstrip().startswith("%%") for line in lines):
        return lines
    kept = list(lines)
    started: int | None = None
    for number, line in prose_lines(lines):
        count = line.count("%%")
        if started is None and count % 2 and line.lstrip().startswith("%%"):
            started = number
        elif started is not None and count:
            rest = line.split("%%", 1)[1]
            kept[started : number + 1] = [""] * (number - started) + [rest]
            started = None
    return kept


def with_block_references(lines: list[str]) -> list[str]:
    """Replace Logseq's references to other blocks (`((uuid))`) with the block's text, if it is in this file."""
    if not any("((" in line and _REFERENCE.search(line) for line in lines):
        return lines
    said: dict[str, str] = {}
    for number, line in enumerate(lines[1:], 1):
        if match := _BLOCK_NAME.fullmatch(line):
            said[match[1]] = _REFERENCE.sub("…", _LIST_MARKER.sub("", lines[number - 1]).strip())
    prose = {number for number, _ in prose_lines(lines)}
    return [
        _REFERENCE.sub(lambda match: said.get(match[1], "…"), line) if number in prose else line
        for number, line in enumerate(lines)
    ]


def without_block_ids(lines: list[str]) -> list[str]:
    """Remove Logseq's property lines, by which it identifies blocks and remembers that they are folded."""
    if not any(_OF_BLOCK.fullmatch(line) for line in lines):
        return lines
    dropped = {number for number, line in prose_lines(lines) if _OF_BLOCK.fullmatch(line)}
    return [line for number, line in enumerate(lines) if number not in dropped]


def without_filling(lines: list[str]) -> list[str]:
    """Replace lines that only contain unusual spaces, which editors use to separate paragraphs, with blank lines."""
    if not any(line.strip(" \t") and _FILLING.fullmatch(line) for line in lines):
        return lines
    filling = {number for number, _ in prose_lines(lines) if _FILLING.fullmatch(lines[number])}
    return ["" if number in filling else line for number, line in enumerate(lines)]


def with_bullets(lines: list[str]) -> list[str]:
    """Convert items with typographic bullets to Markdown's, if two follow each other."""
    if not any(_BULLET.match(line) for line in lines):
        return lines
    prose = dict(prose_lines(lines))
    items = {number for number, line in prose.items() if _BULLET.match(line)}
    return [
        _BULLET.sub(r"\1- ", line, count=1) if number in items and items & {number - 1, number + 1} else line
        for number, line in enumerate(lines)
    ]


def with_headlines(lines: list[str]) -> list[str]:
    """Give a link without text, alone on its line, the headline before or after it.

    The headline is a plain and short neighbouring line, possibly across one blank line; if both qualify, the one that
    shares more words with the address. In a list, only the line after the link qualifies.
    """
    if not any("](" in line and _EMPTY_LINK.match(line) for line in lines):
        return lines
    prose = dict(prose_lines(lines))
    kept = list(lines)
    dropped: set[int] = set()
    for number, line in prose.items():
        match = _EMPTY_LINK.match(line) if "](" in line else None
        if match is None:
            continue
        before = None if match[1].strip() else _neighbour(prose, number, -1, dropped)
        after = _neighbour(prose, number, 1, dropped)
        both = [near for near in (before, after) if near is not None]
        if not both:
            continue
        path = _words(unquote(urlsplit(match[2].strip("()<>").rpartition("<")[2]).path))
        headline = max(both, key=lambda near: len(path & _words(prose[near])))
        kept[number] = f"{match[1]}[{prose[headline].strip()}]{match[2]}"
        dropped.update(range(min(headline, number), max(headline, number) + 1))
        dropped.discard(number)
    return [line for number, line in enumerate(kept) if number not in dropped]


def _neighbour(prose: dict[int, str], number: int, step: int, dropped: set[int]) -> int | None:
    """The line before or after that can be a headline."""
    near = number + step
    if prose.get(near) == "":
        near += step
    line = prose.get(near, "")
    if not line or near in dropped or len(line) > _LONGEST_HEADLINE:
        return None
    if "[" in line or "]" in line or "`" in line or "<" in line or _MARKER.match(line) or _INDENTED.match(line):
        return None
    return near


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def with_blocks_apart(lines: list[str]) -> list[str]:
    """Put blank lines between the lines of a source in which every line is a block, as news clippers write."""
    prose = dict(prose_lines(lines))
    if not _is_one_block_per_line(prose):
        return lines
    apart: list[str] = []
    for number, line in enumerate(lines):
        if apart and _is_plain(prose.get(number, "")) and prose.get(number - 1):
            before = prose[number - 1]
            if not _HARD_BREAK.search(before) and not before.lstrip().startswith("|"):
                apart.append("")
        apart.append(line)
    return apart


def _is_one_block_per_line(prose: dict[int, str]) -> bool:
    """Whether the source's lines are blocks rather than the lines of wrapped paragraphs.

    Judged by all pairs of adjacent prose lines. Lines are blocks if most of them end a sentence and had room for the
    next line's first word, which a wrapping editor would have used; or if they are longer than any editor's lines. One
    sentence per line ("semantic line breaks") looks the same, but people who write that way put blank lines between
    blocks: there may be few pairs, and hardly any between two paragraphs.
    """
    plain = {number: line for number, line in prose.items() if _is_plain(line)}
    pairs = [(line, plain[number + 1]) for number, line in plain.items() if number + 1 in plain]
    pairs = [(first, second) for first, second in pairs if not _HARD_BREAK.search(first)]
    if len(pairs) < 2:
        return False
    widths = sorted(_width(line) for line in plain.values())
    full = widths[len(widths) * 9 // 10]
    if sum(widths) < _LEAST_WIDTH * len(widths):
        return False
    ended = _share(pairs, lambda a, _: bool(_SENTENCE_END.search(a[-40:]) or _LINK_ALONE.match(a)))
    had_room = _share(pairs, lambda a, b: _width(a) + 1 + _width(_first_word(b)) <= full)
    if ended < _MOST or (full <= _WIDEST_WRAP and ended + had_room < _SURE):
        return False
    written = [number for number, line in prose.items() if line]
    parted = [(first, later) for first, later in pairwise(written) if prose.get(first + 1) == ""]
    paragraphs_parted = sum(first in plain and later in plain for first, later in parted)
    return paragraphs_parted * 4 <= len(pairs) and len(parted) * 2 <= len(pairs)


def _share(pairs: list[tuple[str, str]], holds: Callable[[str, str], bool]) -> float:
    return sum(holds(first, second) for first, second in pairs) / len(pairs)


def _is_plain(line: str) -> bool:
    """Whether the line starts no Markdown block and continues no list item."""
    return bool(line) and not _MARKER.match(line) and not _INDENTED.match(line)


def _first_word(line: str) -> str:
    """What an editor would not split: a word, or one character of a script without spaces."""
    return line[0] if _WIDE.match(line) else line.split(None, 1)[0]


def _width(line: str) -> int:
    """The columns that the line takes: East Asian characters are two wide."""
    if line.isascii():
        return len(line)
    return len(line) + len(_WIDE.findall(line))
