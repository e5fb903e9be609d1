"""What the templates that show annotations use. The margin of an article may have a thousand notes, which as a loop in
the template would take half of the page's time."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from urllib.parse import quote
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.timezone import localdate

from archive.annotations.models import Annotation, Motivation, Status, Visibility
from archive.text import render
from archive.web.markup import fill, fill_each
from archive.web.passages import Note
from archive.web.templatetags.pages import article_html, known_date

LONGEST_QUOTE = 140  # characters of a passage beside its note

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
def note_items(notes: Iterable[Note]) -> SafeString:
    """Items of a list, a note each: what it is on, what it says, and what its reader can do with it."""
    addresses = _Addresses()
    return fill_each("{}", ((_item(note, addresses),) for note in notes), separator="\n")


class _Addresses:
    """The addresses of annotations. Django takes as long to find one as the rest of a note takes."""

    def __init__(self) -> None:
        names = ("annotation", "edit-annotation", "reply-to-annotation", "trash-annotation")
        self._parts = {name: reverse(name, args=[_NONE]).split(str(_NONE)) for name in names}
        self.notebook = reverse("notebook")

    def of(self, name: str, uuid: UUID) -> str:
        before, after = self._parts[name]
        return f"{before}{uuid}{after}"


def _item(note: Note, addresses: _Addresses) -> SafeString:
    annotation, uuid = note.annotation, str(note.annotation.uuid)
    return fill(
        '<li class="note {}{}" id="note-{}" data-annotation="{}"{}>{}{}{}{}{}{}<div class="note-tools">{}</div></li>',
        annotation.colour,
        " bare" if note.is_bare else "",
        uuid,
        uuid,
        fill(' data-number="{}"', note.number) if note.number else "",
        _quote(annotation, uuid),
        _text(annotation),
        _tags(note, addresses),
        _about(note, addresses),
        _edited(annotation),
        _replies(note, addresses),
        _tools(note, addresses),
    )


def _quote(annotation: Annotation, uuid: str) -> SafeString | str:
    passage = annotation.exact or annotation.picture_name
    shown = passage if len(passage) <= LONGEST_QUOTE else Truncator(passage).chars(LONGEST_QUOTE)
    if annotation.exact:
        quoted = '<blockquote class="quote" dir="auto"><a href="#annotation-{}">{}</a></blockquote>'
        return fill(quoted, uuid, shown)
    return passage and fill('<p class="quote" dir="auto"><a href="#annotation-{}">{}</a></p>', uuid, shown)


def _text(annotation: Annotation) -> SafeString | str:
    shown = article_html(note_html(annotation.note)) if annotation.note else ""
    return shown and fill('<div class="note-text" dir="auto">{}</div>', shown)


def _tags(note: Note, addresses: _Addresses) -> SafeString | str:
    links = ((addresses.notebook, quote(tag, safe=""), tag) for tag in note.tags)
    items = fill_each('<li><a href="{}?tag={}">{}</a></li>', links)
    return items and fill('<ul class="tags" role="list" aria-label="Tags">{}</ul>', items)


def _about(note: Note, addresses: _Addresses) -> SafeString:
    annotation = note.annotation
    whose = "shared" if annotation.visibility == Visibility.SHARED else ""
    if not note.is_own:
        whose = annotation.owner.get_username()
    return fill(
        '<p class="about"><span><span class="colour-name">{}</span></span>{}'
        '<span><a href="{}" title="Link to this note">{}</a></span></p>',
        note.swatch,
        whose and fill("<span>{}</span>", whose),
        addresses.of("annotation", annotation.uuid),
        _day(localdate(annotation.created_at)),
    )


@lru_cache(maxsize=512)
def _day(day: date) -> SafeString | str:
    return known_date(day, style="short")


def _edited(annotation: Annotation) -> SafeString | str:
    if annotation.status != Status.CHANGED or annotation.motivation == Motivation.BOOKMARKING:
        return ""
    return fill('<p class="help">{}</p>', "Its words were edited since.")


def _replies(note: Note, addresses: _Addresses) -> SafeString | str:
    items = fill_each("{}", ((_reply(reply, addresses),) for reply in note.replies))
    return items and fill('<ol class="replies" role="list" aria-label="Replies">{}</ol>', items)


def _reply(reply: Note, addresses: _Addresses) -> SafeString:
    annotation = reply.annotation
    edit = '<span><a data-form href="{}">Edit</a></span>'
    return fill(
        '<li id="note-{}">{}<p class="about"><span>{}</span><span>{}</span>{}</p></li>',
        annotation.uuid,
        _text(annotation),
        annotation.owner.get_username(),
        _day(localdate(annotation.created_at)),
        fill(edit, addresses.of("edit-annotation", annotation.uuid)) if reply.is_own else "",
    )


def _tools(note: Note, addresses: _Addresses) -> SafeString:
    uuid = note.annotation.uuid
    reply = '<a class="quiet" data-form href="{}">Reply</a>'
    if not note.is_own:
        return fill(reply, addresses.of("reply-to-annotation", uuid))
    return fill(
        f'<a class="quiet" data-form href="{{}}">{{}}</a>{reply}'
        '<button class="quiet" form="note-actions" formaction="{}">Move to trash</button>',
        addresses.of("edit-annotation", uuid),
        "Edit" if note.annotation.note else "Add note",
        addresses.of("reply-to-annotation", uuid),
        addresses.of("trash-annotation", uuid),
    )
