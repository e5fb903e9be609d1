"""RIS, which every bibliography program reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.exporting.citations.names import Name
from archive.exporting.citations.text import clean
from archive.exporting.citations.work import Kind, PartialDate, Work

_TYPES = {Kind.NEWSPAPER: "NEWS", Kind.MAGAZINE: "MGZN", Kind.BLOG: "BLOG", Kind.WEB_PAGE: "ELEC"}


def ris(works: Iterable[Work]) -> Iterator[str]:
    """The records, in pieces for a streaming response."""
    for work in works:
        lines = [
            ("TY", _TYPES[work.kind]),
            ("ID", work.key),
            ("TI", work.title),
            *(("AU", _author(name)) for name in work.authors),
            ("T2", work.container),
            ("PY", f"{work.issued[0]:04}" if work.issued else ""),
            ("DA", _date(work.issued)),
            ("Y2", _date(work.accessed)),
            ("UR", work.url),
            ("LA", work.language),
            ("AB", work.abstract),
            *(("KW", word) for word in work.keywords),
            *(("N1", note) for note in work.notes),
        ]
        yield "".join(f"{tag}  - {clean(value)}\r\n" for tag, value in lines if value) + "ER  - \r\n\r\n"


def _author(name: Name) -> str:
    """`Last, First, Suffix`. A name that is not split must not contain a comma, which would be taken for a
    separator."""
    if name.literal:
        return name.literal.replace(",", "")
    return ", ".join(filter(None, (name.full_family, name.given, name.suffix)))


def _date(day: PartialDate) -> str:
    """`2023/04/07/`; unknown parts stay empty: `2023/04//`."""
    if not day:
        return ""
    year, month, of_month = (*(f"{part:02}" for part in day), "", "")[:3]
    return f"{year.zfill(4)}/{month}/{of_month}/"
