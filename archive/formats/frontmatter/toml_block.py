"""TOML front matter between two `+++` lines, as written by Hugo and Zola."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from archive.formats.frontmatter.blocks import TOML_KEY
from archive.formats.frontmatter.model import Entry, Json, Problem

_TABLE = re.compile(r"\[+\s*(?P<key>[^\[\]]+?)\s*\]+")


def read_toml(text: str, first_line: int) -> tuple[list[Entry], list[Problem]]:
    """The entries of TOML, with numbers and dates as text; broken TOML is read piece by piece. Never raises."""
    try:
        table = _load(text)
    except ValueError:
        return _mend(text, first_line)
    lines: dict[str, tuple[int, str]] = {}
    for number, text_line in enumerate(text.split("\n"), start=first_line):
        if match := TOML_KEY.match(text_line.lstrip()):
            written = match["value"].partition("#")[0].strip()
            lines.setdefault(match["key"].strip("\"'").partition(".")[0], (number, written))
        elif match := _TABLE.match(text_line.lstrip()):
            lines.setdefault(match["key"].partition(".")[0], (number, ""))
    entries = []
    for key, value in table.items():
        line, written = lines.get(key, (first_line, ""))
        as_it_stands = isinstance(value, bool | str | list | dict) or not written
        entries.append(Entry(key, _plain(value) if as_it_stands else written, line))
    return entries, []


def _load(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=str)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _plain(value: Any) -> Json:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, bool | str):
        return value
    return str(value)


def _mend(text: str, first_line: int) -> tuple[list[Entry], list[Problem]]:
    entries: list[Entry] = []
    problems: list[Problem] = []
    for key, line, chunk in _chunks(text, first_line):
        try:
            found = [Entry(name, _plain(value), line) for name, value in _load(chunk).items()]
        except ValueError:
            written = chunk.partition("=")[2] if TOML_KEY.match(chunk) else chunk
            found = [Entry(key, written.strip().strip("\"'"), line)]
            message = f"The value of “{key[:60]}” is not valid TOML; it was read as text."
            problems.append(Problem(line, message, "repaired"))
        entries.extend(found)
    if not problems:
        problems.append(Problem(first_line, "The front matter is not valid TOML; it was read key by key.", "repaired"))
    return entries, problems


def _chunks(text: str, first_line: int) -> list[tuple[str, int, str]]:
    """A piece per key or table: its name, its line and its text."""
    chunks: list[tuple[str, int, str]] = []
    in_table = False
    for number, line in enumerate(text.rstrip("\n").split("\n"), start=first_line):
        table = _TABLE.fullmatch(line.strip())
        in_table = in_table or bool(table)
        match = table or (None if in_table else TOML_KEY.match(line))
        if match:
            chunks.append((match["key"].strip("\"'"), number, line))
        elif chunks:
            key, start, before = chunks[-1]
            chunks[-1] = key, start, f"{before}\n{line}"
        elif line.strip() and not line.startswith("#"):
            chunks.append((f"line {number}", number, line))
    return chunks
