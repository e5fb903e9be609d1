"""BibTeX and BibLaTeX, as written by Zotero, JabRef, Mendeley and many others."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import RemoveEnclosingMiddleware, ResolveStringReferencesMiddleware
from bibtexparser.model import Block, DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ParsingFailedBlock

from archive.formats.frontmatter import PartialDate
from archive.formats.programs.tex_text import plain_text
from archive.formats.recognising import Format, Signs
from archive.formats.saved import RowProblem, SavedArticle, SavedNote
from archive.formats.source import Source
from archive.formats.values import address, day, distinct, line, moment, text

_PART = 256 * 1024  # code points that are read at once
_MOST_ABBREVIATIONS = 100_000  # code points
_ENTRY = re.compile(r"(?:[ \t]*(?:%[^\n]*)?\n)*[ \t]*@\s*[A-Za-z]+\s*[{(]")
_FIRST_ENTRY = re.compile(r"^[ \t]*@\s*[A-Za-z]+\s*\{[^\s,{}\"]*,", re.MULTILINE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_URL_COMMAND = re.compile(r"\\(?:url|href)\s*\{([^{}]*)\}")
_ESCAPED = re.compile(r"\\([&%_#$~{}])(?:\{\})?|[{}]")
_NAME = re.compile(r"(\w[\w -]*?)\s*=\s*\{?([^,{}]*)\}?")
_PUBLICATIONS = (
    *("journaltitle", "journal", "maintitle", "booktitle", "howpublished", "organization", "publisher", "institution"),
)
_NOTES = ("note", "annote", "annotation")
_KEYWORDS = ("keywords", "keyword", "tags", "mendeley-tags")

logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
logging.getLogger("bibtexparser").propagate = False  # what it cannot parse is reported with its line


def _recognises(signs: Signs) -> bool:
    return bool(_ENTRY.match(signs.text) and _FIRST_ENTRY.search(signs.text))


def _read(source: Source) -> Iterator[SavedArticle | RowProblem]:
    number = 0
    for block, line_above in _blocks(source):
        entry = _entry(block)
        begins = line_above + (block.start_line or 0) + 1
        if isinstance(entry, Entry):
            number += 1
            yield _article(entry, number, begins)
        elif isinstance(block, ParsingFailedBlock):
            number += 1
            yield RowProblem("The entry is cut off or has brackets that do not match.", number, begins)


def _blocks(source: Source) -> Iterator[tuple[Block, int]]:
    """The blocks of a file, each with the number of lines above the part it is in. The file is read part by part, with
    the abbreviations defined in earlier parts."""
    abbreviations = ""
    for part, above in _parts(source):
        library = parse_string(
            abbreviations + part, parse_stack=[ResolveStringReferencesMiddleware(), RemoveEnclosingMiddleware()]
        )
        lines = abbreviations.count("\n")
        for block in library.blocks:
            if (block.start_line or 0) >= lines:
                yield block, above - lines
        if len(abbreviations) < _MOST_ABBREVIATIONS:
            new = [each.raw for each in library.strings if (each.start_line or 0) >= lines]
            abbreviations += "".join(f"{each}\n" for each in new if each)


def _parts(source: Source) -> Iterator[tuple[str, int]]:
    """The text of a file in parts that begin with an entry, and the number of lines above each."""
    lines: list[str] = []
    size = above = 0
    for number, written in enumerate(source.lines()):
        if size > _PART and written.startswith("@"):
            yield "".join(lines), above
            lines, size, above = [], 0, number
        lines.append(written.replace("\r\n", "\n").replace("\r", "\n"))
        size += len(written)
    yield "".join(lines), above


def _entry(block: Block) -> Block | None:
    """The entry in a block, even if its key is a duplicate or it repeats a field."""
    if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        return block.ignore_error_block
    return block


def _article(entry: Entry, number: int, begins: int) -> SavedArticle | RowProblem:
    fields = {field.key.lower(): str(field.value) for field in entry.fields}
    title = _line_of(fields, "title")
    subtitle = _line_of(fields, "subtitle")
    url = _address(fields)
    if not url and not title:
        return RowProblem("The entry has no title and no address.", number, begins)
    return SavedArticle(
        url=url,
        title=f"{title}: {subtitle}" if title and subtitle else title,
        authors=_people(fields.get("author", "")),
        publication=next(filter(None, (_line_of(fields, name) for name in _PUBLICATIONS)), ""),
        published=_published(fields),
        saved=moment(plain_text(fields.get("urldate", ""))) or moment(fields.get("timestamp")),
        language=_line_of(fields, "langid") or _line_of(fields, "language"),
        description=text(plain_text(fields.get("abstract", ""))),
        tags=distinct(tag for name in _KEYWORDS for tag in _tags(fields.get(name, ""))),
        notes=[SavedNote(note) for note in (text(plain_text(fields.get(name, ""))) for name in _NOTES) if note],
        metadata={"entry type": entry.entry_type, "key": entry.key, **fields},
        row=number,
    )


def _line_of(fields: dict[str, Any], name: str) -> str:
    found = line(plain_text(fields.get(name, "")))
    return "" if found.startswith(("http://", "https://")) else found


def _address(fields: dict[str, str]) -> str:
    """The address, else the DOI's, else one given under how it was published."""
    if url := address(_without_escapes(fields.get("url", ""))):
        return url
    if doi := _without_escapes(fields.get("doi", "")).strip():
        return address(doi) or address(f"https://doi.org/{doi}")
    for name in ("howpublished", "note", "ee"):
        match = _URL_COMMAND.search(fields.get(name, ""))
        if url := address(_without_escapes(match[1] if match else fields.get(name, ""))):
            return url
    return ""


def _without_escapes(url: str) -> str:
    """An address is verbatim, but many programs escape it anyway."""
    match = _URL_COMMAND.fullmatch(url.strip())
    address_alone = _ESCAPED.sub(lambda found: found[1] or "", match[1] if match else url)
    return address_alone.split(" http")[0]  # some have several


def _published(fields: dict[str, str]) -> PartialDate | None:
    """The date: complete in BibLaTeX; in BibTeX a year and perhaps a month, which may include the day."""
    if date := plain_text(fields.get("date", "")).partition("/")[0]:
        return day(date)
    year = plain_text(fields.get("year", "")).strip()
    month = plain_text(fields.get("month", "")).strip(" .")
    if month.isdecimal():
        return day(f"{year}-{month.zfill(2)}") or day(year)
    written = _line_of(fields, "day")
    return (month and (day(f"{written} {month} {year}".strip()) or day(f"{month} {year}"))) or day(year) or None


def _people(written: str) -> list[str]:
    return distinct(map(_person, _at_depth_0(written, _AND)))


def _person(written: str) -> str:
    """A name: Last, First and Last, Jr, First are reordered; in braces, it is an organisation's and stays as it is."""
    written = written.strip()
    if written.startswith("{") and written.endswith("}") and _at_depth_0(written, re.compile(",")) == [written]:
        return line(plain_text(written))
    parts = [line(plain_text(part)) for part in _at_depth_0(written, re.compile(","))]
    if len(parts) == 1 and "=" in parts[0]:
        return parts[0]
    if all("=" in part for part in parts):  # BibLaTeX: family=Okafor, given=Adaeze
        said = dict(_NAME.findall(written))
        return line(plain_text(" ".join(filter(None, (said.get("given"), said.get("prefix"), said.get("family"))))))
    if parts[-1].casefold() == "others":
        return ""
    return " ".join(filter(None, (parts[-1], parts[0], *parts[1:-1]))) if len(parts) > 1 else parts[0]


def _tags(written: str) -> list[str]:
    separator = ";" if ";" in written else ","
    return [line(plain_text(part)) for part in _at_depth_0(written, re.compile(separator))]


def _at_depth_0(written: str, separator: re.Pattern[str]) -> list[str]:
    """The parts of a text between separators outside braces."""
    parts, depth, start, at = [], 0, 0, 0
    for match in separator.finditer(written):
        depth += written.count("{", at, match.start()) - written.count("}", at, match.start())
        at = match.start()
        if depth == 0:
            parts.append(written[start : match.start()])
            start = match.end()
    return [*parts, written[start:]]


FORMATS = (Format("a BibTeX file", _recognises, _read),)
