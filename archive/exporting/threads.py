"""Annotations as exports take them: with all that they say of each, and each note with the replies to it."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from archive.annotations.models import Annotation, AnnotationQuerySet
from archive.articles.bylines import bylines


def with_what_exports_say(annotations: AnnotationQuerySet) -> AnnotationQuerySet:
    """These, with what the formats say of them and of their articles loaded, in a few queries for any number."""
    found = annotations.select_related("article__publication", "owner", "parent")
    found = found.prefetch_related("tags", bylines("article__authorships"))  # type: ignore[misc]  # taggit's manager
    return found.defer("candidates", "article__metadata", "article__description")


def threads(annotations: Iterable[Annotation]) -> Iterator[list[Annotation]]:
    """Each note with its replies behind it, which come right after it. Where what they answer was not asked for, the
    replies stand alone."""
    for _, thread in groupby(annotations, key=lambda annotation: annotation.parent_id or annotation.pk):
        yield list(thread)
