"""Tags from lists, comma-separated strings and #hashtags, without duplicates, in the spelling that came first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

from archive.formats.frontmatter.markup import plain
from archive.formats.frontmatter.model import Json
from archive.formats.frontmatter.wikilinks import PLACEHOLDER, WIKILINK

LONGEST_TAG = 100

_SEPARATORS = re.compile(r"[,，،、;；؛\n]")
_SLIPPED_LIST = re.compile(r"(?:^|\s)[-–—*•]\s*(?=\S)")  # bullets without a space, or not YAML's
_OTHER_SEPARATORS = re.compile(r"[，،、；؛]")
_HASHES = re.compile(r"#[^\s#,，،、;；؛]+(?:\s+#[^\s#,，،、;；؛]+)*")


@dataclass(frozen=True, slots=True)
class Tags:
    """`names` are usable; `templates` and `too_long` were left out."""

    names: list[str]
    templates: list[str]
    too_long: list[str]


def read_tags(values: list[Json]) -> Tags:
    """The tags in all values: `a/b` and numbers as written, without duplicates that differ only in case or in how
    accents were typed."""
    names: dict[str, str] = {}
    templates: list[str] = []
    too_long: list[str] = []
    for written in (text for value in values for text in _texts(value)):
        if PLACEHOLDER.search(written):
            templates.append(written)
        elif len(tag := _tidy(written)) > LONGEST_TAG:
            too_long.append(tag)
        elif tag:
            names.setdefault(normalize("NFC", tag).casefold(), tag)
    return Tags(list(names.values()), templates, too_long)


def _texts(value: Json) -> list[str]:
    if isinstance(value, str):
        return _split(value)
    if isinstance(value, bool):
        return [str(value).lower()]
    if isinstance(value, list):
        return [text for item in value for text in _item(item)]
    if isinstance(value, dict):
        named = next((value[key] for key in ("name", "title", "slug", "label") if key in value), None)
        # `- type: essay` means a tag with a colon in it
        pairs = [f"{key}: {text}" for key, text in value.items() if isinstance(text, str)]
        return _texts(named) if named is not None else pairs if len(value) == 1 else []
    return []


def _item(item: Json) -> list[str]:
    """A list item is one tag, including commas; but several hashes are several tags, and so are parts separated by
    commas that YAML does not know: `[历史，运河]`."""
    if not isinstance(item, str) or _HASHES.fullmatch(item.strip()) or "[[" in item:
        return _texts(item)
    return _OTHER_SEPARATORS.split(item)


def _split(text: str) -> list[str]:
    text = text.strip()
    if WIKILINK.search(text):
        linked = [
            target.rpartition("|")[2] for target in WIKILINK.findall(text)
        ]  # a path here is a tag's, not a file's
        return [tag for target in linked for tag in _split(target)] + _split(WIKILINK.sub(",", text))
    if _HASHES.fullmatch(text):
        return text.split()
    if _SLIPPED_LIST.match(text):
        return _SLIPPED_LIST.split(text)
    if text.startswith("[") and text.endswith("]"):  # a list that was put in quotation marks
        text = text[1:-1]
    return _SEPARATORS.split(text)


def _tidy(tag: str) -> str:
    tag = tag if tag.isascii() else normalize("NFC", tag)
    parts = (" ".join(part.split()) for part in plain(tag).strip(" \t\n\"'").lstrip("#").split("/"))
    return "/".join(part for part in parts if part)
