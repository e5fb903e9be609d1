"""Annotations as a table, for spreadsheets."""

import csv
from collections.abc import Iterable, Iterator

from archive.annotations.models import Annotation
from archive.exporting.excerpts import QuotedPassages
from archive.exporting.jsonld import picture_address
from archive.exporting.quote import as_text
from archive.exporting.recipient import Recipient
from archive.formats.frontmatter import citable_url

COLUMNS = (
    "article", "source", "published", "quote", "picture", "note",
    "tags", "colour", "status", "person", "created", "link", "meaning", "in reply to",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Line:
    """A file for the csv module that returns each row."""

    def write(self, row: str) -> str:
        return row


def annotations_csv(annotations: Iterable[Annotation], recipient: Recipient) -> Iterator[str]:
    """A header and one row per annotation, in pieces for a streaming response. Quotes have one line per block."""
    absolute, passages = recipient.absolute, QuotedPassages()
    writer = csv.writer(Line())
    yield "\ufeff" + writer.writerow(COLUMNS)
    for annotation in annotations:
        row = (
            annotation.article.title,
            citable_url(annotation.article.source_url),
            annotation.article.published or "",
            as_text(passages.of(annotation)) if annotation.exact else "",
            picture_address(annotation.image, absolute) if annotation.image else "",
            annotation.note,
            ", ".join(annotation.tag_names),
            annotation.colour,
            annotation.get_status_display() if annotation.has_passage else "",
            annotation.owner.get_username(),
            recipient.local(annotation.created_at).isoformat(timespec="seconds"),
            absolute(annotation.get_absolute_url()),
            recipient.meanings.get(annotation.colour, "") if annotation.has_passage else "",
            absolute(annotation.parent.get_absolute_url()) if annotation.parent else "",
        )
        yield writer.writerow(_harmless(str(cell)) for cell in row)


def _harmless(cell: str) -> str:
    """The cell, escaped if a spreadsheet would run it as a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
