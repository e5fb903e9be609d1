"""Annotations as Markdown: quote, note, tags and link, under each article's title and citation."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from archive.annotations.models import Annotation
from archive.exporting.citation import citation
from archive.exporting.jsonld import AbsoluteUrl, picture_address


def annotations_markdown(annotations: Iterable[Annotation], absolute: AbsoluteUrl) -> Iterator[str]:
    """A section per article, in the order given, in pieces for a streamed answer."""
    for article, group in groupby(annotations, key=lambda annotation: annotation.article):
        yield f"## {_one_line(article.title)}\n\n{citation(article)}\n\n"
        for annotation in group:
            yield _entry(annotation, absolute)


def _entry(annotation: Annotation, absolute: AbsoluteUrl) -> str:
    tags = " ".join("#" + tag.name.replace(" ", "-") for tag in annotation.tags.all())
    lost = "This passage was lost when the article changed." if annotation.is_lost else ""
    place = f"[{annotation.created_at:%Y-%m-%d}]({absolute(annotation.get_absolute_url())})"
    quote = _picture(annotation, absolute) if annotation.image else _quoted(annotation.exact)
    parts = [quote, lost, annotation.note, " ".join(part for part in (tags, place) if part)]
    return "\n\n".join(part for part in parts if part) + "\n\n"


def _picture(annotation: Annotation, absolute: AbsoluteUrl) -> str:
    description = re.sub(r"[\[\]\\\s]+", " ", annotation.image_alt).strip()
    return f"![{description}](<{picture_address(annotation.image, absolute)}>)"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def _one_line(text: str) -> str:
    return " ".join(text.split())
