from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.db import models
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.text import slugify
from taggit.managers import TaggableManager

from archive.articles.tag_names import tags_named

WORDS_PER_MINUTE = 230
LONGEST_SLUG = 80


class DatePrecision(models.TextChoices):
    """How precise the file's date is. A year alone is stored as its first day and shown as a year."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


SORTS = {
    "published": ("-published", "-pk"),
    "added": ("-pk",),
    "clipped": ("-clipped", "-pk"),
    "title": ("title", "pk"),
    "length": ("-word_count", "-pk"),
}


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles in the library or in the trash."""

    def present(self) -> ArticleQuerySet:
        """Those not in the trash."""
        return self.filter(trashed_at=None)

    def sorted(self, sort: str | None) -> ArticleQuerySet:
        """Sort by a named order, reversed with a leading `-`; by newest first if there is no such order."""
        name = (sort or "").removeprefix("-")
        found = self.order_by(*SORTS.get(name, SORTS["published"]))
        return found.reverse() if (sort or "").startswith("-") else found

    def trash(self) -> int:
        """Move these to the trash. Nothing is deleted. Returns how many were moved."""
        return self.present().update(trashed_at=timezone.now())

    def restore(self) -> int:
        """Restore these from the trash, except for those merged into another. Returns how many were restored."""
        return self.exclude(trashed_at=None).filter(joined_into=None).update(trashed_at=None)


class Article(models.Model):
    """One piece of writing in the archive, with its metadata.

    `identity` is the SHA-256 of what identifies the article at the next import: its canonical address, else its path
    below the import root. Dates are as in the file, without a time zone. An article that was `joined_into` another is
    no longer listed: the other one has everything it had, and its identity leads there at the next import.
    """

    identity = models.CharField(max_length=64, unique=True)
    title = models.TextField()
    source_url = models.TextField(blank=True)
    publication = models.ForeignKey(
        "articles.Publication", null=True, blank=True, on_delete=models.SET_NULL, related_name="articles"
    )
    authors = models.ManyToManyField(
        "articles.Author", through="articles.Authorship", related_name="articles", blank=True
    )
    published = models.DateField(null=True, blank=True)
    published_precision = models.CharField(max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY)
    clipped = models.DateField(null=True, blank=True)
    modified = models.DateField(null=True, blank=True)
    description = models.TextField(blank=True)
    language = models.CharField(max_length=35, blank=True, help_text="BCP 47")
    image = models.TextField(blank=True, help_text="address of the picture the file names for it")
    tags = TaggableManager(blank=True)
    word_count = models.PositiveIntegerField(default=0, help_text="as counted; Chinese and Japanese by character")
    word_count_stated = models.PositiveIntegerField(null=True, blank=True)
    revision = models.OneToOneField(
        "articles.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="current_of"
    )
    edited_fields = models.JSONField(
        default=list, blank=True, help_text="fields a person has edited, which a re-import leaves alone"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    trashed_at = models.DateTimeField(null=True, blank=True)
    joined_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="joined",
        help_text="the article that this one turned out to be",
    )
    metadata = models.JSONField(default=dict, blank=True, help_text="every key of the file, as written")

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["published", "id"], name="article_by_published"),
            models.Index(fields=["trashed_at"], name="article_trashed", condition=~models.Q(trashed_at=None)),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="article_has_title"),
            models.CheckConstraint(
                condition=models.Q(joined_into=None) | models.Q(trashed_at__isnull=False, revision=None),
                name="article_joined_is_not_listed",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of(self.pk, self.title)

    @property
    def slug(self) -> str:
        return slug_of(self.title)

    @property
    def minutes(self) -> int:
        return minutes_of(self.word_count)

    @property
    def publication_name(self) -> str:
        """Empty where it has no publication."""
        return self.publication.name if self.publication else ""

    def edit(self, **fields: Any) -> None:
        """Set fields and protect them from re-imports.

        `tags` takes a list of names; any other name is a model field.
        """
        self.edited_fields = sorted({*self.edited_fields, *fields})
        self.write(fields)

    def write(self, fields: dict[str, Any]) -> None:
        """Set fields and save them together with `edited_fields`. `tags` takes a list of names."""
        plain = {name: value for name, value in fields.items() if name != "tags"}
        for name, value in plain.items():
            setattr(self, name, value)
        self.save(update_fields=[*plain, "edited_fields"])
        if "tags" in fields:
            self.tags.set(tags_named(fields["tags"]))


def address_of(pk: int, title: str) -> str:
    """The address of the page `reading`, in a tenth of the time that `reverse` takes: a list has many of them."""
    return f"{_folder(get_script_prefix())}{pk}/{quote(slug_of(title))}/"


@lru_cache
def _folder(script_prefix: str) -> str:
    """What the addresses of articles begin with, where the archive is served below this path."""
    return reverse("reading", args=[0, "-"]).removesuffix("0/-/")


def slug_of(title: str) -> str:
    return slugify(title[:LONGEST_SLUG], allow_unicode=True) or "article"


def minutes_of(word_count: int) -> int:
    """Reading time, rounded up."""
    return max(1, -(-word_count // WORDS_PER_MINUTE))


class Authorship(models.Model):
    """An author of an article and their position in the byline."""

    article = models.ForeignKey(
        Article,
        on_delete=models.CASCADE,
        related_name="authorships",
        db_index=False,  # the unique constraint's index serves this, in byline order
    )
    author = models.ForeignKey("articles.Author", on_delete=models.CASCADE, related_name="authorships")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["article", "position"], name="one_author_per_place")]

    def __str__(self) -> str:
        return f"{self.author} ({self.position + 1})"
