"""YAML as used in front matter: a mapping whose scalars stay the strings that were written.

Uses libyaml's events rather than PyYAML's loaders: events construct nothing (tags such as !!python/object have no
effect), provide lines and positions, and do not recurse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from archive.formats.frontmatter.keys import field_of
from archive.formats.frontmatter.model import Entry, Json, Problem
from archive.formats.frontmatter.wikilinks import PLACEHOLDER, WIKILINK

DEEPEST = 50
LONGEST_EXPANSION = 100_000  # code points that aliases may add

LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

# The only YAML types that are distinguished. Numbers and dates stay text: 1.10, 012 and 802.11 are what they look like.
_CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_CONTROL = re.compile(r"[\a\b\x1b\f\v]")  # "\alpha" and "\beta" begin with these by YAML's rules
_TEX = re.compile(r"(?<!\\)(?:\\\\)*\\[abefv][A-Za-z]")
_ESCAPED = re.compile(r"\\([\"\\/])")
_PROSE = frozenset({"title", "description"})
_NUMBER = re.compile(r"[ \t]+#[^\s#].*")
_ENDS = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
_STARTS = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
_DEEP_ON_ONE_LINE = re.compile(r"(?:[-?:][ \t]+){60}")


class NotMapping(ValueError):
    """The text is YAML, but not a mapping: prose, a list, or nothing."""


def read_yaml(text: str, first_line: int) -> tuple[list[Entry], list[Problem]]:
    """The entries of a mapping, in order. `first_line` is the file's line number where the text begins.

    Raises yaml.YAMLError if the text is not YAML (or nested too deeply), NotMapping if it is not a mapping.
    """
    if _is_deep(text):
        raise yaml.YAMLError("nested too deeply")
    try:
        return _Reader(text, first_line).entries()
    except UnicodeEncodeError as error:  # a lone surrogate
        raise yaml.YAMLError(str(error)) from error


def _is_deep(text: str) -> bool:
    """Whether brackets are nested deeper than libyaml can parse in reasonable time, which is quadratic in the depth."""
    if text.count("[") + text.count("{") > 100:
        depth = 0
        for bracket in re.findall(r"[\[\]{}]", text):
            depth += 1 if bracket in "[{" else -1
            if depth > 100:
                return True
    return bool(_DEEP_ON_ONE_LINE.search(text))


class _Reader:
    def __init__(self, text: str, first_line: int) -> None:
        self.text = text
        self.first_line = first_line
        self.events: Iterator[Any] = yaml.parse(text, Loader=LOADER)
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Json, int]] = {}  # value, and its size in code points
        self.size = 0
        self.expanded = 0

    def entries(self) -> tuple[list[Entry], list[Problem]]:
        next(self.events)  # the stream begins
        if not isinstance(next(self.events), yaml.DocumentStartEvent):
            raise NotMapping
        if not isinstance(next(self.events), yaml.MappingStartEvent):
            raise NotMapping
        entries = list(self._pairs(0))
        next(self.events)  # the document ends
        if not isinstance(next(self.events), yaml.StreamEndEvent):
            raise yaml.YAMLError("more than one document")
        return entries, self.problems

    def _pairs(self, depth: int) -> Iterator[Entry]:
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = event.start_mark.line
            key = self._key(event)
            value = self._value(event := next(self.events), depth + 1)
            if field_of(key) in _PROSE and isinstance(value, str) and isinstance(event, yaml.ScalarEvent):
                value += self._number_after(event)
            yield Entry(key, value, self.first_line + line)

    def _number_after(self, scalar: Any) -> str:
        """What follows prose that YAML cuts at a #, as in: Why #1 is never the best."""
        match = None if scalar.style else _NUMBER.match(self.text, scalar.end_mark.index)
        if match is None:
            return ""
        self._report(
            scalar, "repaired", f"“{_short(match[0].strip())}” reads as a comment in YAML; it was read as text."
        )
        return match[0].rstrip()

    def _key(self, event: Any) -> str:
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        if isinstance(event, yaml.AliasEvent):
            return f"*{event.anchor}"
        return self._as_written(event)

    def _value(self, event: Any, depth: int) -> Json:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        before = self.size
        value: Json
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event)
            self.size += 1 + len(event.value)
        elif depth > DEEPEST:
            value = self._as_written(event)
            self._report(event, "too-deep", "Lists or mappings are nested too deeply; the innermost were kept as text.")
            self.size += len(value)
        else:
            self.size += 1
            value = self._collection(event, depth)
        if event.anchor:
            self.anchors[event.anchor] = value, self.size - before
        return value

    def _scalar(self, event: Any) -> str | bool | None:
        value: str = event.value
        if event.tag and event.tag.startswith("!"):  # `title: !important news` is not a tag
            return self.text[event.start_mark.index : event.end_mark.index].strip()
        if event.style == '"' and _CONTROL.search(value):
            written = self.text[event.start_mark.index + 1 : event.end_mark.index - 1]
            if _TEX.search(written):
                self._report(event, "repaired", "Backslashes in quotation marks begin words of TeX; they were kept.")
                return _ESCAPED.sub(r"\1", written)
        if event.style or value not in _CONSTANTS:
            return value
        if not value:
            start = event.start_mark.index
            rest = self.text[start : end if (end := self.text.find("\n", start)) >= 0 else None].strip()
            if rest.startswith("#") and not rest.startswith("# ") and rest.strip("#"):
                self._report(
                    event, "repaired", f"“{_short(rest)}” reads as a comment in YAML; it was taken as the value."
                )
                return rest
        return _CONSTANTS[value]

    def _collection(self, event: Any, depth: int) -> Json:
        start = event.start_mark.index
        value: Json
        if isinstance(event, yaml.SequenceStartEvent):
            value = []
            while not isinstance(item := next(self.events), yaml.SequenceEndEvent):
                value.append(self._value(item, depth + 1))
            written = self._flow_text(event, start, item) if self.text.startswith("[[", start) else ""
            if WIKILINK.fullmatch(written) and not re.search("[\"']", written):
                self._report(event, "repaired", f"{_short(written)} is a nested list in YAML; it was taken as a link.")
                return written
            return value
        value = {}
        for entry in self._pairs(depth):
            key = entry.key if entry.key not in value else f"{entry.key} (line {entry.line})"
            value[key] = entry.value
        if self.text.startswith("{{", start):
            end = self.text.find("}}", start)
            if end >= 0 and PLACEHOLDER.fullmatch(written := self.text[start : end + 2]):
                return written
        return value

    def _flow_text(self, start_event: Any, start: int, end_event: Any) -> str:
        return self.text[start : end_event.end_mark.index] if start_event.flow_style else ""

    def _alias(self, event: Any) -> Json:
        value, size = self.anchors.get(event.anchor, (None, 0))
        self.expanded += size
        self.size += size
        if not size or self.expanded > LONGEST_EXPANSION:
            what = "refers to nothing" if not size else "repeats more text than is reasonable"
            self._report(event, "alias", f"The YAML alias *{_short(event.anchor)} {what}; it was kept as written.")
            return f"*{event.anchor}"
        return value

    def _as_written(self, event: Any) -> str:
        """The source of a node; its events are skipped."""
        start, end, depth = event.start_mark.index, event, 0
        while True:
            depth += isinstance(end, _STARTS) - isinstance(end, _ENDS)
            if depth <= 0:
                return self.text[start : end.end_mark.index].strip()
            end = next(self.events)

    def _report(self, event: Any, code: str, message: str) -> None:
        line = self.first_line + event.start_mark.line
        if not any(problem.code == code and problem.line == line for problem in self.problems[-1:]):
            self.problems.append(Problem(line, message, code))


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
