"""The notes beside an article. There may be a thousand, for which a template loop would take half the page's time."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from archive.annotations.models import Annotation, Motivation, Status, Visibility
from archive.articles.models import Article
from archive.web.markup import fill, fill_each
from archive.web.passages import Note
from archive.web.templatetags.notes import Addresses, cut, day_of, note_text, tag_links
from archive.web.templatetags.pages import lang

LONGEST_QUOTE = 140  # characters of a passage beside its note

register = template.Library()


@register.simple_tag
def note_items(notes: Iterable[Note], article: Article | None = None) -> SafeString:
    """List items, one per note: its passage, its text, and what the reader can do with it. Passages are in the
    article's language."""
    addresses, language = Addresses(), lang(article) if article else ""
    return fill_each("{}", ((_item(note, addresses, language),) for note in notes), separator="\n")


def _item(note: Note, addresses: Addresses, language: SafeString | str) -> SafeString:
    annotation, uuid = note.annotation, str(note.annotation.uuid)
    return fill(
        '<li class="note {}{}" id="note-{}" data-annotation="{}"{}{}>{}{}{}{}{}{}<div class="note-tools">{}</div></li>',
        annotation.colour,
        " bare" if note.is_bare else "",
        uuid,
        uuid,
        fill(' data-number="{}"', note.number) if note.number else "",
        fill(' data-own="{}"', _what_changes(annotation)) if note.is_own else "",
        _quote(annotation, uuid, language),
        note_text(annotation),
        tag_links(note.tags, addresses),
        _about(note, addresses),
        _edited(annotation),
        _replies(note, addresses),
        _tools(note, addresses),
    )


def _quote(annotation: Annotation, uuid: str, language: SafeString | str) -> SafeString | str:
    passage = annotation.exact or annotation.picture_name
    shown = cut(passage, LONGEST_QUOTE)
    if annotation.exact:
        quoted = '<blockquote class="quote" dir="auto"{}><a href="#annotation-{}">{}</a></blockquote>'
        return fill(quoted, language, uuid, shown)
    return passage and fill('<p class="quote" dir="auto"><a href="#annotation-{}">{}</a></p>', uuid, shown)


def _what_changes(annotation: Annotation) -> str:
    """Data attributes for what its owner can change on the page: colour and size, with the version they apply to."""
    if not annotation.has_passage:
        return ""
    is_at_words = bool(annotation.exact) and not annotation.is_lost
    return str(annotation.version) if is_at_words and annotation.motivation != Motivation.BOOKMARKING else "colour"


def _about(note: Note, addresses: Addresses) -> SafeString:
    annotation = note.annotation
    whose = "shared" if annotation.visibility == Visibility.SHARED else ""
    if not note.is_own:
        whose = annotation.owner.get_username()
    return fill(
        '<p class="about">{}{}<span><a href="{}" title="Link to this note">{}</a></span></p>',
        fill('<span><span class="colour-name">{}</span></span>', note.swatch) if annotation.has_passage else "",
        whose and fill("<span>{}</span>", whose),
        addresses.of("annotation", annotation.uuid),
        day_of(annotation.created_at),
    )


def _edited(annotation: Annotation) -> SafeString | str:
    if annotation.status != Status.CHANGED or annotation.motivation == Motivation.BOOKMARKING:
        return ""
    return fill('<p class="help">{}</p>', "The text changed after you highlighted it.")


def _replies(note: Note, addresses: Addresses) -> SafeString | str:
    items = fill_each("{}", ((_reply(reply, addresses),) for reply in note.replies))
    return items and fill('<ol class="replies" role="list" aria-label="Replies">{}</ol>', items)


def _reply(reply: Note, addresses: Addresses) -> SafeString:
    annotation = reply.annotation
    edit = '<span><a data-form href="{}">Edit</a></span>'
    return fill(
        '<li id="note-{}">{}<p class="about"><span>{}</span><span>{}</span>{}</p></li>',
        annotation.uuid,
        note_text(annotation),
        annotation.owner.get_username(),
        day_of(annotation.created_at),
        fill(edit, addresses.of("edit-annotation", annotation.uuid)) if reply.is_own else "",
    )


def _tools(note: Note, addresses: Addresses) -> SafeString:
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
