"""Reads front matter that is not valid YAML key by key: what parses is parsed, and the rest is interpreted as obviously
meant.

A value that cannot be understood is kept as text, so that nothing is lost and one bad line does not affect others.
"""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import dataclass, field

import yaml

from archive.formats.frontmatter.blocks import KEY, TIGHT_KEY
from archive.formats.frontmatter.keys import is_known
from archive.formats.frontmatter.model import Entry, Json, Problem
from archive.formats.frontmatter.wikilinks import WIKILINK
from archive.formats.frontmatter.yaml_block import NotMapping, read_yaml

_LINKS = re.compile(r"\[\[[^\[\]]*\]\](?:\s*,\s*\[\[[^\[\]]*\]\])*,?")
_BLOCK_TEXT = re.compile(r"[|>][+\-\d]{0,2}(?:[ \t]+#.*)?")
_ITEM = re.compile(r"[ \t]*-(?:[ \t]+(?P<text>.*)|$)")
_TIGHT_ITEM = re.compile(r"-(?P<text>[^-].*)")
_FLOW_ITEM = re.compile(r"\s*(\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|\[\[[^\[\]]*\]\]|[^,]*)\s*(?:,|$)")
_QUOTED = r"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')"
_QUOTED_LIST = re.compile(rf"{_QUOTED}(?:\s*,\s*{_QUOTED})+,?")
_ESCAPE = re.compile(r"\\([\"\\/])")


@dataclass(slots=True)
class _Chunk:
    """A key with its lines; `key` is empty for lines before the first key."""

    key: str
    value: str
    line: int
    slip: str = ""
    rest: list[str] = field(default_factory=list)
    open_quote: str = ""

    def __post_init__(self) -> None:
        if self.value[:1] in ('"', "'") and (len(self.value) == 1 or self.value[-1] != self.value[0]):
            self.open_quote = self.value[0]

    def add(self, line: str) -> None:
        self.rest.append(line)
        if self.open_quote and line.rstrip().endswith(self.open_quote):
            self.open_quote = ""


def mend(text: str, first_line: int) -> tuple[list[Entry], list[Problem]]:
    """The entries of broken YAML, with a problem for each repair. Never raises."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for chunk in _chunks(text, first_line):
        if not chunk.key:
            problems.append(Problem(chunk.line, "This line has no key; it was kept as text.", "kept-as-text"))
            entries.append(Entry(f"line {chunk.line}", "\n".join([chunk.value, *chunk.rest]).strip(), chunk.line))
            continue
        value, notes = _read(chunk)
        entries.append(Entry(chunk.key, value, chunk.line))
        problems.extend(notes)
        if chunk.slip:
            problems.append(Problem(chunk.line, f"“{chunk.key[:60]}” {chunk.slip}; it was read as a key.", "repaired"))
    if not problems:
        problems.append(
            Problem(first_line, "The front matter is not valid YAML; it was read line by line.", "repaired")
        )
    return entries, problems


def _chunks(text: str, first_line: int) -> list[_Chunk]:
    chunks: list[_Chunk] = []
    for number, line in enumerate(textwrap.dedent(text).rstrip("\n").split("\n"), start=first_line):
        match = _key_of(line, chunks[-1] if chunks else None)
        if match:
            key = match["key"].strip("\"'").strip()
            slip = "is indented by mistake" if chunks and line[0] in " \t" else ""
            slip = slip or ("is not followed by a colon and a space" if match.re is TIGHT_KEY else "")
            chunks.append(_Chunk(key, (match["value"] or "").strip(), number, slip))
        elif chunks and _is_stray(line, chunks[-1]):
            chunks.append(_Chunk("", line, number))
        elif chunks:
            chunks[-1].add(line)
        elif line.strip() and not line.lstrip().startswith("#"):
            chunks.append(_Chunk("", line, number))
    return chunks


def _key_of(line: str, before: _Chunk | None) -> re.Match[str] | None:
    """The key that a line begins with, if it begins a new entry."""
    stripped = line.lstrip(" \t")
    indented = len(stripped) < len(line)
    match = KEY.match(stripped)
    if match is None:
        match = TIGHT_KEY.match(stripped)
        match = match if match and is_known(match["key"]) else None
    if match is None or before is None or not indented:
        return match
    # Wrong indentation, not a nested mapping: the previous key has a value, and this key is known.
    nested = not before.value or bool(_BLOCK_TEXT.fullmatch(before.value))
    return match if is_known(match["key"]) and not nested else None


def _is_stray(line: str, before: _Chunk) -> bool:
    """Whether a line stands alone: not indented, below a blank line, and not within quotation marks or a list."""
    if not before.rest or before.rest[-1].strip() or not line.strip() or line[0] in " \t-#[]{}\"'":
        return False
    return not before.open_quote


def _read(chunk: _Chunk) -> tuple[Json, list[Problem]]:
    rest = list(chunk.rest)
    while rest and not rest[-1].strip():
        rest.pop()
    source = "\n".join([f"value: {chunk.value}", *rest])
    for attempt, note in ((source, ""), (source.replace("\t", "  "), "tabs were read as spaces")):
        try:
            entries, problems = read_yaml(attempt, chunk.line)
        except (yaml.YAMLError, NotMapping):
            continue
        if len(entries) == 1:
            return entries[0].value, [_repaired(chunk, note)] if note else problems
        if "\t" not in source:
            break
    value, note = _from_lines(chunk.value, rest)
    return value, [_repaired(chunk, note)]


def _repaired(chunk: _Chunk, note: str) -> Problem:
    return Problem(chunk.line, f"The value of “{chunk.key[:60]}” is not valid YAML; {note}.", "repaired")


def _from_lines(value: str, rest: list[str]) -> tuple[Json, str]:
    """The value that is obviously meant, and how it was read."""
    content = [line for line in rest if line.strip() and not line.lstrip().startswith("# ")]
    if _BLOCK_TEXT.fullmatch(value):
        lines = [line.strip() for line in rest]
        return ("\n" if value[0] == "|" else " ").join(lines).strip(), "its lines were read as text"
    if content and all(map(_ITEM.match, content if value else content[:1])):
        return [value, *_items(content)] if value else _items(content), "its items were read one by one"
    if not value:
        return "\n".join(content), "its lines were read as text"
    return _scalar(" ".join([value, *(line.strip() for line in content)]))


def _items(lines: list[str]) -> list[Json]:
    texts: list[str] = []
    for line in lines:
        match = _ITEM.match(line) or _TIGHT_ITEM.match(line)
        if match:
            texts.append((match["text"] or "").strip())
        else:
            texts[-1] = f"{texts[-1]} {line.strip()}".strip()
    return [_scalar(text)[0] for text in texts]


def _scalar(text: str) -> tuple[Json, str]:
    if _LINKS.fullmatch(text):
        links: list[Json] = [f"[[{target}]]" for target in WIKILINK.findall(text)]
        return (links[0] if len(links) == 1 else links), "its links were read as a list"
    if _QUOTED_LIST.fullmatch(text):
        return _flow_items(text), "its items were read one by one"
    if text[:1] in ('"', "'"):
        return _quoted(text)
    if text.startswith("[") and "]" not in text:
        return _flow_items(text[1:]), "its items were read one by one"
    if text.startswith("[") and text.endswith("]") and "](" not in text:
        return _flow_items(text[1:-1]), "its items were read one by one"
    return text, "it was read as text"


def _quoted(text: str) -> tuple[Json, str]:
    quote, inner = text[0], text[1:]
    if inner.endswith(quote) and inner != quote:
        inner = inner[:-1]
        if quote == "'":
            return inner.replace("''", "'"), "the quotation marks within it were kept"
        try:
            return str(json.loads(text)), "it was read as JSON"  # an emoji as a pair of surrogates, say
        except ValueError:
            pass
        note = "its backslashes were kept" if "\\" in inner else "the quotation marks within it were kept"
        return _ESCAPE.sub(r"\1", inner), note
    if quote not in inner:
        return inner.strip(), "its quotation mark was never closed and was left out"
    return text, "it was read as text, quotation marks and all"


def _flow_items(inner: str) -> list[Json]:
    items: list[Json] = []
    position = 0
    while position < len(inner):
        match = _FLOW_ITEM.match(inner, position)
        if match is None or match.end() == position:
            items.append(inner[position:].strip())
            break
        text = match[1].strip()
        if text:
            items.append(_quoted(text)[0] if text[0] in "\"'" else text)
        position = match.end()
    return items
