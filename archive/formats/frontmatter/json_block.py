"""JSON front matter: an object at the very top of the file, or between two `---` lines."""

from __future__ import annotations

import json
from typing import Any

from archive.formats.frontmatter.model import Entry, Json

_DECODER = json.JSONDecoder(
    object_pairs_hook=lambda pairs: _Pairs(pairs),
    parse_int=str,  # numbers are kept as written
    parse_float=str,
    parse_constant=str,
)


class _Pairs(list[tuple[str, Any]]):
    """An object's members in order, including duplicate keys."""


def read_json(text: str, first_line: int) -> tuple[list[Entry], int]:
    """The members of the object that the text begins with, and where it ends.

    Raises ValueError if there is no JSON object, or it is nested too deeply.
    """
    try:
        pairs, end = _DECODER.raw_decode(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(pairs, _Pairs):
        raise ValueError("no object")
    return _entries(pairs, text[:end], first_line), end


def _entries(pairs: _Pairs, text: str, first_line: int) -> list[Entry]:
    entries: list[Entry] = []
    position, line = 0, first_line
    for key, value in pairs:
        found = text.find(f'"{key}"', position)  # not found if written with escapes: the previous line will do
        if found >= 0:
            line += text.count("\n", position, found)
            position = found + 1
        entries.append(Entry(key, _plain(value), line))
    return entries


def _plain(value: Any) -> Json:
    if isinstance(value, _Pairs):
        plain: dict[str, Json] = {}
        for key, item in value:
            plain.setdefault(key, _plain(item))
        return plain
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value  # type: ignore[no-any-return]
