"""Annotations in the W3C's Web Annotation Data Model (https://www.w3.org/TR/annotation-model/)."""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse

from archive.annotations.models import Annotation
from archive.articles.pictures import shown_address
from archive.exporting.recipient import AbsoluteUrl
from archive.formats.frontmatter import citable_url

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


def annotation_jsonld(annotation: Annotation, absolute: AbsoluteUrl) -> dict[str, Any]:
    """One annotation; `absolute` turns a path in the archive into an address.

    A passage has two targets: the article's page here, where offsets (code points into its text) are valid, and the
    original page, where the quote can be searched. For correct note dates, load `with_noted_at`.
    """
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "id": absolute(annotation.get_absolute_url()),
        "type": "Annotation",
        "motivation": annotation.motivation,
        "created": annotation.created_at.isoformat(),
        "modified": annotation.modified_at.isoformat(),
        "creator": _person(annotation.owner, absolute),
    }
    if bodies := _bodies(annotation, absolute):
        data["body"] = bodies
    data["target"] = _target(annotation, absolute)
    if annotation.has_passage and annotation.parent_id is None:
        colour = annotation.colour  # each is a CSS colour name too
        data["stylesheet"] = {"type": "CssStylesheet", "value": f".{colour} {{ background-color: {colour} }}"}
    return data


def collection_jsonld(
    annotations: Iterable[Annotation], absolute: AbsoluteUrl, *, id: str, label: str, total: int
) -> Iterator[str]:
    """An AnnotationCollection with all its items on one page, in pieces for a streaming response."""
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
    """The address of an annotated image outside the archive."""
    return absolute(shown_address(image)) if image.startswith("/") else image


def _css_string(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\a ")


def _person(person: AbstractBaseUser, absolute: AbsoluteUrl) -> dict[str, str]:
    name = person.get_username()
    full_name = getattr(person, "get_full_name", str)()
    return {"id": _person_address(name, absolute), "type": "Person", "name": full_name or name, "nickname": name}


def _person_address(name: str, absolute: AbsoluteUrl) -> str:
    """The notebook page with a person's shared notes."""
    return absolute(f"{reverse('notebook')}?{urlencode({'person': name})}")


def _bodies(annotation: Annotation, absolute: AbsoluteUrl) -> list[dict[str, str]]:
    creator = _person_address(annotation.owner.get_username(), absolute)
    bodies = []
    if annotation.note:
        noted_at = getattr(annotation, "noted_at", None) or annotation.created_at
        bodies.append(
            {
                "type": "TextualBody",
                "purpose": "replying" if annotation.parent_id else "commenting",
                "value": annotation.note,
                "format": "text/markdown",
                "creator": creator,
                "created": noted_at.isoformat(),
            }
        )
    for name in annotation.tag_names:
        bodies.append({"type": "TextualBody", "purpose": "tagging", "value": name, "format": "text/plain"})
    return bodies


def _target(annotation: Annotation, absolute: AbsoluteUrl) -> str | dict[str, Any] | list[dict[str, Any]]:
    if annotation.parent is not None:
        return absolute(annotation.parent.get_absolute_url())
    article = annotation.article
    here = absolute(article.get_absolute_url())
    language = {"language": article.language} if article.language else {}
    about: dict[str, Any] = {"type": "SpecificResource", "format": "text/html"} | language
    if annotation.has_passage:
        about["styleClass"] = annotation.colour
    on_our_page = {**about, "source": here} | _selectors(_selectors_here(annotation))
    if not article.source_url:
        return on_our_page
    there = {**about, "source": citable_url(article.source_url), "scope": here}
    if annotation.image.startswith("/"):  # only our page has the image at this address
        return on_our_page
    return [on_our_page, there | _selectors(_selectors_anywhere(annotation))]


def _selectors(selectors: list[dict[str, Any]]) -> dict[str, Any]:
    return {"selector": selectors} if selectors else {}


def _selectors_anywhere(annotation: Annotation) -> list[dict[str, Any]]:
    """Selectors that find the passage on any page that contains it."""
    if annotation.image:
        shown = _css_string(shown_address(annotation.image))
        return [{"type": "CssSelector", "value": f'img[src="{shown}"]'}]
    if not annotation.exact:
        return []
    quote = {"type": "TextQuoteSelector", "exact": annotation.exact}
    quote |= {"prefix": annotation.prefix} if annotation.prefix else {}
    quote |= {"suffix": annotation.suffix} if annotation.suffix else {}
    return [quote]


def _selectors_here(annotation: Annotation) -> list[dict[str, Any]]:
    """The same, with the position in the article's text here unless it is lost."""
    selectors = _selectors_anywhere(annotation)
    if annotation.exact and not annotation.is_lost:
        selectors.append({"type": "TextPositionSelector", "start": annotation.start, "end": annotation.end})
    return selectors
