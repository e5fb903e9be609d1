"""The result of reading a file's front matter: entries as written, fields as the archive uses them, and problems."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from archive.formats.frontmatter.dates import PartialDate
from archive.formats.frontmatter.keys import OF_ONE_ARTICLE, RANKS, same_key

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"
FieldValue: TypeAlias = str | int | list[str] | PartialDate

# Lone surrogates and control characters can be written as escapes, but not every database or feed can hold them.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was wrong, and what was done about it. `line` is the file's line number, from 1."""

    line: int
    message: str
    code: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of the front matter with its value as written, and its line in the file."""

    key: str
    value: Json
    line: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A parsed file: `fields` are what was understood, `metadata` every key as written, `body` the rest.

    `fields` only has keys with a value: title, source_url, site, description, language, image (str); authors, tags
    (list of str); published, clipped, modified (PartialDate); word_count (int, as stated in the file).
    """

    fields: dict[str, FieldValue] = field(default_factory=dict)
    metadata: dict[str, Json] = field(default_factory=dict)
    body: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def site_is_sure(self) -> bool:
        """Whether the site's name is that of a whole site, rather than one article's `journal`."""
        return any(
            RANKS.get(same_key(key), ("",))[0] == "site" and same_key(key) not in OF_ONE_ARTICLE and value
            for key, value in self.metadata.items()
        )


def storable(entries: list[Entry]) -> list[Entry]:
    """The entries with U+FFFD in place of what databases and feeds cannot hold: control characters, lone surrogates."""
    return [Entry(_storable_text(entry.key), _storable(entry.value), entry.line) for entry in entries]


def _storable(value: Json) -> Json:
    if isinstance(value, str):
        return _storable_text(value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable_text(key): _storable(item) for key, item in value.items()}
    return value


def _storable_text(text: str) -> str:
    return _UNSTORABLE.sub("\ufffd", text)


def as_metadata(entries: list[Entry]) -> dict[str, Json]:
    """All entries in file order. A repeated key with a different value is kept with its line number."""
    metadata: dict[str, Json] = {}
    for entry in entries:
        if entry.key not in metadata or metadata[entry.key] in (None, ""):
            metadata[entry.key] = entry.value
        elif entry.value not in (None, "", metadata[entry.key]):
            metadata[f"{entry.key} (line {entry.line})"] = entry.value
    return metadata
