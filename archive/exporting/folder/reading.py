"""Reading articles with everything that is written of them, a portion with a few queries.

What hangs on articles is read by itself and grouped here. Django's prefetching makes a queryset for each relation of
each article, and most articles have no annotations, edits or reading states: it took half the time of an export.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from archive.annotations.models import Annotation, Change, ImportedMark
from archive.articles.models import Article, ArticleEdit, Attachment, Authorship, Revision
from archive.articles.tagging import prefetch_tags, tag_names
from archive.importing.models import ImportedArticle, ImportRun, ProgramRecord, SourceFile
from archive.reading.models import ReadingState

AT_ONCE = 200  # articles in memory


@dataclass(slots=True)
class Whole:
    """An article with all that the archive knows of it, each list from the oldest to the newest."""

    article: Article
    authors: list[str]
    tags: list[str] = field(default_factory=list)  # sorted
    revisions: list[Revision] = field(default_factory=list)
    attachments: dict[int, list[Attachment]] = field(default_factory=dict)  # by the ids of revisions
    edits: list[ArticleEdit] = field(default_factory=list)
    states: list[ReadingState] = field(default_factory=list)
    annotations: list[Annotation] = field(default_factory=list)
    changes: dict[int, list[Change]] = field(default_factory=dict)  # by the ids of annotations
    marks: dict[int, list[str]] = field(default_factory=dict)  # keys of what programs said, in the same way
    sources: list[SourceFile] = field(default_factory=list)
    program_records: list[ProgramRecord] = field(default_factory=list)
    brought_by: int | None = None  # id of the import run


class Named(dict[int, Any]):
    """What rows of a table are called, by their ids; each is looked up once. It ends with those that were asked for."""

    def __init__(self, model: type[Any], name: str) -> None:
        super().__init__()
        self._model, self._name = model, name

    def __missing__(self, pk: int) -> Any:
        self[pk] = self._model._base_manager.values_list(self._name, flat=True).get(pk=pk)
        return self[pk]


class People(Named):
    """User names by the ids of people."""

    def __init__(self) -> None:
        super().__init__(get_user_model(), "username")

    def of(self, pk: int | None) -> str | None:
        return None if pk is None else str(self[pk])


class Runs(Named):
    """When import runs began, by their ids."""

    def __init__(self) -> None:
        super().__init__(ImportRun, "started_at")

    def of(self, pk: int | None) -> datetime | None:
        return None if pk is None else self[pk]


def whole_articles(ids: Iterable[int] | None) -> Iterator[Whole]:
    """These articles, or all of them in the order of their identities."""
    everything = Article.objects.select_related("publication", "cite_key")
    if ids is not None:
        left = iter(ids)
        while some := list(islice(left, AT_ONCE)):
            yield from _whole(list(everything.filter(pk__in=some)), {"article__in": some})
        return
    last = ""
    while portion := list(everything.filter(identity__gt=last).order_by("identity")[:AT_ONCE]):
        # A range instead of their ids: Django looks at each of those for each query.
        where = {"article__identity__gt": last, "article__identity__lte": portion[-1].identity}
        last = portion[-1].identity
        yield from _whole(portion, where)


def in_order(annotations: Iterable[Annotation]) -> list[Annotation]:
    """As they were made, whatever numbers a database gave them."""
    return sorted(annotations, key=lambda annotation: (annotation.created_at, annotation.uuid))


def _whole(articles: list[Article], where: dict[str, Any]) -> Iterator[Whole]:
    """`where` finds what hangs on these articles."""
    ids = [article.pk for article in articles]
    authors = _names(Authorship.objects.filter(**where).order_by("position"), "article_id", "author__name")
    tags = tag_names(Article, ids)
    edits = _by("article_id", ArticleEdit.objects.filter(**where))
    states = _by("article_id", ReadingState.objects.filter(**where))
    sources = _by("article_id", SourceFile.objects.filter(**where))
    records = _by("article_id", ProgramRecord.objects.filter(**where))
    brought = dict(ImportedArticle.objects.filter(**where).values_list("article_id", "run_id"))
    annotations, changes, marks = _annotations(where)
    # After all that points at them: an import may add some meanwhile.
    revisions = _by("article_id", Revision.objects.filter(**where).defer("html", "text", "headings"))
    attachments = _attachments([each.pk for several in revisions.values() for each in several])
    for article in articles:
        own = revisions.get(article.pk, [])
        article.revision = next((each for each in own if each.pk == article.revision_id), None)
        noted = in_order(annotations.get(article.pk, ()))
        yield Whole(
            article,
            authors.get(article.pk, []),
            sorted(tags.get(article.pk, ())),
            own,
            {each.pk: attachments.get(each.pk, []) for each in own},
            edits.get(article.pk, []),
            states.get(article.pk, []),
            noted,
            {each.pk: changes.get(each.pk, []) for each in noted},
            {each.pk: marks.get(each.pk, []) for each in noted},
            sources.get(article.pk, []),
            records.get(article.pk, []),
            brought.get(article.pk),
        )


def _by(name: str, rows: QuerySet[Any]) -> dict[int, list[Any]]:
    """Rows by the id of what they hang on, from the oldest."""
    grouped: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows.order_by("pk"):
        grouped[getattr(row, name)].append(row)
    return grouped


def _names(rows: QuerySet[Any], key: str, name: str) -> dict[int, list[str]]:
    grouped: defaultdict[int, list[str]] = defaultdict(list)
    for pk, value in rows.values_list(key, name):
        grouped[pk].append(value)
    return grouped


def _attachments(revisions: list[int]) -> dict[int, list[Attachment]]:
    grouped: defaultdict[int, list[Attachment]] = defaultdict(list)
    through = Revision.attachments.through._default_manager.filter(revision__in=revisions)
    for row in through.select_related("attachment").order_by("attachment__sha256"):
        grouped[row.revision_id].append(row.attachment)
    return grouped


def _annotations(
    where: dict[str, Any],
) -> tuple[dict[int, list[Annotation]], dict[int, list[Change]], dict[int, list[str]]]:
    annotations = _by("article_id", Annotation.objects.filter(**where).select_related("owner"))
    found = [annotation for several in annotations.values() for annotation in several]
    if not found:
        return {}, {}, {}
    prefetch_tags(found)
    ids = [annotation.pk for annotation in found]
    changes = _by("annotation_id", Change.objects.filter(annotation__in=ids))
    marks = ImportedMark.objects.filter(annotation__in=ids).order_by("key")
    return annotations, changes, _names(marks, "annotation_id", "key")
