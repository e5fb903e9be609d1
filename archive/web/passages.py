"""An article's body with the visible passages painted into it, and the notes beside it."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.http import HttpRequest, QueryDict

from archive.annotations.models import Annotation, Motivation, Visibility
from archive.articles.models import Article
from archive.articles.tagging import tag_names
from archive.exporting.citation import citation
from archive.text import Frame, Span, frame, paint, pictures, set_formulas
from archive.web import languages, remote_images
from archive.web.colours import Swatch, swatches
from archive.web.hits import Hits
from archive.web.parameters import plain

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

_MARK = re.compile(r'<mark data-annotations="([^"]*)" (?=class=")')
LONGEST_NAME = 150  # code points of a colour, tag or person in the address
NOBODY = UUID(int=0)  # placeholder in addresses, which the script replaces with an annotation's id
NOT_SHOWN = ("prefix", "suffix", "candidates")


@dataclass(frozen=True)
class Note:
    """An annotation as shown to one person: with its colour in their words, and its replies."""

    annotation: Annotation
    swatch: Swatch
    is_own: bool
    tags: Sequence[str] = ()
    replies: Sequence[Note] = ()
    sees_parent: bool = False  # whether it is a reply whose parent the reader can see
    number: int | None = None  # when printed, notes are numbered below the text

    @property
    def is_bare(self) -> bool:
        """Whether it is only a highlight."""
        return not (self.annotation.note or self.replies or self.tags)


@dataclass(frozen=True)
class Shown:
    """Which of an article's annotations are shown, by colour, tag and person; empty means any."""

    NAMES: ClassVar = ("colour", "note-tag", "person")

    colour: str = ""
    tag: str = ""
    person: str = ""

    @classmethod
    def asked_in(cls, parameters: QueryDict) -> Shown:
        """Parse the page's address. The names differ from those of the library's filters, which it contains as well."""
        return cls(*(plain(parameters.get(name, ""), LONGEST_NAME) for name in cls.NAMES))

    @property
    def is_narrow(self) -> bool:
        return bool(self.colour or self.tag or self.person)

    def __contains__(self, note: Note) -> bool:
        annotation = note.annotation
        return (
            self.colour in ("", annotation.colour)
            and self.person in ("", annotation.owner.get_username())
            and (not self.tag or self.tag in note.tags)
        )


@dataclass(frozen=True)
class Margin:
    """What is shown beside an article: notes on passages in reading order, notes on the whole article, and lost
    ones."""

    passages: list[Note] = field(default_factory=list)
    whole: list[Note] = field(default_factory=list)
    lost: list[Note] = field(default_factory=list)
    colours: list[Swatch] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.passages) + len(self.whole) + len(self.lost)

    @property
    def on_paper(self) -> int:
        """The number of printed notes: highlights without a note are visible as a tint, unless their words are lost."""
        return len(self.lost) + sum(not note.is_bare for note in (*self.passages, *self.whole))

    @property
    def has_choice(self) -> bool:
        return len(self.colours) > 1 or len(self.people) > 1 or bool(self.tags)


def body(request: HttpRequest, article: Article, hits: Hits | None = None) -> dict[str, Any]:
    """The template context for an article's body and margin. Visitors see no notes."""
    html = article.revision.html if article.revision else ""
    shows_pictures = remote_images.are_allowed(request)
    context: dict[str, Any] = {"article": article, "direction": languages.direction(article.language)}
    if request.user.is_authenticated and article.revision is not None and article.trashed_at is None:
        shown = Shown.asked_in(request.GET)
        choices = swatches(request.user)
        notes = notes_on(article, request.user, choices)
        margin = _margin(notes, article, shown)
        html = _painted(html, margin.passages)
        context |= {"margin": margin, "shown": shown, "swatches": choices, "visibilities": Visibility.choices}
        context["others"] = [pair for pair in _pairs(request.GET) if pair[0] not in Shown.NAMES]
        context |= {"citation": citation(article), "nobody": NOBODY}
    if hits and not hits.is_off:
        html = hits.painted(html)
    context["html"] = set_formulas(
        remote_images.shown(html) if shows_pictures else remote_images.with_boxes(html, request)
    )
    return context


def notes_on(article: Article, person: AbstractBaseUser, choices: Iterable[Swatch]) -> list[Note]:
    """The annotations of an article that this person can see, in reading order, each with its replies."""
    seen = Annotation.objects.present().visible_to(person).filter(article=article)
    found = seen.select_related("owner").defer(*NOT_SHOWN).order_by("start", "end", "id")
    notes = as_notes(list(found), person, choices)
    replies: defaultdict[int | None, list[Note]] = defaultdict(list)
    for note in notes:
        replies[note.annotation.parent_id].append(note)
    return [
        replace(note, replies=sorted(replies[note.annotation.pk], key=lambda reply: reply.annotation.pk))
        for note in replies[None]
    ]


def as_notes(annotations: Sequence[Annotation], person: AbstractBaseUser, choices: Iterable[Swatch]) -> list[Note]:
    """Annotations as a person sees them, in the same order, without replies."""
    by_colour = {swatch.colour: swatch for swatch in choices}
    tags = tag_names(Annotation, [each.pk for each in annotations])
    parents = {each.parent_id for each in annotations if each.parent_id is not None}
    seen = (
        set(Annotation.objects.visible_to(person).filter(pk__in=parents).values_list("pk", flat=True))
        if parents
        else ()
    )
    return [
        Note(
            each,
            by_colour[each.colour],
            each.owner_id == person.pk,
            tags[each.pk],
            sees_parent=each.parent_id in seen,
        )
        for each in annotations
    ]


def _seen(person: AbstractBaseUser, ids: set[int]) -> set[int]:
    """The subset of these annotations that a person can see."""
    return set(Annotation.objects.visible_to(person).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


def _pairs(parameters: QueryDict) -> Iterator[tuple[str, str]]:
    return ((name, value) for name, values in parameters.lists() for value in values)


def _margin(notes: list[Note], article: Article, shown: Shown) -> Margin:
    margin = Margin(
        colours=list(dict.fromkeys(note.swatch for note in notes)),
        tags=sorted({tag for note in notes for tag in note.tags}, key=str.casefold),
        people=sorted({note.annotation.owner.get_username() for note in notes}),
    )
    for note in notes:
        annotation = note.annotation
        if note not in shown:
            continue
        if annotation.motivation == Motivation.BOOKMARKING:
            margin.whole.append(note)
        elif annotation.is_lost or annotation.anchored_on_id != article.revision_id:
            margin.lost.append(note)
        else:
            margin.passages.append(note)
    numbers = itertools.count(1)
    margin.passages[:] = [note if note.is_bare else replace(note, number=next(numbers)) for note in margin.passages]
    return margin


def _painted(html: str, notes: list[Note]) -> str:
    spans = [
        Span(annotation.start, annotation.end, (str(annotation.uuid),), _classes(note))
        for note in notes
        if (annotation := note.annotation).start is not None and annotation.end is not None
    ]
    framed = _frames(html, [note for note in notes if note.annotation.image])
    numbers = {str(note.annotation.uuid): str(note.number) for note in notes if note.number}
    return _with_ends(frame(paint(html, spans), framed), numbers) if spans or framed else html


def _frames(html: str, notes: list[Note]) -> list[Frame]:
    """The images with these notes, by their numbers in the HTML."""
    numbers: dict[tuple[str, int | None], int] = {}
    for number, picture in enumerate(pictures(html) if notes else []):
        numbers.setdefault((picture.src, picture.place), number)
    return [
        Frame(numbers[place], (str(note.annotation.uuid),), _classes(note))
        for note in notes
        if (place := (note.annotation.image_now, note.annotation.start)) in numbers
    ]


def _classes(note: Note) -> tuple[str, ...]:
    return (note.annotation.colour,) if note.is_bare else (note.annotation.colour, "noted")


def _with_ends(html: str, numbers: dict[str, str]) -> str:
    """The HTML with the class `end` on the last piece of each passage, where screen readers announce its end, and the
    numbers of the notes on it."""
    last = {uuid: mark for mark in _MARK.finditer(html) for uuid in mark[1].split()}
    ending: defaultdict[re.Match[str], list[str]] = defaultdict(list)
    for uuid, mark in last.items():
        ending[mark] += [numbers[uuid]] if uuid in numbers else []
    pieces, done = [], 0
    for mark in sorted(ending, key=re.Match.end):
        numbered = f'data-notes="{", ".join(ending[mark])}" ' if ending[mark] else ""
        pieces += [html[done : mark.end()], numbered, 'class="end ']
        done = mark.end() + len('class="')
    return "".join([*pieces, html[done:]])
