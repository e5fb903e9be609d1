"""The formats in which annotations can be downloaded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from archive.annotations.models import Annotation, AnnotationQuerySet
from archive.exporting.csv import annotations_csv
from archive.exporting.hypothesis import hypothesis_json
from archive.exporting.jsonld import MEDIA_TYPE, collection_jsonld
from archive.exporting.markdown import annotations_markdown
from archive.exporting.obsidian_clipper import clipper_json
from archive.exporting.readwise import readwise_csv
from archive.exporting.recipient import Recipient

READ_AT_ONCE = 500  # annotations


@dataclass(frozen=True)
class Asked:
    """What to download: annotations, for whom, their common label, and the download's address."""

    annotations: AnnotationQuerySet
    recipient: Recipient
    label: str
    address: str


@dataclass(frozen=True)
class NotesFormat:
    """A format, by its name in addresses; `suffix` is its file extension."""

    slug: str
    name: str
    suffix: str
    media_type: str
    write: Callable[[Asked], Iterator[str]]


def _of(write: Callable[[Iterable[Annotation], Recipient], Iterator[str]]) -> Callable[[Asked], Iterator[str]]:
    return lambda asked: write(asked.annotations.iterator(READ_AT_ONCE), asked.recipient)


def _jsonld(asked: Asked) -> Iterator[str]:
    with_dates = asked.annotations.with_noted_at().iterator(READ_AT_ONCE)
    total = asked.annotations.count()
    return collection_jsonld(with_dates, asked.recipient.absolute, id=asked.address, label=asked.label, total=total)


_JSON, _CSV = "application/json", "text/csv; charset=utf-8"
_MARKDOWN = "text/markdown; charset=utf-8"
NOTES_FORMATS = {
    each.slug: each
    for each in (
        NotesFormat("md", "Markdown", "md", _MARKDOWN, _of(annotations_markdown)),
        NotesFormat("jsonld", "Web Annotations (JSON-LD)", "jsonld", MEDIA_TYPE, _jsonld),
        NotesFormat("csv", "Table (CSV)", "csv", _CSV, _of(annotations_csv)),
        NotesFormat("hypothesis", "Hypothesis", "hypothesis.json", _JSON, _of(hypothesis_json)),
        NotesFormat("obsidian-clipper", "Obsidian Web Clipper", "obsidian-clipper.json", _JSON, _of(clipper_json)),
        NotesFormat("readwise", "Readwise (CSV)", "readwise.csv", _CSV, _of(readwise_csv)),
    )
}
