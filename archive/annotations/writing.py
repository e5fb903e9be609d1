"""Creating and changing single annotations. Every change goes through here, is recorded in the history, and can be
undone.

Each function takes the person who acts and checks their permission. `bulk` changes many at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from archive.accounts.refusing import Refused
from archive.anchoring import PictureSelector, Selector, describe_picture
from archive.annotations.checking import LONGEST_MEANING, checked_note, checked_tags, one_of
from archive.annotations.history import keep_change, keep_new, locked
from archive.annotations.models import Annotation, Colour, ColourMeaning, Motivation, Status, Visibility
from archive.annotations.models.annotation import LOST
from archive.annotations.placing import place_picture, place_words
from archive.annotations.sending import EditConflict, is_at, keep_sent, key_for, says, stored_before
from archive.annotations.states import snapshot
from archive.articles.models import Article, Revision
from archive.articles.tag_names import tags_named


def annotate(
    by: AbstractBaseUser,
    article: Article,
    selector: Selector | PictureSelector | None,
    *,
    colour: str = Colour.YELLOW,
    note: str = "",
    tags: Iterable[str] = (),
    visibility: str = Visibility.PRIVATE,
    form: UUID | None = None,
) -> Annotation:
    """Annotate words or an image of the article's current text, or, without a selector, the whole article.

    The quote is trusted, not the offsets. Raises Refused if the passage is not in the text or its place is ambiguous.
    `form` is the key of the submitted form: sent again, it is stored once. Raises EditConflict if it was stored with
    different text.
    """
    with transaction.atomic():
        key = key_for(form, selector)
        if (stored := stored_before(by, key)) is not None:
            return _sent_again(by, stored, note=note, colour=colour, visibility=visibility, tags=tags)
        made = _new(article, by, selector, colour=colour, note=note, visibility=visibility)
        keep_new(made, by, checked_tags(tags))
        keep_sent(by, key, made)
    return made


def _new(
    article: Article,
    by: AbstractBaseUser,
    selector: Selector | PictureSelector | None,
    *,
    colour: str,
    note: str,
    visibility: str,
) -> Annotation:
    """An unsaved annotation. Raises Refused."""
    revision = article.revision
    if revision is None:
        raise Refused("This article has no text yet.")
    annotation = Annotation(
        article=article,
        revision=revision,
        anchored_on=revision,
        owner_id=by.pk,
        colour=one_of(Colour, colour),
        note=checked_note(note),
        visibility=one_of(Visibility, visibility),
        motivation=Motivation.COMMENTING if note.strip() else Motivation.HIGHLIGHTING,
    )
    if selector is None:
        if not note.strip():
            raise Refused("Write a note, or select a passage.")
        annotation.motivation = Motivation.BOOKMARKING
    elif isinstance(selector, PictureSelector):
        picture = place_picture(revision, selector)
        around = describe_picture(revision.text, picture)
        annotation.image = annotation.image_now = picture.src
        annotation.image_alt, annotation.start = picture.alt, picture.place
        annotation.prefix, annotation.suffix = around.prefix, around.suffix
    else:
        place = place_words(revision, selector)
        annotation.exact, annotation.prefix, annotation.suffix = place.exact, place.prefix, place.suffix
        annotation.start, annotation.end = place.start, place.end
    return annotation


def reply(by: AbstractBaseUser, to: Annotation, note: str, *, form: UUID | None = None) -> Annotation:
    """Reply to an annotation the person can see. A reply has the visibility of its parent; a reply to a reply is
    attached to the same parent. `form` is as for `annotate`. Raises Refused if the person can no longer see the
    parent."""
    seen = Annotation.objects.visible_to(by).present().select_related("parent").get(pk=to.pk)
    if not Annotation.objects.answerable_by(by).filter(pk=to.pk).exists():
        raise Refused("The note this belongs to is no longer shared, so you cannot reply to it.")
    to = seen.parent or seen
    if not note.strip():
        raise Refused("A reply cannot be empty.")
    with transaction.atomic():
        key = key_for(form, to)
        if (stored := stored_before(by, key)) is not None:
            return _sent_again(by, stored, note=note)
        made = Annotation(
            article=to.article,
            revision_id=to.revision_id,
            anchored_on_id=to.anchored_on_id,
            owner_id=by.pk,
            parent=to,
            motivation=Motivation.REPLYING,
            note=checked_note(note),
            visibility=to.visibility,
        )
        keep_new(made, by, [])
        keep_sent(by, key, made)
    return made


def edit(
    by: AbstractBaseUser,
    annotation: Annotation,
    *,
    version: int,
    note: str | None = None,
    colour: str | None = None,
    visibility: str | None = None,
    tags: Iterable[str] | None = None,
) -> Annotation:
    """Change the given fields and leave the rest.

    `version` is the one the person saw. Raises EditConflict for any other, unless the annotation already has these
    values.
    """

    def change(current: Annotation) -> None:
        if current.version != version:
            if says(current, note=note, colour=colour, visibility=visibility, tags=tags):
                return
            raise EditConflict(current)
        if note is not None:
            current.note = checked_note(note)
            if current.motivation in (Motivation.HIGHLIGHTING, Motivation.COMMENTING):
                current.motivation = Motivation.COMMENTING if note.strip() else Motivation.HIGHLIGHTING
            elif not note.strip():
                raise Refused("This note has no passage, so it cannot be empty. You can move it to the trash instead.")
        if colour is not None:
            current.colour = one_of(Colour, colour)
        if visibility is not None:
            current.visibility = one_of(Visibility, visibility)

    return _change(by, annotation, change, tags)


def recolour(by: AbstractBaseUser, annotation: Annotation, colour: str) -> Annotation:
    """Change the colour, whatever changed since the annotation was shown: this does not overwrite any text."""
    return _change(by, annotation, lambda current: setattr(current, "colour", one_of(Colour, colour)))


def trash(by: AbstractBaseUser, annotation: Annotation) -> Annotation:
    """Move the annotation to the trash. Nothing is deleted."""
    return _change(by, annotation, lambda current: setattr(current, "trashed_at", current.trashed_at or timezone.now()))


def restore(by: AbstractBaseUser, annotation: Annotation) -> Annotation:
    """Restore the annotation from the trash."""
    return _change(by, annotation, lambda current: setattr(current, "trashed_at", None))


def attach(by: AbstractBaseUser, annotation: Annotation, start: int, end: int) -> Annotation:
    """Attach a lost annotation to a range (code points) of the article's current text. Its quote stays the same."""

    def change(current: Annotation) -> None:
        revision = current.article.revision
        if _is_attached(current, (start, end), revision):
            return
        if current.status not in LOST or revision is None:
            raise Refused("This note is already attached to its passage.")
        if current.image or not 0 <= start < end <= len(revision.text):
            raise Refused("That place is not in the article.")
        current.start, current.end = start, end
        _found(current, revision)

    return _change(by, annotation, change)


def attach_picture(by: AbstractBaseUser, annotation: Annotation, selector: PictureSelector) -> Annotation:
    """Attach a lost image annotation to an image in the article's current text."""

    def change(current: Annotation) -> None:
        revision = current.article.revision
        if (
            current.image
            and current.image_now == selector.src
            and _is_attached(current, (selector.start, None), revision)
        ):
            return
        if current.status not in LOST or revision is None:
            raise Refused("This note is already attached to its passage.")
        if not current.image:
            raise Refused("This annotation is about words, not an image.")
        picture = place_picture(revision, selector)
        current.start, current.image_now = picture.place, picture.src
        _found(current, revision)

    return _change(by, annotation, change)


def keep_as_note(by: AbstractBaseUser, annotation: Annotation) -> Annotation:
    """Stop looking for a lost passage: keep its quote and note as a note on the whole article."""

    def change(current: Annotation) -> None:
        if current.status not in LOST:
            raise Refused("This note is already attached to its passage.")
        current.motivation = Motivation.BOOKMARKING

    return _change(by, annotation, change)


def resize(
    by: AbstractBaseUser, annotation: Annotation, selector: Selector, *, version: int | None = None
) -> Annotation:
    """Extend or shrink a highlight in the article's current text. Its quote becomes the new words.

    Raises Refused if the passage is lost or is not words, if the new words are not in the text, or if they do not
    overlap the old ones; EditConflict for any version but the one the person saw, unless it has these words already.
    """

    def change(current: Annotation) -> None:
        if version is not None and current.version != version:
            if is_at(current, selector):
                return
            raise EditConflict(current)
        revision = current.article.revision
        if current.start is None or current.end is None or revision is None:
            raise Refused("Only a highlight of words can be resized.")
        if current.status in LOST or current.anchored_on_id != revision.pk:
            raise Refused("This passage is lost. Attach it to its new place first.")
        place = place_words(revision, selector)
        assert place.start is not None and place.end is not None
        if place.end <= current.start or current.end <= place.start:
            raise Refused("None of these words were in the highlight. Make a new highlight there.")
        if (place.exact, place.start) == (current.exact, current.start):
            return
        current.exact, current.prefix, current.suffix = place.exact, place.prefix, place.suffix
        current.start, current.end = place.start, place.end
        current.revision = current.anchored_on = revision
        current.status, current.score, current.candidates = Status.ANCHORED, 1.0, []

    return _change(by, annotation, change)


def name_colours(by: AbstractBaseUser, meanings: Mapping[str, str]) -> None:
    """Save what each colour means to this person. An empty meaning deletes it."""
    said = {one_of(Colour, colour): " ".join(meaning.split()) for colour, meaning in meanings.items()}
    for meaning in said.values():
        if len(meaning) > LONGEST_MEANING:
            raise Refused(f"A colour's meaning can have {LONGEST_MEANING} characters; “{meaning[:20]}…” has more.")
    with transaction.atomic():
        ColourMeaning.objects.filter(owner=by.pk, colour__in=said).delete()
        ColourMeaning.objects.bulk_create(
            ColourMeaning(owner_id=by.pk, colour=colour, meaning=meaning.replace("\x00", ""))
            for colour, meaning in said.items()
            if meaning
        )


def _sent_again(by: AbstractBaseUser, stored: Annotation, **given: Any) -> Annotation:
    """Handle a form that was sent again. Differences are saved if no text is overwritten and nobody changed the
    annotation since: a colour, or text where there was none. Raises EditConflict otherwise."""
    if says(stored, **given):
        return stored
    if stored.version == 1 and (not stored.note or stored.note == checked_note(given["note"])):
        return edit(by, stored, version=1, **given)
    raise EditConflict(stored, "This form was already saved, with different text.")


def _change(
    by: AbstractBaseUser,
    annotation: Annotation,
    change: Callable[[Annotation], None],
    tags: Iterable[str] | None = None,
) -> Annotation:
    """Apply `change` to the locked annotation and record its earlier state. Writes nothing if nothing changed."""
    with transaction.atomic():
        current = locked(by, annotation.pk)
        before = snapshot(current)
        change(current)
        if tags is not None:
            current.tags.set(tags_named(checked_tags(tags)))
        keep_change(current, by, before)
    return current


def _is_attached(current: Annotation, place: tuple[int | None, int | None], revision: Revision | None) -> bool:
    """Whether it is already attached there, for example because a form was sent twice."""
    is_here = revision is not None and current.anchored_on_id == revision.pk and current.status not in LOST
    return is_here and (current.start, current.end) == place


def _found(current: Annotation, revision: Revision) -> None:
    current.anchored_on = revision
    current.status, current.score, current.candidates = Status.CHANGED, 1.0, []
    current.motivation = Motivation.COMMENTING if current.note.strip() else Motivation.HIGHLIGHTING
