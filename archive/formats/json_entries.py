"""Reads JSON files entry by entry: files of any size with little memory, and broken ones as far as possible."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO, TypeAlias

import ijson

from archive.formats.saved import RowProblem
from archive.formats.source import Source

Entry: TypeAlias = "dict[str, Any]"

DEEPEST = 100  # levels; no program nests more
_ESCAPE = re.compile(rb"\\.", re.DOTALL)
_STRING = re.compile(rb'"[^"]*"')
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_BROKEN = (ijson.JSONError, UnicodeDecodeError, RecursionError, ValueError)


def json_keys(source: Source) -> frozenset[str]:
    """The paths of all keys in the first part of a JSON file: {"a": [{"b": 1}]} has a and a.item.b.

    Empty if the file does not begin like JSON.
    """
    if source.head_text.lstrip()[:1] not in ("{", "["):
        return frozenset()
    found: set[str] = set()
    try:
        for prefix, event, value in ijson.parse(_Shallow(io.BytesIO(source.head_text.encode("utf-8", "replace")))):
            if event == "map_key":
                found.add(f"{prefix}.{value}" if prefix else str(value))
    except _BROKEN:
        pass  # the head ends in the middle of something
    return frozenset(found)


def json_entries(source: Source, prefix: str) -> Iterator[tuple[int, Entry] | RowProblem]:
    """The objects at a path (`item`, `bookmarks.item`), each with its number from 1, as the file is read.

    Entries that are not objects are reported as problems, and so is the place where a broken file breaks off. Raises
    OSError.
    """
    number = 0
    with source.utf8() as stream:
        try:
            for entry in ijson.items(_Shallow(stream), prefix, use_float=True):
                number += 1
                if isinstance(entry, dict):
                    yield number, entry
                else:
                    yield RowProblem("This is not an entry of the format.", number)
        except _BROKEN as error:
            after = f"after entry {number:,}" if number else "before its first entry"
            yield RowProblem(f"The file is cut off or is not valid JSON {after} ({_reason(error)}).", number + 1)


def json_object(source: Source) -> Any:
    """The whole value of a small JSON file. Raises OSError, and ValueError where it is not valid."""
    with source.utf8() as stream:
        try:
            return next(iter(ijson.items(_Shallow(stream), "", use_float=True)), None)
        except _BROKEN as error:
            raise ValueError(_reason(error)) from error


def json_events(source: Source) -> Iterator[tuple[str, str, Any]]:
    """What is met on the way through a JSON file (`ijson.parse`): path, kind and value, for what is spread over it.

    It ends where the file is broken, which `json_entries` names. Raises OSError.
    """
    with source.utf8() as stream, suppress(*_BROKEN):
        yield from ijson.parse(_Shallow(stream), use_float=True)


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:80].rstrip(".") or type(error).__name__


class _Shallow:
    """A stream of JSON that breaks off where it is nested too deeply: the parser would take the process along."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._depth = 0
        self._is_in_string = False
        self._rest = b""  # a backslash whose other half comes next

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._measure(data)
        return data

    def _measure(self, data: bytes) -> None:
        data = self._rest + data
        is_split = (len(data) - len(data.rstrip(b"\\"))) % 2 == 1
        self._rest = data[-1:] if is_split else b""
        data = _ESCAPE.sub(b"", data[:-1] if is_split else data)
        if self._is_in_string:
            _, quote, data = data.partition(b'"')
            self._is_in_string = not quote
        data, quote, _ = _STRING.sub(b"", data).partition(b'"')
        self._is_in_string = self._is_in_string or bool(quote)
        for bracket in data.translate(None, _NOT_BRACKETS):
            self._depth += 1 if bracket in b"[{" else -1
            if self._depth > DEEPEST:
                raise ValueError(f"it is nested more than {DEEPEST} levels deep")
