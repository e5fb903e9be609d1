"""The parts of an annotation as pages show them: passage, text, tags, date and links."""

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

LONGEST_ADDRESS = 200  # characters of an image's description or address

register = template.Library()

_TAG = re.compile(r"<[^<>]*>")
_ID = re.compile(r' id="[^"]*"')
_NONE = UUID(int=0)


@register.filter
def note_html(note: str) -> str:
    """A note's Markdown as safe HTML, for `article_html`. It has no ids, which could clash with the article's."""
    return _rendered(note)


@lru_cache(maxsize=4096)
def _rendered(note: str) -> str:
    # The renderer escapes < and > in text and attributes, so whatever is between them is a tag.
    return _TAG.sub(lambda tag: _ID.sub("", tag.group()), render(note).html)


@register.simple_tag
def passage(annotation: Annotation, longest: int | None = None) -> SafeString | str:
    """What the annotation is on: its words, up to `longest` code points, or its image; empty if neither."""
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
    """An article's image; as text if it is on another site."""
    if src.startswith("/"):
        description = alt or "Image without a description"
        return fill('<img class="picture-quote" src="{}" alt="{}" loading="lazy">', shown_address(src), description)
    return fill('<span class="picture-quote" dir="auto">Image: {}</span>', cut(alt or src, LONGEST_ADDRESS))


def cut(text: str, longest: int) -> str:
    """Like Django's `truncatechars`, which is slow even for a text that fits."""
    return text if len(text) <= longest else Truncator(text).chars(longest)


def note_text(annotation: Annotation) -> SafeString | str:
    """The text of the note; empty if there is none."""
    shown = article_html(note_html(annotation.note)) if annotation.note else ""
    return shown and fill('<div class="note-text" dir="auto">{}</div>', shown)


class Addresses:
    """Builds annotation addresses: Django's `reverse` takes as long as the rest of a note."""

    def __init__(self) -> None:
        names = ("annotation", "edit-annotation", "reply-to-annotation", "trash-annotation")
        self._parts = {name: reverse(name, args=[_NONE]).split(str(_NONE)) for name in names}
        self.notebook = reverse("notebook")

    def of(self, name: str, uuid: UUID) -> str:
        before, after = self._parts[name]
        return f"{before}{uuid}{after}"


def tag_links(tags: Sequence[str], addresses: Addresses) -> SafeString | str:
    """The tags, each a link to all notes that have it; empty if there are none."""
    links = ((addresses.notebook, quoted(tag, safe=""), tag) for tag in tags)
    items = fill_each('<li><a href="{}?tag={}">{}</a></li>', links)
    return items and fill('<ul class="tags" role="list" aria-label="Tags">{}</ul>', items)


def day_of(moment: datetime) -> SafeString | str:
    """A moment's date in the reader's time zone."""
    return _day(localdate(moment))


@lru_cache(maxsize=512)
def _day(day: date) -> SafeString | str:
    return known_date(day, style="short")
