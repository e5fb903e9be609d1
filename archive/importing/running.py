"""Runs an import, from the given paths to the final counts."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from archive.accounts.keeper import keeper
from archive.articles.models import Article
from archive.curating.doubles import finding as doubles
from archive.formats.source import Source
from archive.importing.discovery import FoundFile, count_files
from archive.importing.exports import Export, export_of
from archive.importing.feed import Feed
from archive.importing.file_names import name_on_disk
from archive.importing.locking import only_import
from archive.importing.missing import articles_without_file, mark_missing
from archive.importing.models import ImportedArticle, ImportProblem, ImportRun
from archive.importing.own_export import count_records, is_own_export, take_in
from archive.importing.problems import Problem
from archive.importing.roots import Plan, check_paths, plan_roots
from archive.importing.saved_articles import SavedWriter
from archive.importing.saved_records import Reading
from archive.importing.temporary import clear_leftovers
from archive.importing.workers import Workers, default_jobs
from archive.importing.writing import Imported, Outcome, Writer
from archive.search import index

if TYPE_CHECKING:
    from django.contrib.auth.models import User

BATCH_FILES = 100
BATCH_BYTES = 2 * 1024 * 1024  # of the files themselves; about four times as much is written
BATCH_SECONDS = 1.0  # after which an incomplete batch is written
RECORDS_AT_ONCE = 50  # records of exports per transaction
LONGEST_WAIT = timedelta(days=1)
CACHE_KB = 32_000  # of the database's page cache


@dataclass(frozen=True, slots=True)
class Options:
    """Options of an import."""

    jobs: int | None = None  # worker processes; None for one per core
    dry_run: bool = False
    prune: bool = False


class Watcher:
    """Is notified about an import's progress. The methods of this class do nothing."""

    def waiting(self, run: ImportRun | None) -> None:
        """Another import has to finish first. A dry run has no run yet."""

    def started(self, run: ImportRun) -> None:
        """The run's files are counted, and its work begins."""

    def problem(self, problem: Problem) -> None:
        """There is a problem with a file."""

    def imported(self, path: str, outcome: str, article: Article) -> None:
        """A file, or a record in one (`path#row`), became this article: created, updated, unchanged or moved."""

    def progress(self, run: ImportRun) -> None:
        """Some more files are done."""


def import_paths(
    paths: Sequence[str | Path],
    *,
    options: Options | None = None,
    watcher: Watcher | None = None,
    started_by: User | None = None,
    is_upload: bool = False,
) -> ImportRun:
    """Import files, folders and archives; returns the finished run with its counts.

    Highlights, stars and reading states in the files become those of `started_by`, or of the archive's owner if None.
    With `dry_run` everything is rolled back, and the returned run is unsaved. With `is_upload` the paths are temporary
    copies of uploaded files, which no later import can find again.

    Waits while another import is running. Raises NothingToImport for a path that does not exist, and OperationalError
    if the database fails; what was written by then is kept, and a new run continues from there.
    """
    options = options or Options()
    watcher = watcher or Watcher()
    check_paths(paths)
    run = ImportRun(
        paths=[Path(path).name if is_upload else str(path) for path in paths],
        started_by=started_by,
        state=ImportRun.State.WAITING,
    )

    def wait() -> None:
        if not options.dry_run:
            run.save()
        watcher.waiting(None if options.dry_run else run)

    with only_import(wait), contextlib.ExitStack() as stack:
        _bound_memory()
        if options.dry_run:
            # Everything in one transaction that is rolled back: exact, but other writers have to wait.
            stack.enter_context(transaction.atomic())
            stack.callback(transaction.set_rollback, True)
        _interrupt_lost_runs()
        clear_leftovers(settings.DATA_DIR)
        run.state, run.started_at = ImportRun.State.RUNNING, timezone.now()
        run.save()
        try:
            exported = [Path(path) for path in paths if not is_upload and is_own_export(Path(path))]
            others = [path for path in paths if Path(path) not in exported]
            is_moving = bool(exported) and not others and not Article.objects.exists()
            if exported:
                _import_own_exports(run, exported, options, watcher)
            if others:
                with _passing_folder() as passing:
                    plan = plan_roots(others, passing, upload=run.pk if is_upload else None)
                    _carry_out(run, plan, options, watcher)
            if is_moving:  # restoring an archive is not an import that moved files
                ImportRun.objects.filter(pk=run.pk).delete()
                run.pk = None
        except BaseException as error:
            run.state, run.error = ImportRun.State.INTERRUPTED, f"{type(error).__name__}: {error}"
            with contextlib.suppress(DatabaseError):
                run.save(update_fields=["state", "error"])
            raise
    if options.dry_run:
        run.pk = None
    return run


def _import_own_exports(run: ImportRun, folders: Sequence[Path], options: Options, watcher: Watcher) -> None:
    """Import what `export_archive` wrote, and update the run's counts."""
    run.total = sum(map(count_records, folders))
    watcher.started(run)

    def report(outcome: str, problem: Problem | None) -> None:
        setattr(run, outcome, getattr(run, outcome) + 1)
        run.done += 1
        if problem is not None:
            ImportProblem.of(run, problem).save()
            watcher.problem(problem)
        watcher.progress(run)

    with Workers(options.jobs or default_jobs()) as workers:
        for folder in folders:
            take_in(folder, workers, report)
    run.state, run.finished_at = ImportRun.State.FINISHED, timezone.now()
    run.save()


def _interrupt_lost_runs() -> None:
    """Mark runs as interrupted whose process must have ended: it released the lock, or has waited for it too long."""
    too_long_ago = timezone.now() - LONGEST_WAIT
    lost = Q(state=ImportRun.State.RUNNING) | Q(state=ImportRun.State.WAITING, started_at__lt=too_long_ago)
    ImportRun.objects.filter(lost, kind=ImportRun.Kind.FILES).update(state=ImportRun.State.INTERRUPTED)


@contextlib.contextmanager
def _passing_folder() -> Iterator[Path]:
    """An empty folder for unpacked archives, deleted at the end, or by the next import if this one is killed."""
    folder = settings.DATA_DIR / "unpacked"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _bound_memory() -> None:
    """Limit this connection's memory, so that importing an archive of any size needs the same amount."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = -{CACHE_KB}")
            cursor.execute("PRAGMA mmap_size = 0")  # memory-mapped reads count as the process's own memory


def _carry_out(run: ImportRun, plan: Plan, options: Options, watcher: Watcher) -> None:
    feed = Feed(run, plan.roots, None if options.dry_run else settings.DATA_DIR, watcher.progress)
    run.total = sum(count_files(root) for root in plan.roots) + len(plan.refused) + len(plan.exports)
    run.save(update_fields=["total"])
    watcher.started(run)
    with transaction.atomic():
        mark_missing(plan.roots)  # first, so that a moved file is recognised by the missing one
    compared = _Compared(watcher.imported)
    writer = Writer(run, plan.roots, watcher.problem, compared.imported)
    writer.refuse(plan.refused)
    with Workers(options.jobs or default_jobs()) as workers:
        for batch in _batches(feed.prepared_by(workers)):
            writer.write(batch)
            index.catch_up(at_least=index.MANY)
            compared.look(at_least=doubles.AT_ONCE)
            watcher.progress(run)
        if waiting := writer.decide_waiting():
            for batch in _batches(feed.prepared_by(workers, waiting)):
                writer.write(batch)
                watcher.progress(run)
        exports = [*plan.exports, *map(_export, writer.of_programs)]
        _import_exports(exports, workers, writer, run.started_by or keeper(), watcher, feed.keep_in)
    compared.look()
    writer.ignore(feed.ignored)
    with transaction.atomic():
        without_file = articles_without_file(plan.roots)
        run.missing = without_file.count()
        if options.prune:
            without_file.trash()
        run.state, run.finished_at, run.done = ImportRun.State.FINISHED, timezone.now(), run.total
        run.save()
    index.catch_up()
    watcher.progress(run)


class _Compared:
    """Notes which articles are new or have changed, and looks for their doubles, and for those of the articles that an
    interrupted import did not come to.
    """

    def __init__(self, imported: Imported) -> None:
        self._imported = imported
        left = ImportedArticle.objects.filter(run__state=ImportRun.State.INTERRUPTED, article__text_sketch=None)
        self._changed = list(left.values_list("article", flat=True))

    def imported(self, path: str, outcome: str, article: Article) -> None:
        """A file, or a record in one, is this article now."""
        if outcome in ("created", "updated"):
            self._changed.append(article.pk)
        self._imported(path, outcome, article)

    def look(self, at_least: int = 0) -> None:
        """Look for the doubles of what has changed, if that is so many articles."""
        if len(self._changed) >= at_least:
            doubles.look_for(self._changed)
            self._changed.clear()


def _export(file: FoundFile) -> Export:
    export = export_of(Source(Path(file.root.folder), name_on_disk(file.path)))
    assert export is not None, f"{file.path} was another program's a moment ago"
    return export


def _import_exports(
    exports: Sequence[Export], workers: Workers, writer: Writer, person: User, watcher: Watcher, keep_in: Path | None
) -> None:
    """Runs last, so that highlights find the texts imported at the same time."""
    if not exports:
        return
    reading = Reading(exports, keep_in)
    saving = SavedWriter(writer, reading, person)
    records = reading.records(workers)
    while batch := list(islice(records, RECORDS_AT_ONCE)):
        saving.write(batch)
        watcher.progress(writer.run)


def _batches(
    files: Iterable[Outcome],
) -> Iterator[list[Outcome]]:
    batch: list[Outcome] = []
    size = 0
    started = time.monotonic()
    for found, outcome in files:
        batch.append((found, outcome))
        size += found.size
        if len(batch) >= BATCH_FILES or size >= BATCH_BYTES or time.monotonic() - started > BATCH_SECONDS:
            yield batch
            batch, size, started = [], 0, time.monotonic()
    if batch:
        yield batch
