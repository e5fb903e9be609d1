"""Highlights and notes from other programs, imported as annotations of the person who runs the import.

docs/decisions/importing-other-programs.md says when two of them are the same, and where a quote goes that occurs
several times.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from unicodedata import normalize

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone

from archive.anchoring import describe
from archive.annotations.checking import LONGEST_NOTE
from archive.annotations.models import Annotation, Colour, ImportedMark, Motivation, Status
from archive.annotations.models.annotation import LOST
from archive.annotations.occurrences import Occurrences
from archive.articles.models import Article, Revision
from archive.articles.tag_names import tags_named
from archive.articles.tagging import LONGEST_TAG
from archive.formats.colours import nearest_colour
from archive.formats.saved import SavedHighlight, SavedNote


@dataclass
class Outcome:
    """The result for one article: the number of new annotations, and the quotes that were not found."""

    added: int = 0
    lost: list[str] = field(default_factory=list)


def add_imported(
    by: AbstractBaseUser, article: Article, highlights: Sequence[SavedHighlight], notes: Iterable[SavedNote]
) -> Outcome:
    """Create annotations from another program's data about an article. Existing ones are not created again.

    Call it within a transaction. The article must have a revision, possibly one without text: then all passages are
    lost until the text is imported.
    """
    adding = _Adding(by, article)
    for highlight in _in_order(highlights):
        adding.add_highlight(highlight)
    for note in notes:
        adding.add_note(note)
    return adding.outcome


def find_imported(article: Article, revision: Revision) -> Counter[str]:
    """Find the imported passages that are lost, now that the article has this text. Call it after `carry_over`.

    A quote that occurs several times goes to the first place that no other annotation has, since nothing tells the
    places apart. Returns the number found.
    """
    lost = Annotation.objects.filter(article=article, status__in=LOST).exclude(imported_marks=None)
    lost = lost.exclude(exact="").exclude(motivation=Motivation.BOOKMARKING).order_by("pk").distinct()
    waiting = [annotation for annotation in lost if _was_never_placed(annotation)]
    if not waiting:
        return Counter()
    occurrences = Occurrences(revision.text, _taken(article))
    found: Counter[str] = Counter()
    for annotation in waiting:
        place = occurrences.find(annotation.exact, annotation.prefix, annotation.suffix)
        if place is not None:
            _put(annotation, revision, place)
            annotation.status, annotation.score, annotation.candidates = Status.ANCHORED, 1.0, []
            annotation.save()
            found[annotation.status] += 1
    return found


def _was_never_placed(annotation: Annotation) -> bool:
    text = annotation.anchored_on.text
    return text[annotation.start : annotation.end] != annotation.exact


def _taken(article: Article) -> list[tuple[int, int]]:
    there = Annotation.objects.filter(article=article, trashed_at=None).exclude(status__in=LOST).exclude(end=None)
    return [(start, end) for start, end in there.values_list("start", "end") if start is not None and end is not None]


class _Adding:
    """Adds to a person's annotations of one article."""

    def __init__(self, by: AbstractBaseUser, article: Article) -> None:
        assert article.revision is not None
        self.outcome = Outcome()
        self._by = by
        self._article = article
        self._revision: Revision = article.revision
        own = Annotation.objects.filter(article=article, owner_id=by.pk)
        self._own = list(own.order_by("pk"))
        self._edited = set(own.exclude(changes=None).values_list("pk", flat=True))
        marks = ImportedMark.objects.filter(annotation__in=own).select_related("annotation")
        self._known = {mark.key: mark.annotation for mark in marks}
        self._times: Counter[str] = Counter()  # counts how often the same thing was said
        self._used: set[int] = set()
        self._occurrences: Occurrences | None = None

    def add_highlight(self, highlight: SavedHighlight) -> None:
        quote = highlight.quote.replace("\r\n", "\n").strip()
        if not quote:
            self.add_note(SavedNote(highlight.note, highlight.tags, highlight.created, highlight.updated))
            return
        note = _note(highlight.note)
        key = self._key(quote, note)
        annotation = self._known.get(key)
        if annotation is None:
            annotation = self._same(quote, note)
            if annotation is None:
                annotation = self._new_highlight(quote, highlight)
            elif annotation.pk not in self._edited and annotation.trashed_at is None:
                self._complete(annotation, note, highlight)
            self._remember(annotation, key)
        self._used.add(annotation.pk)
        for reply in highlight.replies:
            self._add_reply(annotation, reply, key)

    def add_note(self, note: SavedNote) -> None:
        """Add a note on the whole article."""
        text = _note(note.text)
        if not text or (key := self._key("", text)) in self._known:
            return
        made = self._new(note, motivation=Motivation.BOOKMARKING, note=text)
        self._remember(made, key)

    def _add_reply(self, to: Annotation, reply: SavedNote, parent_key: str) -> None:
        text = _note(reply.text)
        if not text or (key := self._key(parent_key, text)) in self._known:
            return
        made = self._new(
            reply, motivation=Motivation.REPLYING, parent=to, note=text, visibility=to.visibility,
            revision_id=to.revision_id, anchored_on_id=to.anchored_on_id,
        )  # fmt: skip
        self._remember(made, key)

    def _key(self, quote: str, note: str) -> str:
        """Identifies a quote and note regardless of white space. If the program repeats them, the second is a new
        one."""
        said = f"{_squeezed(quote)}\n{_squeezed(note)}"
        self._times[said] += 1
        times = f"\n{self._times[said]}" if self._times[said] > 1 else ""
        return hashlib.sha256(f"{said}{times}".encode("utf-8", "replace")).hexdigest()

    def _same(self, quote: str, note: str) -> Annotation | None:
        """An annotation of this quote that has this note already, or to which it can be added."""
        sought = _squeezed(quote)
        alike = [each for each in self._own if each.pk not in self._used and _squeezed(each.exact) == sought]
        if not note:
            return next(iter(alike), None)
        same_note = (each for each in alike if _squeezed(each.note) == _squeezed(note))
        without_note = (each for each in alike if not each.note and each.pk not in self._edited and not each.trashed_at)
        return next(same_note, None) or next(without_note, None)

    def _complete(self, annotation: Annotation, note: str, highlight: SavedHighlight) -> None:
        """Fill in what an annotation lacks, unless someone changed it since the import."""
        if note and not annotation.note:
            annotation.note = note
            annotation.motivation = Motivation.COMMENTING
        if annotation.colour == Colour.YELLOW:
            annotation.colour = nearest_colour(highlight.colour) or Colour.YELLOW
        names = list(dict.fromkeys([*annotation.tags.names(), *_tags(highlight.tags)]))
        self._save(annotation, names, highlight)

    def _new_highlight(self, quote: str, highlight: SavedHighlight) -> Annotation:
        note = _note(highlight.note)
        if self._occurrences is None:
            self._occurrences = Occurrences(self._revision.text, _taken(self._article))
        made = Annotation(
            motivation=Motivation.COMMENTING if note else Motivation.HIGHLIGHTING,
            exact=quote,
            prefix=highlight.prefix,
            suffix=highlight.suffix,
            colour=nearest_colour(highlight.colour) or Colour.YELLOW,
            note=note,
            start=0,
            end=len(quote),
        )
        place = self._occurrences.find(quote, highlight.prefix, highlight.suffix)
        if place is not None:
            _put(made, self._revision, place)
        else:
            made.status, made.score = Status.ORPHAN, 0.0
            self.outcome.lost.append(quote)
        return self._keep(made, highlight)

    def _new(self, said: SavedNote, **fields: object) -> Annotation:
        return self._keep(Annotation(**fields), said)

    def _keep(self, made: Annotation, said: SavedHighlight | SavedNote) -> Annotation:
        made.article, made.owner_id = self._article, self._by.pk
        if made.revision_id is None:
            made.revision = made.anchored_on = self._revision
        self._save(made, _tags(said.tags), said)
        self._own.append(made)
        self.outcome.added += 1
        return made

    def _save(self, annotation: Annotation, names: list[str], said: SavedHighlight | SavedNote) -> None:
        is_new = annotation.pk is None
        annotation.save()
        if names:
            annotation.tags.set(tags_named(names))
        created = _aware(said.created)
        if created and (is_new or created < annotation.created_at):
            # `auto_now_add` would set the current time, so the database row is updated instead.
            updated = max(created, _aware(said.updated) or created)
            Annotation.objects.filter(pk=annotation.pk).update(created_at=created, modified_at=updated)

    def _remember(self, annotation: Annotation, key: str) -> None:
        ImportedMark.objects.get_or_create(annotation=annotation, key=key)
        self._known[key] = annotation


def _put(annotation: Annotation, revision: Revision, place: tuple[int, int]) -> None:
    found = describe(revision.text, *place)
    annotation.exact, annotation.prefix, annotation.suffix = found.exact, found.prefix, found.suffix
    annotation.start, annotation.end = place
    annotation.revision = annotation.anchored_on = revision


def _in_order(highlights: Sequence[SavedHighlight]) -> list[SavedHighlight]:
    """Highlights in the order of the text, if the program gives it, without duplicates: exports repeat rows."""
    if all(each.position is not None for each in highlights):
        highlights = sorted(highlights, key=lambda each: each.position or 0)
    once = {
        (_squeezed(each.quote), _squeezed(each.note), each.created, each.position, each.prefix): each
        for each in reversed(highlights)
    }
    return list(reversed(once.values()))


def _note(written: str) -> str:
    return written.replace("\r\n", "\n").replace("\x00", "").strip()[:LONGEST_NOTE]


def _tags(names: Iterable[str]) -> list[str]:
    tidy = (" ".join(name.replace("\x00", "").split()).strip("#/")[:LONGEST_TAG] for name in names)
    return list(dict.fromkeys(filter(None, tidy)))


def _squeezed(words: str) -> str:
    return "".join(normalize("NFC", words).split())


def _aware(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
