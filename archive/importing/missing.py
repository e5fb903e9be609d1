"""Files that an earlier import read and that no longer exist."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left
from django.utils import timezone

from archive.articles.models import Article
from archive.articles.models.article import ArticleQuerySet
from archive.articles.turns import in_portions
from archive.importing.discovery import Root
from archive.importing.models import SourceFile

UPDATED_AT_ONCE = 500


def mark_missing(roots: Iterable[Root]) -> None:
    """Mark the files below these roots that are gone as missing, with the time."""
    now = timezone.now()
    for root in roots:
        if root.only is None:
            living = _below(root).filter(missing_since=None).values_list("pk", "location").order_by()
            gone = [pk for pk, location in living.iterator() if not root.has(location)]
            for some in in_portions(gone, UPDATED_AT_ONCE):
                SourceFile.objects.filter(pk__in=some).update(missing_since=now)


def articles_without_file(roots: Iterable[Root]) -> ArticleQuerySet:
    """The articles that had a file below these roots and now have none anywhere, except for those in the trash."""
    sources = SourceFile.objects.filter(article=OuterRef("pk"))
    had_one_here = Q(pk__in=[])
    for root in roots:
        if root.only is None:
            had_one_here |= Q(Exists(_below(root).filter(article=OuterRef("pk")).exclude(missing_since=None)))
    return Article.objects.present().filter(had_one_here).exclude(Exists(sources.filter(missing_since=None)))


def _below(root: Root) -> QuerySet[SourceFile]:
    # Not `startswith`, which ignores case on SQLite.
    return SourceFile.objects.annotate(start=Left("location", len(root.name))).filter(start=root.name)
