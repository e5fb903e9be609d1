"""CSL-JSON: citations as exchanged between Zotero and other programs. It contains no texts or highlights."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from archive.formats.frontmatter import PartialDate
from archive.formats.json_entries import json_entries
from archive.formats.recognising import Format, Signs
from archive.formats.saved import RowProblem, SavedArticle, SavedNote
from archive.formats.source import Source
from archive.formats.values import address, day, distinct, line, moment, number, objects, split, text

_TELLING = ("issued", "accessed", "container-title", "URL", "author", "DOI")


def _is_list(signs: Signs) -> bool:
    return _is_of(signs, "item")


def _is_object(signs: Signs) -> bool:
    return _is_of(signs, "items.item")


def _is_of(signs: Signs, prefix: str) -> bool:
    return signs.has_keys(f"{prefix}.id", f"{prefix}.type") and any(
        signs.has_keys(f"{prefix}.{key}") for key in _TELLING
    )


def _read_list(source: Source) -> Iterator[SavedArticle | RowProblem]:
    return _read(source, "item")


def _read_object(source: Source) -> Iterator[SavedArticle | RowProblem]:
    return _read(source, "items.item")


def _read(source: Source, prefix: str) -> Iterator[SavedArticle | RowProblem]:
    for entry in json_entries(source, prefix):
        if isinstance(entry, RowProblem):
            yield entry
            continue
        row, item = entry
        title = line(item.get("title"))
        url = address(item.get("URL")) or _of_doi(item.get("DOI"))
        if not url and not title:
            yield RowProblem("The item has no title and no address.", row)
            continue
        note = text(item.get("note"))
        accessed = csl_date(item.get("accessed"))
        yield SavedArticle(
            url=url,
            title=title,
            authors=csl_names(item.get("author")),
            publication=_first(item.get("container-title")) or line(item.get("publisher")),
            published=csl_date(item.get("issued")),
            saved=accessed.date if accessed and accessed.precision == "day" else _moment(item.get("accessed")),
            language=line(item.get("language")),
            description=text(item.get("abstract")),
            tags=_keywords(item.get("keyword")),
            notes=[SavedNote(note)] if note else [],
            metadata=item,
            row=row,
        )


def csl_date(value: Any) -> PartialDate | None:
    """A date in parts, where years may be text, or in words."""
    if not isinstance(value, dict):
        return day(text(value))
    ranges = value.get("date-parts")
    first = ranges[0] if isinstance(ranges, list) and ranges and isinstance(ranges[0], list) else []
    parts = [int(part) for part in map(number, first) if part is not None][:3]
    for count in range(len(parts), 0, -1):  # a month above 12 is a season
        if found := day("-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:count])])):
            return found
    return next(filter(None, (day(value.get(key)) for key in ("raw", "literal", "date-time"))), None)


def _moment(value: Any) -> datetime | date | None:
    return moment(value.get("date-time") if isinstance(value, dict) else value)


def csl_names(value: Any) -> list[str]:
    """People as given and family names with particles; organisations as they are."""
    return distinct(map(_name, objects(value)))


def _name(person: dict[str, Any]) -> str:
    if whole := line(person.get("literal")) or line(person.get("name")):
        return whole
    keys = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return " ".join(filter(None, (line(person.get(key)) for key in keys)))


def _of_doi(value: Any) -> str:
    doi = text(value)
    return address(doi) or address(f"https://doi.org/{doi}") if doi else ""


def _first(value: Any) -> str:
    return line(value[0] if isinstance(value, list) and value else value)


def _keywords(value: Any) -> list[str]:
    if isinstance(value, list):
        return distinct(map(line, value))
    return split(value, ";" if ";" in text(value) else ",")


FORMATS = (
    Format("a CSL-JSON file", _is_list, _read_list),
    Format("a CSL-JSON file", _is_object, _read_object),
)
