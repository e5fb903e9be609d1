from __future__ import annotations

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse

from archive.annotations.models import Visibility
from archive.curating.models.saved_search import LONGEST_NAME, new_secret


class CollectionQuerySet(models.QuerySet["Collection"]):
    """Collections by who may see them."""

    def visible_to(self, person: AbstractBaseUser | AnonymousUser) -> CollectionQuerySet:
        """Their own, and those that others share with everyone in this archive. Visitors see none."""
        return self.visible_to_reader(person.pk) if person.is_authenticated else self.none()

    def visible_to_reader(self, pk: int) -> CollectionQuerySet:
        """The same for a person by their id, who has signed in."""
        return self.filter(Q(owner=pk) | Q(visibility=Visibility.SHARED), deleted_at=None)

    def owned_by(self, person: AbstractBaseUser | AnonymousUser) -> CollectionQuerySet:
        """Their own, also those that they deleted."""
        return self.filter(owner=person.pk) if person.is_authenticated else self.none()


class Collection(models.Model):
    """Articles that a person put together by hand, in their order, under a name and with a note in Markdown.

    Whoever has the `secret` may read its feed. `version` counts the changes of name, note and visibility.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="collections")
    name = models.CharField(max_length=LONGEST_NAME)
    note = models.TextField(blank=True)
    visibility = models.CharField(max_length=7, choices=Visibility.choices, default=Visibility.PRIVATE)
    secret = models.CharField(max_length=43, unique=True, default=new_secret)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    articles = models.ManyToManyField("articles.Article", through="curating.CollectionItem", related_name="collections")

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"], condition=Q(deleted_at=None), name="collection_name_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="collection_has_name"),
        ]

    def __str__(self) -> str:
        """Without its name, which is its owner's."""
        return f"collection {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("collection", args=[self.pk])


class CollectionItem(models.Model):
    """An article in a collection. Positions run from 0 without gaps."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="items")
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="collection_items")
    position = models.PositiveIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["collection", "article"], name="article_once_in_collection")]
        indexes = [models.Index(fields=["collection", "position"], name="collection_in_order")]

    def __str__(self) -> str:
        return f"article {self.article_id} in collection {self.collection_id}"
