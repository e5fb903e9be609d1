"""Rebuilds HTML, text and word counts from the original files, for example after a change to the renderer."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from django.conf import settings
from django.db import transaction

from archive.accounts.keeper import keeper
from archive.annotations import marked
from archive.annotations.reanchoring import follow_text
from archive.articles.models import Article, Revision
from archive.articles.turns import in_portions
from archive.importing.attachments import attach
from archive.importing.locking import only_import
from archive.importing.preparing import Job, Prepared, Refused
from archive.importing.problems import Problem
from archive.importing.workers import Workers, default_jobs
from archive.search import index
from archive.text import RENDERER_VERSION

READ_AT_ONCE = 50  # revisions
WRITTEN_AT_ONCE = 50


def rerender(
    *,
    everything: bool = False,
    only: Sequence[int] | None = None,
    jobs: int | None = None,
    report: Callable[[Problem], None] = lambda problem: None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    on_wait: Callable[[], None] = lambda: None,
) -> int:
    """Re-render the revisions made by an older renderer, all of them, or `only` these. Returns their number.

    A revision that can no longer be read stays as it is and is reported. While an import is running, this calls
    `on_wait` and waits.
    """
    done = 0
    with only_import(on_wait), Workers(jobs or default_jobs()) as workers:
        revisions = Revision.objects.all()
        if only is not None:
            revisions = revisions.filter(pk__in=only)
        elif not everything:
            revisions = revisions.exclude(renderer_version=RENDERER_VERSION)
        ids = list(revisions.order_by("pk").values_list("pk", flat=True))
        batch: list[tuple[int, Prepared]] = []
        for done, (pk, outcome) in enumerate(zip(ids, workers.prepare(_jobs(ids)), strict=True), 1):
            if isinstance(outcome, Prepared):
                batch.append((pk, outcome))
                for problem in outcome.problems:
                    report(problem)
            elif isinstance(outcome, Refused):
                report(outcome.problem)
            if len(batch) >= WRITTEN_AT_ONCE or done == len(ids):
                _write(batch)
                batch = []
                progress(done, len(ids))
    return done


def _jobs(ids: list[int]) -> Iterator[tuple[Job, int]]:
    for some in in_portions(ids, READ_AT_ONCE):
        revisions = Revision.objects.filter(pk__in=some).order_by("pk")
        for revision in revisions.select_related("article").only(
            "original", "path", "images", "kind", "article__source_url", "article__title"
        ):
            original = bytes(revision.original)
            job = Job(revision.path, original=original, pictures=revision.images, keep_in=settings.DATA_DIR)
            if revision.kind is not None:
                article = revision.article
                job = replace(job, kind=revision.kind, url=article.source_url, title=article.title)
            yield job, len(original)


def _write(batch: list[tuple[int, Prepared]]) -> None:
    with transaction.atomic():
        for pk, prepared in batch:
            revision = Revision.objects.only("article", "text").get(pk=pk)
            old_text, revision.text, revision.html = revision.text, prepared.text, prepared.html
            Revision.objects.filter(pk=pk).update(
                html=prepared.html,
                text=prepared.text,
                headings=prepared.headings,
                encoding=prepared.encoding,
                renderer_version=RENDERER_VERSION,
            )
            is_current = Article.objects.filter(revision=pk).update(word_count=prepared.word_count)
            _set_language(pk, prepared)
            follow_text(revision, old_text)
            if is_current and prepared.marked:
                marked.take_in(keeper(), revision, prepared.marked)
        attach([(pk, prepared.pictures) for pk, prepared in batch])
    index.catch_up(at_least=index.MANY)


def _set_language(revision: int, prepared: Prepared) -> None:
    """Fill in the language of a text if neither its file nor a person stated it."""
    if language := prepared.fields.get("language"):
        for article in Article.objects.filter(revision=revision, language="").only("edited_fields"):
            if "language" not in article.edited_fields:
                Article.objects.filter(pk=article.pk).update(language=language)
