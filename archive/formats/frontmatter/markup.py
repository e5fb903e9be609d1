"""Removes HTML from plain-text values: pages give titles and bylines with entities and tags."""

from __future__ import annotations

import re
from html import unescape

LONGEST = 10_000  # code points that are searched for tags

# Not the joiners U+200C and U+200D, which Persian and emoji need.
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});")
_PAIR = re.compile(
    r"<(a|abbr|b|code|em|font|i|mark|s|small|span|strong|sub|sup|u)\b[^<>]*>([^<>]*)</\1>", re.IGNORECASE
)
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)


def plain(text: str) -> str:
    """The text without formatting tags, and with entities replaced.

    An unclosed tag may be what the text is about, and is kept. Invisible characters are removed: they make equal names
    differ, or reverse the direction of adjacent text.
    """
    text = text if text.isascii() else _INVISIBLE.sub("", text)
    if "<" in text and len(text) <= LONGEST:
        text, count = _PAIR.subn(r"\2", _BREAK.sub(" ", text))
        while count:
            text, count = _PAIR.subn(r"\2", text)
    return _ENTITY.sub(lambda match: unescape(match[0]), text) if "&" in text else text
