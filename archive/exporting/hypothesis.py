"""Annotations in Hypothesis's format: the JSON that its client imports (Menu > Import/export)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from archive.annotations.models import Annotation, Visibility
from archive.exporting.jsonld import picture_address
from archive.exporting.markdown_text import link, one_line
from archive.exporting.recipient import Recipient
from archive.formats.frontmatter import citable_url

_WORLD = "__world__"


def hypothesis_json(annotations: Iterable[Annotation], recipient: Recipient) -> Iterator[str]:
    """All annotations in one object, in pieces for a streaming response.

    A passage is identified by its words and context: offsets into our text mean nothing on the original page.
    Hypothesis has no colours, so they are left out. A note on an image shows the image.
    """
    host = urlsplit(recipient.absolute("/")).hostname or "localhost"
    yield '{"client_version": "Commonplace", "annotations": ['
    separator = "\n"
    for annotation in annotations:
        yield separator + json.dumps(_row(annotation, recipient, host), ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def _row(annotation: Annotation, recipient: Recipient, host: str) -> dict[str, Any]:
    article, owner = annotation.article, annotation.owner
    address = citable_url(article.source_url) or recipient.absolute(article.get_absolute_url())
    user = f"acct:{owner.get_username()}@{host}"
    reads = f"group:{_WORLD}" if annotation.visibility == Visibility.SHARED else user
    row = {
        "id": annotation.uuid.hex,
        "created": _moment(annotation.created_at),
        "updated": _moment(annotation.modified_at),
        "user": user,
        "user_info": {"display_name": owner.get_full_name() or owner.get_username()},
        "uri": address,
        "text": _text(annotation, recipient),
        "tags": annotation.tag_names,
        "group": _WORLD,
        "permissions": {"read": [reads], "admin": [user], "update": [user], "delete": [user]},
        "target": [{"source": address} | _selectors(annotation)],
        "document": {"title": [article.title]},
        "links": {"html": recipient.absolute(annotation.get_absolute_url())},
        "hidden": False,
        "flagged": False,
    }
    return row | ({"references": [annotation.parent.uuid.hex]} if annotation.parent else {})


def _text(annotation: Annotation, recipient: Recipient) -> str:
    if not annotation.image:
        return annotation.note
    address = picture_address(annotation.image, recipient.absolute)
    picture = "!" + link(one_line(annotation.image_alt) or "Picture", address)
    return f"{picture}\n\n{annotation.note}".rstrip()


def _selectors(annotation: Annotation) -> dict[str, Any]:
    if not annotation.exact:
        return {}
    quote = {"type": "TextQuoteSelector", "exact": annotation.exact}
    return {"selector": [quote | {"prefix": annotation.prefix, "suffix": annotation.suffix}]}


def _moment(when: datetime) -> str:
    return when.isoformat(timespec="microseconds")
