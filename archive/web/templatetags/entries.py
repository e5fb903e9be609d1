"""The notes on the notebook's pages. A template loop would take a third of a page's time."""

from collections.abc import Iterable
from urllib.parse import quote

from django import template
from django.utils.safestring import SafeString

from archive.annotations.models import Status, Visibility
from archive.web.markup import fill, fill_each
from archive.web.passages import Note
from archive.web.templatetags.notes import Addresses, cut, day_of, note_text, passage, tag_links
from archive.web.templatetags.pages import lang

LONGEST_PASSAGE = 1_000  # code points
LONGEST_TITLE = 120  # characters
LONGEST_ANSWERED = 90
LONGEST_LABEL = 60

register = template.Library()


@register.simple_tag
def entry_items(notes: Iterable[Note], here: str, with_articles: bool) -> SafeString:
    """List items, one per note, with a checkbox on one's own. `here` is the page that editing returns to."""
    addresses, back = Addresses(), quote(here, safe="")
    return fill_each("{}", ((_item(note, addresses, back, with_articles),) for note in notes), separator="\n")


def _item(note: Note, addresses: Addresses, back: str, with_article: bool) -> SafeString:
    annotation = note.annotation
    return fill(
        '<li class="entry {}" id="note-{}">\n{}<div class="entry-body">\n{}{}{}'
        '<div class="entry-foot">{}<p class="about">{}</p></div>\n</div></li>',
        annotation.colour,
        annotation.uuid,
        _box(note) if note.is_own else "",
        _article(note) if with_article else "",
        passage(annotation, LONGEST_PASSAGE) or _answered(note),
        note_text(annotation),
        tag_links(note.tags, addresses),
        fill_each("<span>{}</span>", ((fact,) for fact in _facts(note, addresses, back) if fact)),
    )


def _box(note: Note) -> SafeString:
    box = '<input type="checkbox" form="bulk" name="annotation" value="{}" aria-label="Choose: {}">\n'
    return fill(box, note.annotation.uuid, cut(note.annotation.label, LONGEST_LABEL))


def _article(note: Note) -> SafeString:
    article = note.annotation.article
    title = cut(article.title, LONGEST_TITLE)
    link = '<p class="entry-article"><a href="{}" dir="auto"{}>{}</a></p>'
    return fill(link, article.get_absolute_url(), lang(article), title)


def _answered(note: Note) -> SafeString | str:
    """The note a reply belongs to, unless it is hidden from the reader by now."""
    parent = note.annotation.parent
    if parent is None or not note.sees_parent:
        return ""
    return fill('<p class="faded">Reply to: <span dir="auto">{}</span></p>', cut(parent.label, LONGEST_ANSWERED))


def _facts(note: Note, addresses: Addresses, back: str) -> Iterable[SafeString | str]:
    annotation = note.annotation
    if annotation.has_passage:
        yield fill('<span class="colour-name">{}</span>', note.swatch)
    elif annotation.parent is None:
        yield "on the whole article"
    if not note.is_own:
        yield annotation.owner.get_username()
    elif annotation.visibility == Visibility.SHARED:
        yield "shared"
    if annotation.has_passage and annotation.status != Status.ANCHORED:
        yield annotation.get_status_display()
    yield day_of(annotation.created_at)
    if note.is_own:
        edit = addresses.of("edit-annotation", annotation.uuid)
        yield fill('<a data-form href="{}?next={}%23note-{}">Edit</a>', edit, back, annotation.uuid)
        trash = '<button form="note-actions" formaction="{}" aria-label="Move to trash: {}">Move to trash</button>'
        yield fill(trash, addresses.of("trash-annotation", annotation.uuid), cut(annotation.label, LONGEST_LABEL))
    leads_to = "Go to article" if annotation.is_lost or not annotation.has_passage else "Go to passage"
    yield fill('<a href="{}">{}</a>', addresses.of("annotation", annotation.uuid), leads_to)
