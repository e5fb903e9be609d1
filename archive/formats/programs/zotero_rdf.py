"""Zotero's RDF: items with notes and collections, and optionally saved pages in files next to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, BinaryIO, NamedTuple

from lxml import etree

from archive.formats.programs.folders import Folder, path_of
from archive.formats.programs.zotero_notes import read_note
from archive.formats.recognising import Format, Signs
from archive.formats.saved import Content, RowProblem, SavedArticle, SavedHighlight, SavedNote
from archive.formats.source import Source
from archive.formats.values import address, day, distinct, line, moment, text

LARGEST_PAGE = 64 * 1024 * 1024  # bytes
_MOST_NOTES = 64 * 1024 * 1024  # code points of all notes
_MOST_ELEMENTS = 200_000  # elements within one record
_NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "z": "http://www.zotero.org/namespaces/export#",
    "dcterms": "http://purl.org/dc/terms/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "bib": "http://purl.org/net/biblio#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "link": "http://purl.org/rss/1.0/modules/link/",
}
_ABOUT = f"{{{_NAMESPACES['rdf']}}}about"
_RESOURCE = f"{{{_NAMESPACES['rdf']}}}resource"
_ROOT = re.compile(r"<rdf:RDF\b[^<>]{0,5000}http://www\.zotero\.org/namespaces/export#")
_DOI = re.compile(r"(?:doi:?\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_PAGES = ("text/html", "application/xhtml+xml")
_NO_ITEMS = ("Memo", "Collection", "Attachment", "Journal", "Series")


def _recognises(signs: Signs) -> bool:
    return signs.is_html and bool(_ROOT.search(signs.text))


class _Attachment(NamedTuple):
    path: str
    kind: str
    url: str
    title: str


@dataclass(slots=True)
class _Others:
    """What items refer to by id: notes, files, journals, and their collections."""

    notes: dict[str, str] = field(default_factory=dict)
    attachments: dict[str, _Attachment] = field(default_factory=dict)
    journals: dict[str, str] = field(default_factory=dict)
    folders: dict[str, Folder] = field(default_factory=dict)
    collections: dict[str, list[str]] = field(default_factory=dict)  # of an item
    size: int = 0


def _read(source: Source) -> Iterator[SavedArticle | RowProblem]:
    others = _Others()
    for record in _records(source):
        if not isinstance(record, RowProblem):
            _gather(record, others)
    number = 0
    used: set[str] = set()
    for record in _records(source):
        if isinstance(record, RowProblem):
            yield RowProblem(record.message, number + 1, record.line)
            continue
        if _name(record) in _NO_ITEMS or _text(record, "z:itemType") in ("attachment", "note"):
            continue
        number += 1
        used |= {*_resources(record, "dcterms:isReferencedBy"), *_resources(record, "link:link")}
        yield from _article(source, record, others, number)
    for key in others.notes.keys() - used:
        words = line(re.sub("<[^<>]*>", " ", others.notes[key]))[:80]
        yield RowProblem(f"The note “{words}” belongs to no item.")
    for key, attachment in others.attachments.items():
        if key not in used and attachment.url:
            number += 1
            content, problem = _content_of(source, attachment)
            if problem:
                yield RowProblem(problem, number, left_out=False)
            yield SavedArticle(url=attachment.url, title=attachment.title, content=content, row=number)


def _records(source: Source) -> Iterator[etree._Element | RowProblem]:
    """The elements below the root, each freed when the next one is requested. Entities are not expanded.

    The parser closes elements that a truncated file leaves open; such an element is dropped.
    """
    with source.utf8() as stream:
        following = _Following(stream)
        elements = etree.iterparse(
            following,
            events=("end",),
            encoding="utf-8",
            recover=True,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
        )
        count = 0
        last = 1
        try:
            for _, element in elements:
                count += 1
                if count > _MOST_ELEMENTS:
                    yield RowProblem("The record has too many parts; the file was read down to it.", line=last)
                    return
                parent = element.getparent()
                if parent is None or parent.getparent() is not None:
                    continue
                count, last = 0, _line(element) or last
                if not (following.is_over and _errors(elements)):
                    yield element
                element.clear()
                while element.getprevious() is not None:
                    del parent[0]
        except (etree.LxmlError, ValueError) as error:
            yield RowProblem(f"The file is not XML from here on ({' '.join(str(error).split())[:80]}).", line=last)
            return
        for entry in _errors(elements)[:1]:
            what = " ".join(entry.message.split())[:80]
            yield RowProblem(f"The file is cut off or damaged ({what}).", line=entry.line)


def _errors(elements: Any) -> list[Any]:
    return [entry for entry in elements.error_log if entry.level_name in ("ERROR", "FATAL")]


class _Following:
    """A stream that records whether it was read to the end."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.is_over = False

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.is_over = not data
        return data


def _gather(record: etree._Element, others: _Others) -> None:
    key = record.get(_ABOUT) or ""
    name = _name(record)
    if name == "Memo":
        note = _text(record, "rdf:value")
        others.size += len(note)
        if note and others.size < _MOST_NOTES:
            others.notes[key] = note
    elif name == "Attachment":
        path = next(iter(_resources(record, "rdf:resource")), "")
        url = address(_text(record, "dc:identifier/dcterms:URI/rdf:value"))
        others.attachments[key] = _Attachment(path, _text(record, "link:type"), url, line(_text(record, "dc:title")))
    elif name == "Collection":
        parent = others.folders[key].parent if key in others.folders else None
        others.folders[key] = Folder(_text(record, "dc:title"), parent)
        for part in _resources(record, "dcterms:hasPart"):
            if part.startswith("#collection"):
                known = others.folders.get(part)
                others.folders[part] = Folder(known.name if known else "", key)
            else:
                others.collections.setdefault(part, []).append(key)
    elif name in ("Journal", "Series"):
        others.journals[key] = _text(record, "dc:title")


def _article(
    source: Source, record: etree._Element, others: _Others, number: int
) -> Iterator[SavedArticle | RowProblem]:
    key = record.get(_ABOUT) or ""
    title = line(_text(record, "dc:title"))
    url = _address(record, key)
    if not url and not title:
        yield RowProblem("The item has no title and no address.", number, _line(record))
        return
    content, problem = _content(source, record, others)
    if problem:
        yield RowProblem(problem, number, _line(record), left_out=False)
    highlights, notes = _notes(record, others)
    yield SavedArticle(
        url=url,
        title=title,
        authors=_authors(record),
        publication=_publication(record, others),
        published=day(_text(record, "dc:date")),
        saved=_in_utc(moment(_text(record, "dcterms:dateSubmitted"))),
        language=_text(record, "z:language"),
        description=_text(record, "dcterms:abstract"),
        content=content,
        tags=_tags(record),
        collections=distinct(path_of(each, others.folders) for each in others.collections.get(key, ())),
        notes=notes,
        highlights=highlights,
        metadata={"itemType": _text(record, "z:itemType"), "about": key},
        row=number,
    )


def _name(record: etree._Element) -> str:
    """An element's name without its namespace."""
    return str(record.tag).rpartition("}")[2]


def _line(record: etree._Element) -> int | None:
    return record.sourceline if isinstance(record.sourceline, int) else None


def _find(record: etree._Element, path: str) -> list[etree._Element]:
    return record.findall(path, _NAMESPACES)


def _text(record: etree._Element, path: str) -> str:
    return next(filter(None, (text("".join(map(str, each.itertext()))) for each in _find(record, path))), "")


def _resources(record: etree._Element, path: str) -> list[str]:
    return [found for each in _find(record, path) if (found := each.get(_RESOURCE))]


def _address(record: etree._Element, key: str) -> str:
    if url := address(_text(record, "dc:identifier/dcterms:URI/rdf:value")) or address(key):
        return url
    identifiers = (_DOI.search(text("".join(map(str, each.itertext())))) for each in _find(record, "dc:identifier"))
    return next((address(f"https://doi.org/{match[1]}") for match in identifiers if match), "")


def _authors(record: etree._Element) -> list[str]:
    people = _find(record, "bib:authors/rdf:Seq/rdf:li/*")
    return distinct(
        line(f"{_text(person, 'foaf:givenName')} {_text(person, 'foaf:surname') or _text(person, 'foaf:name')}")
        for person in people
    )


def _publication(record: etree._Element, others: _Others) -> str:
    journals = (others.journals.get(each, "") for each in _resources(record, "dcterms:isPartOf"))
    return line(_text(record, "dcterms:isPartOf/*/dc:title") or next(filter(None, journals), ""))


def _tags(record: etree._Element) -> list[str]:
    return distinct(line("".join(map(str, subject.itertext()))) for subject in _find(record, "dc:subject"))


def _notes(record: etree._Element, others: _Others) -> tuple[list[SavedHighlight], list[SavedNote]]:
    highlights: list[SavedHighlight] = []
    notes: list[SavedNote] = []
    for key in _resources(record, "dcterms:isReferencedBy"):
        passages, more = read_note(others.notes.get(key, ""))
        highlights += passages
        notes += more
    return highlights, notes


def _content(source: Source, record: etree._Element, others: _Others) -> tuple[Content | None, str]:
    """The first saved page of an item, and a message if its file is not available."""
    for key in _resources(record, "link:link"):
        attachment = others.attachments.get(key)
        if attachment is not None and attachment.kind in _PAGES and attachment.path:
            return _content_of(source, attachment)
    return None, ""


def _content_of(source: Source, attachment: _Attachment) -> tuple[Content | None, str]:
    if attachment.kind in _PAGES and attachment.path:
        page = source.beside(attachment.path)
        if page is None:
            return None, f"The saved page {attachment.path} is not beside the file. The article came in without text."
        try:
            with page.open() as file:
                data = file.read(LARGEST_PAGE + 1)
        except OSError as error:
            return None, f"The saved page {attachment.path} cannot be read: {error.strerror}."
        if len(data) > LARGEST_PAGE:
            return None, f"The saved page {attachment.path} is larger than {LARGEST_PAGE >> 20} MB."
        return Content(data, "page", page.path), ""
    return None, ""


def _in_utc(found: datetime | date | None) -> datetime | date | None:
    return found.replace(tzinfo=UTC) if isinstance(found, datetime) and found.tzinfo is None else found


FORMATS = (Format("a Zotero RDF file", _recognises, _read, folders=("files",)),)
