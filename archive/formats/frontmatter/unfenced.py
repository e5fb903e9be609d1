"""Front matter that no line of dashes sets off: Logseq's `key:: value`, Pelican's and MultiMarkdown's `Key: value`,
Pandoc's `% title`, Org's `#+title:`, and keys in an HTML comment."""

from __future__ import annotations

import re

import yaml

from archive.formats.frontmatter.blocks import KEY, extent
from archive.formats.frontmatter.keys import field_of, is_known
from archive.formats.frontmatter.mending import mend
from archive.formats.frontmatter.model import Entry
from archive.formats.frontmatter.yaml_block import NotMapping, read_yaml

_PROPERTY = re.compile(r"(?:- |  )?(?P<key>[^\W_][\w./-]*(?: [\w./-]+){0,3})::(?:[ \t]+(?P<value>.*)|[ \t]*$)")
_COMMENT = re.compile(
    r"<!--[ \t]*\n?(?:---[ \t]*\n)?(?P<source>(?:(?!-->).){1,5000}?)\n?(?:---[ \t]*\n?)?-->[ \t]*\n?", re.DOTALL
)
_BY_SINGLEFILE = re.compile(r"^[ \t]*Page saved with SingleFile[ \t]*$", re.MULTILINE)
_DOTS = re.compile(r"^\.\. (?=[\w-]+:)", re.MULTILINE)  # as Nikola writes, which reads reStructuredText
_ORG_LINE = re.compile(r"#\+(?P<key>[A-Za-z_-]{2,30})(?:\[\])?:[ \t]*(?P<value>.*)(?:\n|$)")
_PERCENT = r"%(?P<{}>[ \t].*(?:\n[ \t].*)*|)"
_TITLE_BLOCK = re.compile(
    "\n".join(map(_PERCENT.format, ("title", "author"))) + f"(?:\n{_PERCENT.format('date')})?(?:\n(?=[ \t]*(?:\n|$))|$)"
)
_END = re.compile(r"(?:---[ \t]*(?:\n|$)|(?=[ \t]*(?:\n|$)))")


def logseq_properties(text: str, position: int) -> tuple[list[Entry], int]:
    """The properties at the beginning of a page, one per line, and where they end; none unless one of them is known."""
    entries: list[Entry] = []
    line = text.count("\n", 0, position) + 1
    end = position
    while match := _PROPERTY.match(text, end):
        value = (match["value"] or "").strip()
        unquoted = value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value
        entries.append(Entry(match["key"], unquoted, line))
        line += 1
        end = min(match.end() + 1, len(text))
    return (entries, end) if any(is_known(entry.key) for entry in entries) else ([], position)


def commented(text: str, position: int) -> tuple[list[Entry], int]:
    """The keys in an HTML comment at the beginning of a text, which Markdown viewers hide, and its end.

    Two known keys are required: most comments are prose.
    """
    match = _COMMENT.match(text, position)
    if match is None:
        return [], position
    source, line = (
        _DOTS.sub("", _BY_SINGLEFILE.sub("", match["source"])),
        text.count("\n", 0, match.start("source")) + 1,
    )
    try:
        entries, _ = read_yaml(source, line)
    except (yaml.YAMLError, NotMapping):
        if not all(KEY.match(written) or not written.strip() for written in source.split("\n")):
            return [], position
        entries, _ = mend(source, line)
    return (entries, match.end()) if known_fields(entries) > 1 else ([], position)


def org_keywords(text: str, position: int) -> tuple[list[Entry], int]:
    """Org's lines `#+title: …`, as converters leave them above Markdown, and where they end.

    The tags may be between colons, `:sea:tides:`. The title must be among the lines, and another known key.
    """
    entries: list[Entry] = []
    line = text.count("\n", 0, position) + 1
    end = position
    while match := _ORG_LINE.match(text, end):
        key, value = match["key"], match["value"].strip()
        key = "tags" if key.lower() == "filetags" else key
        if field_of(key) == "tags":
            value = ", ".join(filter(None, value.strip(":").split(":" if ":" in value else None)))
        entries.append(Entry(key, value, line))
        line, end = line + 1, match.end()
    fields = {field_of(entry.key) for entry in entries}
    return (entries, end) if "title" in fields and len(fields - {None}) > 1 else ([], position)


def title_block(text: str, position: int) -> tuple[list[Entry], int]:
    """Pandoc's lines for title, authors and date, each after a percent sign, and where they end."""
    match = _TITLE_BLOCK.match(text, position)
    if match is None or not match["title"].strip():
        return [], position
    return [
        Entry(key, value.strip(), text.count("\n", 0, match.start(key)) + 1)
        for key, value in match.groupdict().items()
        if value
    ], match.end()


def known_fields(entries: list[Entry]) -> int:
    """The number of fields that the entries' keys give."""
    return len({field_of(entry.key) for entry in entries} - {None})


def head_lines(text: str, position: int) -> tuple[list[Entry], int]:
    """The lines `Title: …`, `Date: …` at the beginning of a text, and where they end.

    The first must be the title and another known, and a blank line or dashes must follow: prose hardly ever looks like
    this.
    """
    first = KEY.match(text, position, min(len(text), position + 1_000))
    if first is None or field_of(first["key"]) != "title" or not (first["value"] or "").strip():
        return [], position
    blank = text.find("\n\n", position)
    end = extent(text, position, blank + 1 if blank >= 0 else len(text), "---")
    closing = _END.match(text, end)
    if end == position or closing is None:
        return [], position
    source, line = text[position:end], text.count("\n", 0, position) + 1
    try:
        entries, _ = read_yaml(source, line)
    except (yaml.YAMLError, NotMapping):  # it need not be YAML: what is not is no mistake
        entries, _ = mend(source, line)
    title = first["value"].strip()  # even one that YAML reads as no value, such as "null"
    entries = [Entry(it.key, title, it.line) if it.value is None and it.key == first["key"] else it for it in entries]
    return (entries, closing.end()) if known_fields(entries) > 1 else ([], position)
