"""Finds where the front matter of a file begins and ends, in any format."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.formats.frontmatter.keys import is_known

LONGEST_BLOCK = 256_000  # code points: longer than any front matter, short enough for every parser here

_OPENING = re.compile(r"(?:[ \t]*\n)*(---|\+\+\+)[ \t]*\n")
# Fences as changed by editors that correct dashes, or longer ones; or a code block, as chats show front matter.
_ODD_OPENING = re.compile(r"(?:[ \t]*\n)*(-{4,}|[—–][—–-]{0,2}|```ya?ml[ \t]*(?:\n---)?)[ \t]*\n")
_ODD_CLOSING = re.compile(r"^(?:-{3,}|[—–][—–-]{0,2})[ \t]*$\n?", re.MULTILINE)
_CODE_CLOSING = re.compile(r"^(?:(?:---|\.\.\.)[ \t]*\n)?```[ \t]*$\n?", re.MULTILINE)
_JSON_OPENING = re.compile(r"\s*(?=\{\s*[\"}])")
_CLOSING = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$\n?", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$\n?", re.MULTILINE),
}

# A key as people write it: a few words, not prose. Broken files may have no space after the colon, or a different one.
KEY = re.compile(
    r"(?P<key>\"[^\"\n]{1,80}\"|'[^'\n]{1,80}'|\w[\w.@/()\-]*(?:(?: |:(?=\w))[\w.@/()\-]+){0,3})"
    r"[ \t]*:(?:[ \t\u00a0\u3000]+(?P<value>.*)|$)"
)
TIGHT_KEY = re.compile(r"(?P<key>\w[\w -]{0,30})(?::(?!//)|：[ \t]*)(?P<value>\S.*)")
TOML_KEY = re.compile(r"(?P<key>[\w.\-]+|\"[^\"\n]+\")[ \t]*=[ \t]*(?P<value>.*)")
_ITEM = re.compile(r"[ \t]*-(?:[ \t]|$)")
_COMMENT_OR_BLANK = re.compile(r"[ \t]*(?:#.*)?$")


@dataclass(frozen=True, slots=True)
class Block:
    """A range of a text: `text[start:end]` is the front matter itself; the body begins at `after`."""

    kind: str  # "---", "+++" or "{"
    start: int
    end: int
    after: int
    closed: bool = True
    is_odd: bool = False  # non-standard fence


def find_block(text: str, position: int = 0) -> Block | None:
    """The block that begins at the position, after any blank lines; None if there is none.

    Without a closing fence, it ends before the first line that does not look like keys and values.
    """
    match = _OPENING.match(text, position)
    if match is None:
        match = _JSON_OPENING.match(text, position)
        return Block("{", match.end(), len(text), len(text)) if match else _find_odd_block(text, position)
    kind, start = match[1], match.end()
    if closing := _CLOSING[kind].search(text, start, start + LONGEST_BLOCK):
        return Block(kind, start, closing.start(), closing.end())
    end = extent(text, start, len(text), kind)
    return Block(kind, start, end, end, closed=False) if end > start else None


def _find_odd_block(text: str, position: int) -> Block | None:
    """A closed block of known keys between non-standard fences. Without known keys, it may be a rule in the text."""
    match = _ODD_OPENING.match(text, position)
    if match is None:
        return None
    pattern, start = _CODE_CLOSING if match[1].startswith("`") else _ODD_CLOSING, match.end()
    closing = pattern.search(text, start, start + LONGEST_BLOCK)
    if closing is None or not has_known_key(text[start : closing.start()]):
        return None
    return Block("---", start, closing.start(), closing.end(), is_odd=True)


def extent(text: str, start: int, limit: int, kind: str, *, wrapped: bool = False) -> int:
    """The position where lines stop looking like front matter, at most `limit`; `start` if not even the first line
    does.

    After a blank line, only a known key continues it. `wrapped` allows values to continue without indentation.
    """
    end = position = start
    limit = min(limit, start + LONGEST_BLOCK)
    below_blank = below_comment = False
    while position < limit:
        newline = text.find("\n", position, limit)
        line = text[position : newline if newline >= 0 else limit]
        position = newline + 1 if newline >= 0 else limit
        if _COMMENT_OR_BLANK.match(line):
            below_comment = True
            below_blank = below_blank or not line.strip()
            continue
        if end == start:
            belongs = starts_with_key(line.lstrip(), kind)
        elif below_blank:
            belongs = _is_known_key(line, kind)
        else:
            belongs = starts_with_key(line, kind) or _goes_on(line) or (wrapped and not below_comment)
        if not belongs:
            break
        end, below_blank, below_comment = position, False, False
        if wrapped and (closing := _end_of_quotes(line, text, position, limit)):
            end = position = closing
    return end


def _end_of_quotes(line: str, text: str, position: int, limit: int) -> int | None:
    """The end of the lines enclosed by a value's quotation marks, if they are closed further down."""
    match = KEY.match(line)
    value = (match["value"] or "").rstrip() if match else ""
    if value[:1] not in ('"', "'") or (len(value) > 1 and value[-1] == value[0]):
        return None
    closing = re.compile(rf"{value[0]}[ \t]*$\n?", re.MULTILINE).search(text, position, min(limit, position + 5_000))
    return closing.end() if closing else None


def _is_known_key(line: str, kind: str) -> bool:
    match = (TOML_KEY if kind == "+++" else KEY).match(line)
    return bool(match and is_known(match["key"])) or (kind == "+++" and line.startswith("["))


def _goes_on(line: str) -> bool:
    """Whether a line continues the previous value: it is indented, a list item, or within brackets or quotes."""
    return line[0] in " \t[]{}\"'" or bool(_ITEM.match(line))


def starts_with_key(line: str, kind: str = "---") -> bool:
    """Whether a line begins with a key: any key with a colon and a space, or a known one with only a colon."""
    if kind == "+++":
        return bool(TOML_KEY.match(line)) or line.startswith("[")
    if KEY.match(line):
        return True
    tight = TIGHT_KEY.match(line)
    return bool(tight and is_known(tight["key"]))


def first_line_of(text: str) -> str:
    """The first line that is neither blank nor a comment, without indentation; "" if there is none."""
    for match in re.finditer(r"^[ \t]*([^\s#].*)$", text, re.MULTILINE):
        return match[1]
    return ""


def has_known_key(text: str) -> bool:
    """Whether a line begins with a key of a field, without a blank line before it that separates it from prose."""
    lines = text.strip("\n").split("\n")
    matches = (KEY.match(line) or TIGHT_KEY.match(line) for line in lines)
    return all(line.strip() for line in lines) and any(match and is_known(match["key"]) for match in matches)


def is_only_comments(text: str) -> bool:
    """Whether there are only blank lines and comments."""
    return not first_line_of(text)


def reaches_into_body(text: str, block: Block) -> int | None:
    """The correct end of a block that closes too late, because a rule in the body was taken for its fence.

    None if the fence is the right one.
    """
    end = extent(text, block.start, block.end, block.kind, wrapped=True)
    rest = text[end : block.end]
    if is_only_comments(rest) and "\n\n" not in rest.strip("\n"):
        return None
    later_keys = (KEY.match(line) for line in rest.split("\n"))
    return None if any(match and is_known(match["key"]) for match in later_keys) else end
