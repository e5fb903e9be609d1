"""Annotations as the W3C's Web Annotation Data Model has them (https://www.w3.org/TR/annotation-model/)."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from archive.annotations.models import Annotation

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'

AbsoluteUrl = Callable[[str], str]


def annotation_jsonld(annotation: Annotation, absolute: AbsoluteUrl) -> dict[str, Any]:
    """One annotation; `absolute` makes a path of the archive an address.

    Offsets are code points into the article's text.
    """
    return {
        "@context": CONTEXT,
        "id": absolute(annotation.get_absolute_url()),
        "type": "Annotation",
        "motivation": annotation.motivation,
        "created": annotation.created_at.isoformat(),
        "modified": annotation.modified_at.isoformat(),
        "creator": {"type": "Person", "name": annotation.owner.get_username()},
        "body": _bodies(annotation),
        "target": _target(annotation, absolute),
    }


def collection_jsonld(
    annotations: Iterable[Annotation], absolute: AbsoluteUrl, *, id: str, label: str, total: int
) -> Iterator[str]:
    """An AnnotationCollection with all its items on one page, in pieces for a streamed answer."""
    head = {"@context": CONTEXT, "id": id, "type": "AnnotationCollection", "label": label, "total": total}
    page = {"id": f"{id}#page", "type": "AnnotationPage", "partOf": id, "startIndex": 0}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "first": ' + json.dumps(page)[:-1] + ', "items": ['
    separator = "\n"
    for annotation in annotations:
        item = annotation_jsonld(annotation, absolute)
        del item["@context"]
        yield separator + json.dumps(item, ensure_ascii=False)
        separator = ",\n"
    yield "\n]}}\n"


def picture_address(image: str, absolute: AbsoluteUrl) -> str:
    """Where an annotated picture is, for those outside of the archive."""
    return absolute(image) if image.startswith("/") else image


def _css_string(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\a ")


def _bodies(annotation: Annotation) -> list[dict[str, str]]:
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": tag.name} for tag in annotation.tags.all()]
    if annotation.note:
        purpose = "replying" if annotation.parent_id else "commenting"
        bodies.insert(
            0, {"type": "TextualBody", "purpose": purpose, "value": annotation.note, "format": "text/markdown"}
        )
    return bodies


def _target(annotation: Annotation, absolute: AbsoluteUrl) -> str | dict[str, Any]:
    if annotation.parent is not None:
        return absolute(annotation.parent.get_absolute_url())
    article = annotation.article
    here = absolute(article.get_absolute_url())
    target: dict[str, Any] = {"source": article.source_url or here, "scope": here}
    if annotation.image:
        target["selector"] = [{"type": "CssSelector", "value": f'img[src="{_css_string(annotation.image)}"]'}]
        if annotation.image.startswith("/"):  # kept here, so it is on our page that it has this address
            target["source"] = here
        target["styleClass"] = annotation.colour
    if annotation.exact:
        quote = {"type": "TextQuoteSelector", "exact": annotation.exact}
        quote |= {"prefix": annotation.prefix} if annotation.prefix else {}
        quote |= {"suffix": annotation.suffix} if annotation.suffix else {}
        target["selector"] = [quote]
        if not annotation.is_lost:
            place = {"type": "TextPositionSelector", "start": annotation.start, "end": annotation.end}
            target["selector"].append(place)
        target["styleClass"] = annotation.colour
    return target
