"""Destinations, titles and labels of links (CommonMark 0.31, sections 4.7 and 6.3)."""

import re

from archive.text.entities import REFERENCE, meaning

_ESCAPE_OR_ENTITY = re.compile(rf"\\([!-/:-@\[-`{{-~])|{REFERENCE}")
_BRACKETED = re.compile(r"<((?:[^<>\n\\]|\\.)*)>")
_PLAIN_STOPS = re.compile(r"[\\()\x00- \x7f]")
_TITLE = re.compile(r'"((?:[^"\\]|\\.)*)"|\'((?:[^\'\\]|\\.)*)\'|\(((?:[^()\\]|\\.)*)\)', re.S)
_SPACE = re.compile(r"[ \t]*(?:\n[ \t]*)?")
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){0,999})\]", re.S)
_BLANK = re.compile(r"\s+")
_REST_OF_LINE = re.compile(r"[ \t]*(?:\n|$)")
_MOST_PARENTHESES = 32


def unescape_text(text: str) -> str:
    """Replace backslash escapes and entities with the characters they stand for."""
    if "\\" not in text and "&" not in text:
        return text
    return _ESCAPE_OR_ENTITY.sub(lambda match: match.group(1) or meaning(match.group()), text)


def normal_label(label: str) -> str:
    """The normalised form in which labels of reference links are compared."""
    return _BLANK.sub(" ", label.strip()).casefold()


def destination(text: str, at: int) -> tuple[str, int] | None:
    """The destination that starts at `at` and where it ends, or None."""
    if text.startswith("<", at):
        match = _BRACKETED.match(text, at)
        return (unescape_text(match.group(1)), match.end()) if match else None
    depth, end = 0, at
    while stop := _PLAIN_STOPS.search(text, end):
        character, end = stop.group(), stop.start()
        if character == "\\":
            # an escaped space is still a space
            end += 2 if end + 1 < len(text) and text[end + 1] in "()\\" else 1
            continue
        if character == "(":
            depth += 1
            if depth > _MOST_PARENTHESES:
                return None
        elif character == ")" and depth:
            depth -= 1
        else:
            break
        end += 1
    else:
        end = len(text)
    return None if depth else (unescape_text(text[at:end]), end)


def inline_target(text: str, at: int) -> tuple[str, str, int] | None:
    """Destination, title and end of the `(...)` whose bracket is at `at`, or None."""
    start = _space_end(text, at + 1)
    found = destination(text, start)
    if found is None:
        return None
    href, end = found
    after_space = _space_end(text, end)
    title = ""
    if after_space > end and (match := _TITLE.match(text, after_space)):
        title = unescape_text(match[1] or match[2] or match[3] or "")
        after_space = _space_end(text, match.end())
    return (href, title, after_space + 1) if text.startswith(")", after_space) else None


def definition(text: str, at: int) -> tuple[str, str, str, int] | None:
    """Label, destination, title and end of the link reference definition at `at`, or None."""
    label = _LABEL.match(text, at)
    if label is None or not label[1].strip() or not text.startswith(":", label.end()):
        return None
    start = _space_end(text, label.end() + 1)
    found = destination(text, start)
    if found is None or found[1] == start:
        return None
    href, end = found
    after_space = _space_end(text, end)
    if after_space > end and (match := _TITLE.match(text, after_space)):
        rest = _REST_OF_LINE.match(text, match.end())
        if rest:
            title = unescape_text(match[1] or match[2] or match[3] or "")
            return normal_label(label[1]), href, title, rest.end()
    rest = _REST_OF_LINE.match(text, end)
    return (normal_label(label[1]), href, "", rest.end()) if rest else None


def label_at(text: str, at: int) -> tuple[str, int] | None:
    """The label in square brackets at `at` and where it ends, or None."""
    match = _LABEL.match(text, at)
    return (match[1], match.end()) if match else None


def _space_end(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
