"""Passages in the CSV format that Readwise imports."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from archive.annotations.models import Annotation
from archive.exporting.csv import Line
from archive.exporting.recipient import Recipient
from archive.exporting.threads import threads
from archive.formats.frontmatter import citable_url

COLUMNS = ("Highlight", "Title", "Author", "URL", "Note", "Color", "Tags", "Location Type", "Location", "Date")


def readwise_csv(annotations: Iterable[Annotation], recipient: Recipient) -> Iterator[str]:
    """A row for each passage of words with its note and replies, in pieces for a streaming response. Readwise does not
    accept rows without a quote, so notes on whole articles and images are left out.

    An article's annotations come together, and replies right after their parent.
    """
    writer = csv.writer(Line())
    yield writer.writerow(COLUMNS)
    for thread in threads(annotations):
        first = thread[0]
        if not first.exact or first.parent_id:
            continue
        said = [recipient.note_of(each) for each in thread]
        row = (
            first.exact,
            first.article.title,
            ", ".join(authorship.author.name for authorship in first.article.authorships.all()),
            citable_url(first.article.source_url),
            "\n\n".join(filter(None, said)),
            first.colour,
            ", ".join(first.tag_names),
            "order",
            "" if first.start is None else first.start,
            f"{first.created_at:%Y-%m-%d %H:%M:%S+00:00}",
        )
        yield writer.writerow(row)
