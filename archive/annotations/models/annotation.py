from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from taggit.managers import TaggableManager

from archive.anchoring import PictureSelector, Selector
from archive.annotations.models.change import Change

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser


class Motivation(models.TextChoices):
    """Why it was made, in the terms of the Web Annotation vocabulary."""

    HIGHLIGHTING = "highlighting"
    COMMENTING = "commenting"
    BOOKMARKING = "bookmarking", "note on the whole article"
    REPLYING = "replying"


class Status(models.TextChoices):
    """Whether its passage was found in the article's current text."""

    ANCHORED = "anchored", "at its passage"
    MOVED = "moved"
    CHANGED = "changed", "passage was edited"
    AMBIGUOUS = "ambiguous", "several places fit"
    ORPHAN = "orphan", "passage lost"


LOST = (Status.AMBIGUOUS, Status.ORPHAN)


class Colour(models.TextChoices):
    """The colours of highlights, in the order they are offered."""

    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"
    PINK = "pink"
    PURPLE = "purple"
    BLUE = "blue"
    GREEN = "green"
    GREY = "grey"


class Visibility(models.TextChoices):
    """Who can see it."""

    PRIVATE = "private", "only me"
    SHARED = "shared", "everyone in this archive"


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    """Filters annotations by visibility, owner and state."""

    def visible_to(self, person: AbstractBaseUser | AnonymousUser) -> AnnotationQuerySet:
        """The person's own annotations, and those that others share and have not moved to the trash. Visitors see none.

        A reply is visible only with what it replies to, which may have been made private or trashed since.
        """
        return self.visible_to_reader(person.pk) if person.is_authenticated else self.none()

    def visible_to_reader(self, pk: int) -> AnnotationQuerySet:
        """The same for a signed-in person, by primary key."""
        shared = Q(visibility=Visibility.SHARED, trashed_at=None)
        answered = Q(parent=None) | Q(parent__owner=pk)
        answered |= Q(parent__visibility=Visibility.SHARED, parent__trashed_at=None)
        return self.filter(Q(owner=pk) | (shared & answered))

    def answerable_by(self, person: AbstractBaseUser | AnonymousUser) -> AnnotationQuerySet:
        """Those a person may reply to: visible, together with what they reply to. A person's own reply cannot be
        replied to once the note it belongs to is hidden from them."""
        seen = Annotation.objects.visible_to(person).present()
        return self.filter(pk__in=seen).filter(Q(parent=None) | Q(parent__in=seen))

    def withdrawn(self) -> AnnotationQuerySet:
        """Shared annotations that are in the trash, or whose parent is: other people saw them before."""
        answered = Q(parent=None) | Q(parent__visibility=Visibility.SHARED)
        in_trash = Q(trashed_at__isnull=False) | Q(parent__trashed_at__isnull=False)
        return self.filter(answered, in_trash, visibility=Visibility.SHARED)

    def owned_by(self, person: AbstractBaseUser | AnonymousUser) -> AnnotationQuerySet:
        return self.filter(owner=person.pk) if person.is_authenticated else self.none()

    def present(self) -> AnnotationQuerySet:
        """Those not in the trash."""
        return self.filter(trashed_at=None)

    def with_noted_at(self) -> AnnotationQuerySet:
        """Annotate `noted_at`: when the note was written, or None if it was written with the annotation."""
        added = Change.objects.filter(annotation=OuterRef("pk"), undone_at=None, before__note="", after__has_key="note")
        return self.annotate(noted_at=Subquery(added.order_by("-id").values("made_at")[:1]))

    def in_reading_order(self) -> AnnotationQuerySet:
        """By article; within one, notes on the whole article, then passages in order, each followed by its replies."""
        place = Coalesce("parent__start", "start").asc(nulls_first=True)
        return self.order_by("article_id", place, Coalesce("parent_id", "id"), "id")

    def lost(self) -> AnnotationQuerySet:
        """Those whose passage is lost, until their owner attaches them again or keeps them as notes."""
        return self.present().filter(status__in=LOST).exclude(motivation=Motivation.BOOKMARKING)


class Annotation(models.Model):
    """A passage of an article with what a reader added to it; or a note on the whole article, or a reply.

    The passage is either words (`exact`) or an image (`image`, its address). Together with `prefix` and `suffix` they
    quote `revision`, on which the annotation was made or last resized by its owner; importing never changes them.
    `start` and `end` are code points into the text of `anchored_on`, the latest revision in which the passage was
    found: the article's current one, unless the passage is lost. An image only has `start`: the length of the text
    before it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="annotations")
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="annotations_made")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="annotations")
    motivation = models.CharField(max_length=12, choices=Motivation.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies")

    exact = models.TextField(blank=True)
    image = models.TextField(blank=True, default="", help_text="address of the picture that is the passage")
    image_alt = models.TextField(blank=True, default="", help_text="the picture's description in the article")
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    image_now = models.TextField(blank=True, default="", help_text="its address in the revision it was last found in")
    anchored_on = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="annotations_anchored")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.ANCHORED)
    score = models.FloatField(default=1.0)
    candidates = models.JSONField(default=list, blank=True, help_text="start, end and score of the best places")

    colour = models.CharField(max_length=6, choices=Colour.choices, default=Colour.YELLOW)
    note = models.TextField(blank=True)
    tags = TaggableManager(blank=True)
    visibility = models.CharField(max_length=7, choices=Visibility.choices, default=Visibility.PRIVATE)
    version = models.PositiveIntegerField(default=1, help_text="grows by one with every change")
    created_at = models.DateTimeField(auto_now_add=True)
    modified_at = models.DateTimeField(auto_now=True)
    trashed_at = models.DateTimeField(null=True, blank=True)
    imported = models.BooleanField(default=False, help_text="from ==marked== text in the file")

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["article", "start"], name="annotation_by_place"),
            models.Index(fields=["owner", "status"], name="annotation_by_status"),
        ]
        constraints = [
            models.CheckConstraint(
                name="annotation_passage_has_place",
                condition=Q(exact="", image="", image_now="", start=None, end=None)
                | (~Q(exact="") & Q(image="", image_now="", start__isnull=False, end__isnull=False))
                | (Q(exact="", start__isnull=False, end=None) & ~Q(image="") & ~Q(image_now="")),
            ),
            models.CheckConstraint(name="annotation_ends_after_start", condition=Q(end=None) | Q(end__gt=F("start"))),
            models.CheckConstraint(
                name="annotation_reply_has_parent",
                condition=Q(motivation=Motivation.REPLYING, parent__isnull=False)
                | (~Q(motivation=Motivation.REPLYING) & Q(parent=None)),
            ),
            models.CheckConstraint(
                name="annotation_highlight_has_passage",
                condition=~Q(motivation=Motivation.HIGHLIGHTING) | Q(start__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Contains nothing a person wrote, because Django shows it in the admin, in logs and in errors."""
        return f"annotation {self.uuid}"

    def get_absolute_url(self) -> str:
        return reverse("annotation", args=[self.uuid])

    @property
    def label(self) -> str:
        """What to call it where whoever looks may see it: its passage, else its note."""
        return (self.exact or self.picture_name or self.note)[:80]

    @property
    def tag_names(self) -> list[str]:
        """Sorted: databases give tags in an order of their own. For many annotations, have `tags` prefetched."""
        return sorted(tag.name for tag in self.tags.all())

    @property
    def selector(self) -> Selector:
        """The quote as it was made, with the offsets it has in `anchored_on`."""
        return Selector(self.exact, self.prefix, self.suffix, self.start, self.end)

    @property
    def picture_selector(self) -> PictureSelector:
        return PictureSelector(self.image, self.prefix, self.suffix, self.start)

    @property
    def has_passage(self) -> bool:
        """Whether it is about words or a picture of the article, rather than the whole of it or another annotation."""
        return bool(self.exact or self.image)

    @property
    def picture_name(self) -> str:
        """What to call the picture; empty where the passage is words."""
        return f"Image: {self.image_alt}" if self.image_alt else "Image" if self.image else ""

    @property
    def is_lost(self) -> bool:
        return self.status in LOST
