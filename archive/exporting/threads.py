"""Annotations as exports need them: with everything they state, and each note with its replies."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from archive.annotations.models import Annotation, AnnotationQuerySet
from archive.articles.bylines import bylines


def with_what_exports_say(annotations: AnnotationQuerySet) -> AnnotationQuerySet:
    """The annotations with everything that formats state about them and their articles, in a constant number of
    queries."""
    found = annotations.select_related("article__publication", "owner", "parent")
    found = found.prefetch_related("tags", bylines("article__authorships"))  # type: ignore[misc]  # taggit's manager
    return found.defer("candidates", "article__metadata", "article__description")


def threads(annotations: Iterable[Annotation]) -> Iterator[list[Annotation]]:
    """Each note with the replies that follow it. If the parent was not requested, the replies stand alone."""
    for _, thread in groupby(annotations, key=lambda annotation: annotation.parent_id or annotation.pk):
        yield list(thread)
