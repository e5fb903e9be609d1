"""Splits a file's text into front matter and body."""

from __future__ import annotations

import re

import yaml

from archive.formats.frontmatter.blocks import (
    Block,
    find_block,
    first_line_of,
    has_known_key,
    reaches_into_body,
    starts_with_key,
)
from archive.formats.frontmatter.body_facts import link_reference_metadata, other_facts, readwise_metadata
from archive.formats.frontmatter.fields import build_fields
from archive.formats.frontmatter.json_block import read_json
from archive.formats.frontmatter.keys import field_of, is_known, same_key
from archive.formats.frontmatter.mending import mend
from archive.formats.frontmatter.model import Entry, FrontMatter, Problem, as_metadata, storable
from archive.formats.frontmatter.titles import title_from_body
from archive.formats.frontmatter.toml_block import read_toml
from archive.formats.frontmatter.unfenced import (
    commented,
    head_lines,
    known_fields,
    logseq_properties,
    org_keywords,
    title_block,
)
from archive.formats.frontmatter.yaml_block import NotMapping, read_yaml

MOST_PROBLEMS = 50

_ABOVE = re.compile(
    r"(?:[ \t]*\n)*(?:#[ \t]+(?P<heading>\S.*)|<!--(?:(?!-->)[^\0]){0,2000}-->[ \t]*)\n"
    r"(?:[ \t]*\n)*(?P<fence>(?=---[ \t]*\n[ \t]*\S))"
)
_NEWLINES = re.compile(r"\r\n?")


def parse(raw: str) -> FrontMatter:
    """Parse a Markdown file. Never raises: what cannot be understood is kept as text and reported in `problems`.

    The body is the end of `raw`, with \\n newlines: front matter is only ever removed before it.
    """
    text = _NEWLINES.sub("\n", raw) if "\r" in raw else raw
    text = text.lstrip("\ufeff\u200b\u2060\u200e\u200f")
    entries, position, problems = _front_matter(text)
    entries = known = storable(entries)
    if not entries:
        found_references, after = link_reference_metadata(text[position:])
        position += after
        entries = storable(found_references)
        known = _of_link_references(entries, text[position:])
    body = text[position:].lstrip("\n")
    position = len(text) - len(body)
    first_line = text.count("\n", 0, position) + 1
    readwise = storable(readwise_metadata(body, first_line))
    if not entries:
        entries = known = readwise
    fields, found = build_fields(known, readwise + storable(other_facts(body, first_line)))
    return FrontMatter(fields, as_metadata(entries), body, _in_order(problems + found))


def body_of(raw: str) -> str:
    """`parse(raw).body`, without reading what the keys say where the fences alone show where it begins."""
    text = _NEWLINES.sub("\n", raw) if "\r" in raw else raw
    text = text.lstrip("\ufeff\u200b\u2060\u200e\u200f")
    position = _end_of_plain_block(text)
    if position is None:
        entries, position, _ = _front_matter(text)
        position += 0 if entries else link_reference_metadata(text[position:])[1]
    return text[position:].lstrip("\n")


def _end_of_plain_block(text: str) -> int | None:
    """Where a block ends that is cut off at its closing fence whether it is sound or has to be mended; None where that
    depends on what it holds.
    """
    block = find_block(text)
    if block is None or block.kind != "---" or not block.closed or block.is_odd:
        return None
    if not starts_with_key(first_line_of(text[block.start : block.end])) or reaches_into_body(text, block) is not None:
        return None
    is_followed = text.startswith("---", _skip_blank(text, block.after)) or text.startswith("[", block.after)
    return None if is_followed else block.after


def _of_link_references(entries: list[Entry], body: str) -> list[Entry]:
    """The entries under their usual keys: `via` links to the original, and `subject` is its title, which takes second
    place after a translated heading."""
    meanings = {"via": "original link", "publisher": ""}
    if title_from_body(body) is None:
        meanings["subject"] = "title"
    renamed = (Entry(meanings.get(same_key(entry.key), entry.key), entry.value, entry.line) for entry in entries)
    return [entry for entry in renamed if entry.key]


def _in_order(problems: list[Problem]) -> list[Problem]:
    """The problems by line; if there are very many, the first ones, and the number of others."""
    problems = sorted(problems, key=lambda problem: problem.line)
    more = len(problems) - MOST_PROBLEMS
    if more > 0:
        problems[MOST_PROBLEMS:] = [Problem(problems[MOST_PROBLEMS].line, f"There are {more} more problems.", "more")]
    return problems


def _front_matter(text: str) -> tuple[list[Entry], int, list[Problem]]:
    """All entries, where the body begins, and the problems."""
    first = _read_block(text, 0)
    if first is None:
        start = _skip_blank(text, 0)
        for unfenced in (logseq_properties, head_lines, title_block, org_keywords, commented):
            entries, position = unfenced(text, start)
            if entries:
                return entries, position, []
        return _below(text) or ([], 0, [])
    entries, position, problems = first
    second = _read_block(text, position) if text.startswith("---", _skip_blank(text, position)) else None
    if second and any(is_known(entry.key) for entry in second[0]):
        line = text.count("\n", 0, _skip_blank(text, position)) + 1
        problems.append(Problem(line, "There is a second block of front matter; both were read.", "second-block"))
        entries, position, problems = entries + second[0], second[1], problems + second[2]
    return entries, position, problems + _duplicates(entries)


def _below(text: str) -> tuple[list[Entry], int, list[Problem]] | None:
    """A block of keys below a heading or comment that a program put above it. The heading is the title, unless a key
    gives it."""
    match = _ABOVE.match(text)
    block = _read_block(text, match.end()) if match else None
    if match is None or block is None or known_fields(block[0]) < 2:
        return None
    entries, position, problems = block
    line = text.count("\n", 0, match.start("fence")) + 1
    above = "heading" if match["heading"] else "comment"
    message = f"The front matter is below a {above}; it was read anyway."
    problems.insert(0, Problem(line, message, f"below-{above}"))
    if match["heading"]:
        key = "heading" if any(field_of(entry.key) == "title" for entry in entries) else "title"
        entries = [*entries, Entry(key, title_from_body(match.group()) or match["heading"], 1)]
    return entries, position, problems + _duplicates(entries)


def _skip_blank(text: str, position: int) -> int:
    match = re.compile(r"(?:[ \t]*\n)*").match(text, position)
    return match.end() if match else position


def _duplicates(entries: list[Entry]) -> list[Problem]:
    """Reports keys that are repeated in the same spelling; the first usable value wins."""
    seen: dict[str, int] = {}
    problems = []
    for entry in entries:
        if entry.key in seen:
            outcome = "values combined" if field_of(entry.key) == "tags" else "the first usable value is used"
            message = f"“{entry.key[:60]}” appears twice, first on line {seen[entry.key]}; {outcome}."
            problems.append(Problem(entry.line, message, "duplicate-key"))
        else:
            seen[entry.key] = entry.line
    return problems


def _read_block(text: str, position: int) -> tuple[list[Entry], int, list[Problem]] | None:
    """The entries of the block that begins at the position, its end, and its problems; None if there is no block."""
    block = find_block(text, position)
    if block is None:
        return None
    line = text.count("\n", 0, block.start) + 1
    if block.kind == "{":
        return _read_object(text, block, line)
    source = text[block.start : block.end]
    problems = [] if block.closed else [_unclosed(text, block.end, line)]
    if block.is_odd:
        message = "The front matter is not between lines of three dashes; it was read anyway."
        problems.append(Problem(line - 1, message, "odd-fence"))
    if source.lstrip().startswith("{"):
        try:
            entries, end = read_json(source.lstrip(), line)
        except ValueError:
            end = 0
        if end and not source.lstrip()[end:].strip():
            return entries, block.after, problems
    if block.kind == "+++":
        if source.strip() and not starts_with_key(first_line_of(source), "+++"):
            return None
        entries, found = read_toml(source, line)
        return entries, block.after, problems + found
    try:
        entries, found = read_yaml(source, line)
    except NotMapping:
        if not source.strip():
            return [], block.after, problems
        if not _means_keys(source):
            return None
    except yaml.YAMLError:
        if not _means_keys(source):
            return None
    else:
        if "\n\n" not in source.strip("\n") or all(starts_with_key(f"{entry.key}:") for entry in entries):
            return entries, block.after, problems + found
        # Prose with a colon makes a key of a whole sentence: the fence may be a rule in the body.
    end_of_keys = reaches_into_body(text, block) if block.closed and starts_with_key(first_line_of(source)) else None
    if end_of_keys is not None:
        block = Block(block.kind, block.start, end_of_keys, end_of_keys, closed=False)
        return _read_cut(text, block, line)
    entries, found = mend(source, line)
    return entries, block.after, problems + found


def _means_keys(source: str) -> bool:
    return starts_with_key(first_line_of(source)) or has_known_key(source)


def _read_cut(text: str, block: Block, line: int) -> tuple[list[Entry], int, list[Problem]]:
    """A block without a closing fence, cut where the body begins."""
    source = text[block.start : block.end]
    try:
        entries, found = read_yaml(source, line)
    except (yaml.YAMLError, NotMapping):
        entries, found = mend(source, line)
    return entries, block.after, [_unclosed(text, block.end, line), *found]


def _unclosed(text: str, end: int, line: int) -> Problem:
    last = text.count("\n", 0, end - 1) + 1
    message = f"The front matter has no closing line; line {last} was taken as its end."
    return Problem(line - 1, message, "unclosed")


def _read_object(text: str, block: Block, line: int) -> tuple[list[Entry], int, list[Problem]] | None:
    """A bare JSON object; if it is broken but ends with a line of its own, it is read as YAML, which allows more."""
    try:
        entries, length = read_json(text[block.start :], line)
    except ValueError:
        closing = re.compile(r"^\}[ \t]*$\n?", re.MULTILINE).search(text, block.start, block.start + 256_000)
        if closing is None:
            return None
        try:
            entries, problems = read_yaml(text[block.start : closing.end()], line)
        except (yaml.YAMLError, NotMapping):
            return None
        repaired = Problem(
            line, "The JSON at the top is not valid; it was read as YAML, which allows more.", "repaired"
        )
        return entries, closing.end(), [repaired, *problems]
    return entries, block.start + length, []
