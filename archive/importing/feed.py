"""The files that an import has to read."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TypeAlias

from archive.importing.attachments import without_picture
from archive.importing.discovery import LONGEST_FILE, FoundFile, Ignored, Root, file_hash, find_files
from archive.importing.models import ImportRun, SourceFile
from archive.importing.preparing import Job
from archive.importing.workers import Workers
from archive.importing.writing import Outcome

LOOKED_UP = 500  # files compared with the archive at a time
PROGRESS_SECONDS = 1.0
Progress: TypeAlias = "Callable[[ImportRun], None]"


class Feed:
    """Passes new and changed files to the workers, and counts the others as unchanged."""

    def __init__(self, run: ImportRun, roots: Sequence[Root], keep_in: Path | None, progress: Progress) -> None:
        self.ignored = Ignored()
        self._run = run
        self._roots = roots
        self.keep_in = keep_in
        self._progress = progress
        self._without_picture = without_picture(keep_in) if keep_in is not None else set()
        self._handed_out: deque[FoundFile] = deque()
        self._shown_at = time.monotonic()

    def prepared_by(self, workers: Workers, again: Sequence[FoundFile] = ()) -> Iterator[Outcome]:
        """Each new or changed file, or those given in `again`, with the workers' result."""
        for outcome in workers.prepare(map(self._job, again) if again else self._jobs()):
            yield self._handed_out.popleft(), outcome

    def _job(self, file: FoundFile) -> tuple[Job, int]:
        self._handed_out.append(file)
        return Job(file.path, file.full_path, file.root.folder, keep_in=self.keep_in), file.size

    def _jobs(self) -> Iterator[tuple[Job, int]]:
        files = chain.from_iterable(find_files(root, self.ignored) for root in self._roots)
        while looked_up := list(islice(files, LOOKED_UP)):
            known = {
                location: (size, content_hash)
                for location, size, content_hash, revision in SourceFile.objects.filter(
                    location__in=[file.location for file in looked_up], missing_since=None
                ).values_list("location", "size", "content_hash", "revision_id")
                if revision not in self._without_picture  # the file is read again, and its images with it
            }
            for file in looked_up:
                if _is_unchanged(file, known.get(file.location)):
                    self._run.unchanged += 1
                    self._run.done += 1
                else:
                    yield self._job(file)
            self._show_progress()

    def _show_progress(self) -> None:
        run = self._run
        self._progress(run)
        if time.monotonic() - self._shown_at > PROGRESS_SECONDS:
            self._shown_at = time.monotonic()
            ImportRun.objects.filter(pk=run.pk).update(done=run.done, unchanged=run.unchanged)


def _is_unchanged(file: FoundFile, known: tuple[int, str] | None) -> bool:
    if known is None or known[0] != file.size or file.size > LONGEST_FILE:
        return False
    try:
        return file_hash(file.full_path) == known[1]
    except OSError:
        return False  # the worker will report why
