"""The parts of an annotation, as pages show them: the passage it is on, its text, its tags, its day, where it leads."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from urllib.parse import quote as quoted
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.timezone import localdate

from archive.annotations.models import Annotation
from archive.articles.pictures import shown_address
from archive.text import render
from archive.web.markup import fill, fill_each
from archive.web.templatetags.pages import article_html, known_date, lang

LONGEST_ADDRESS = 200  # characters of a picture's description or address

register = template.Library()

_TAG = re.compile(r"<[^<>]*>")
_ID = re.compile(r' id="[^"]*"')
_NONE = UUID(int=0)


@register.filter
def note_html(note: str) -> str:
    """A note's Markdown as safe HTML, for `article_html`. Without ids: the page has those of its article."""
    return _rendered(note)


@lru_cache(maxsize=4096)
def _rendered(note: str) -> str:
    # The renderer escapes < and > in text and attributes, so what stands between them is a tag.
    return _TAG.sub(lambda tag: _ID.sub("", tag.group()), render(note).html)


@register.simple_tag
def passage(annotation: Annotation, longest: int | None = None) -> SafeString | str:
    """What the annotation is on, its words (so many code points of them at most) or its picture; else empty."""
    if annotation.exact:
        is_cut = longest is not None and len(annotation.exact) > longest
        words = f"{annotation.exact[:longest]} …" if is_cut else annotation.exact
        quoted = '<blockquote class="quote whole {}" dir="auto"{}>{}</blockquote>'
        return fill(quoted, annotation.colour, lang(annotation.article), words)
    if annotation.image:
        shown = picture(annotation.image, annotation.image_alt)
        return fill('<div class="quote whole {}">{}</div>', annotation.colour, shown)
    return ""


@register.simple_tag
def picture(src: str, alt: str) -> SafeString:
    """A picture of an article; in words where it lies on another site."""
    if src.startswith("/"):
        description = alt or "Image without a description"
        return fill('<img class="picture-quote" src="{}" alt="{}" loading="lazy">', shown_address(src), description)
    return fill('<span class="picture-quote" dir="auto">Image: {}</span>', cut(alt or src, LONGEST_ADDRESS))


def cut(text: str, longest: int) -> str:
    """As Django's `truncatechars`, which takes its time for a text that fits, too."""
    return text if len(text) <= longest else Truncator(text).chars(longest)


def note_text(annotation: Annotation) -> SafeString | str:
    """What its owner wrote; empty if nothing."""
    shown = article_html(note_html(annotation.note)) if annotation.note else ""
    return shown and fill('<div class="note-text" dir="auto">{}</div>', shown)


class Addresses:
    """The addresses of annotations. Django takes as long to find one as the rest of a note takes."""

    def __init__(self) -> None:
        names = ("annotation", "edit-annotation", "reply-to-annotation", "trash-annotation")
        self._parts = {name: reverse(name, args=[_NONE]).split(str(_NONE)) for name in names}
        self.notebook = reverse("notebook")

    def of(self, name: str, uuid: UUID) -> str:
        before, after = self._parts[name]
        return f"{before}{uuid}{after}"


def tag_links(tags: Sequence[str], addresses: Addresses) -> SafeString | str:
    """Its tags, each a link to all notes that have it; empty if there are none."""
    links = ((addresses.notebook, quoted(tag, safe=""), tag) for tag in tags)
    items = fill_each('<li><a href="{}?tag={}">{}</a></li>', links)
    return items and fill('<ul class="tags" role="list" aria-label="Tags">{}</ul>', items)


def day_of(moment: datetime) -> SafeString | str:
    """The day of a moment, where the reader is."""
    return _day(localdate(moment))


@lru_cache(maxsize=512)
def _day(day: date) -> SafeString | str:
    return known_date(day, style="short")
