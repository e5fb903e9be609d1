"""CSL-JSON, which Zotero, Pandoc and most others read (https://citeproc-js.readthedocs.io, "CSL-JSON markup")."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from archive.exporting.citations.names import Name
from archive.exporting.citations.text import clean
from archive.exporting.citations.work import PartialDate, Work


def csl_json(works: Iterable[Work]) -> Iterator[str]:
    """An array of items, in pieces for a streaming response."""
    separator = "[\n"
    for work in works:
        yield separator + json.dumps(item(work), ensure_ascii=False, indent=1)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def item(work: Work) -> dict[str, Any]:
    """One item; unknown values have no key."""
    made = {
        "id": work.key,
        "type": work.kind.value,
        "title": clean(work.title),
        "author": [_name(name) for name in work.authors],
        "container-title": clean(work.container),
        "issued": _date(work.issued),
        "accessed": _date(work.accessed),
        "URL": work.url,
        "language": work.language,
        "abstract": work.abstract,
        "keyword": ", ".join(work.keywords),
        "note": "\n\n".join(work.notes),
    }
    return {name: value for name, value in made.items() if value}


def _name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": clean(name.literal)}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix, "non-dropping-particle": name.particle}
    return {part: value for part, value in parts.items() if value}


def _date(day: PartialDate) -> dict[str, list[list[int]]]:
    return {"date-parts": [list(day)]} if day else {}
